namespace Rlm.Runtime.Texts.Lines;

/// <summary>Finds something on a line, whatever stands on others. Not for use by two threads at once.</summary>
/// <typeparam name="TFinding">What is found.</typeparam>
/// <typeparam name="TPart">The parts of it, of which there may be many.</typeparam>
internal interface ILineFinder<TFinding, TPart> : IDisposable
{
    /// <summary>What is found on a line without its line end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="parts">Where its parts are added.</param>
    TFinding Find(ReadOnlySpan<byte> line, List<TPart> parts);
}
