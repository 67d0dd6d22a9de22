using System.Collections;

namespace Rlm.Runtime.Values;

/// <summary>A list whose items are made anew each time that they are looked at.</summary>
internal abstract class MadeList<T> : IReadOnlyList<T>
{
    public abstract int Count { get; }

    public abstract T this[int index] { get; }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
