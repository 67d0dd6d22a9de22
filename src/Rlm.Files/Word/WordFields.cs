namespace Rlm.Files.Word;

/// <summary>The open fields of a story: what stands in the code of one is not its text.</summary>
internal sealed class WordFields
{
    private readonly List<bool> _inCode = [];
    private int _codes;

    /// <summary>Whether a field's code is being read.</summary>
    public bool IsInCode => _codes > 0;

    public void Move(string? type)
    {
        switch (type)
        {
            case "begin":
                _inCode.Add(true);
                _codes++;
                break;
            case "separate" when _inCode.Count > 0 && _inCode[^1]:
                _inCode[^1] = false;
                _codes--;
                break;
            case "end" when _inCode.Count > 0:
                _codes -= _inCode[^1] ? 1 : 0;
                _inCode.RemoveAt(_inCode.Count - 1);
                break;
        }
    }
}
