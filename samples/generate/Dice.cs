/// <summary>SplitMix64, so that the files depend on no library's generator.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public List<T> Take<T>(IReadOnlyList<T> items, int count)
    {
        List<T> rest = [.. items];
        List<T> taken = [];
        while (taken.Count < count && rest.Count > 0)
        {
            int at = Below(rest.Count);
            taken.Add(rest[at]);
            rest.RemoveAt(at);
        }

        return taken;
    }

    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
