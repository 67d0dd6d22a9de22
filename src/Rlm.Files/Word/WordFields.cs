namespace Rlm.Files.Word;

/// <summary>The open fields of a story: what stands in the code of one is not its text.</summary>
internal sealed class WordFields
{
    private const int LongestName = 64;

    // Fields that show something though no result is stored.
    private static readonly HashSet<string> Computed = new(StringComparer.OrdinalIgnoreCase)
    {
        "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "EQ", "GOTOBUTTON", "LISTNUM", "MACROBUTTON", "SYMBOL",
    };

    private readonly List<(bool IsInCode, string Code)> _open = [];
    private int _codes;

    /// <summary>Whether a field's code is being read.</summary>
    public bool IsInCode => _codes > 0;

    public void AddCode(string text)
    {
        if (_open.Count > 0 && _open[^1] is (true, { Length: < LongestName } code))
            _open[^1] = (true, code + text);
    }

    /// <summary>Goes on to the next part of a field; gives the name of one that ends, and shows what is not in the file.</summary>
    public string? Move(string? type)
    {
        switch (type)
        {
            case "begin":
                _open.Add((true, ""));
                _codes++;
                break;
            case "separate" when _open.Count > 0 && _open[^1].IsInCode:
                _open[^1] = (false, "");
                _codes--;
                break;
            case "end" when _open.Count > 0:
                var (isInCode, code) = _open[^1];
                _codes -= isInCode ? 1 : 0;
                _open.RemoveAt(_open.Count - 1);
                string name = code.Split([' ', '\\'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .FirstOrDefault() ?? "";
                return isInCode && !IsInCode && Computed.Contains(name) ? name.ToUpperInvariant() : null;
        }

        return null;
    }
}
