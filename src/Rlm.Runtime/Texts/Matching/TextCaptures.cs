namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// Finds the matches in decoded text that are not empty, and where their captures lie: by the pattern's program or, where that cannot,
/// by .NET's engine. Not for use by two threads at once.
/// </summary>
/// <param name="engine">The pattern.</param>
/// <param name="names">Its named groups.</param>
/// <param name="program">The same with its captures; null where only .NET's engine can do it.</param>
internal sealed class TextCaptures(PatternEngine engine, IReadOnlyCollection<string> names, CaptureProgram? program)
{
    /// <summary>The most that the machine may remember of a text; a longer one is for the engine.</summary>
    private const int MaxWords = 256 * 1024;

    private readonly FoldedLines? _folded = FoldedLines.AreFor(engine.Expression) ? new FoldedLines() : null;
    private readonly CaptureMachine? _machine = program is null ? null : new CaptureMachine(program);

    /// <summary>Adds the captures of each match in their order, in UTF-16 units, and gives the number of matches.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Where they are added.</param>
    /// <param name="most">The most matches to look for.</param>
    public int Find(ReadOnlySpan<char> text, List<CapturePlace> places, int most = int.MaxValue) =>
        _machine is not null && _machine.WordsFor(text.Length) <= MaxWords
            ? _machine.FindAll(text, places, most)
            : FindByEngine(text.ToString(), places, most);

    /// <summary>Adds the captures of the first match in a text that may have many lines, and says whether there is one.</summary>
    public bool FindFirst(string text, List<CapturePlace> places)
    {
        if (Find(_folded?.Fold(text) ?? text, places, most: 1) == 0)
            return false;

        for (int i = 0; i < places.Count && _folded is not null; i++)
            places[i] = _folded.PlaceOf(places[i]);
        return true;
    }

    private int FindByEngine(string text, List<CapturePlace> places, int most)
    {
        int matches = 0;
        for (var match = engine.Regex.Match(text); match.Success && matches < most; match = match.NextMatch())
        {
            if (match.Length == 0)
                continue;

            matches++;
            foreach (string name in names)
                places.Add(
                    match.Groups[name] is { Success: true } group ? new CapturePlace(group.Index, group.Length) : CapturePlace.None);
        }

        return matches;
    }
}
