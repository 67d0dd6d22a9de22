using System.Text;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>What a shell's arguments ask of <c>grep</c>.</summary>
internal sealed class ShellGrepOptions
{
    private readonly List<string> _alternatives = [];
    private readonly List<string> _words = [];
    private readonly StringBuilder _lines = new();
    private bool _isNot, _ignoresCase, _counts, _isRegex, _isWord, _isLine;

    /// <summary>Adds what a flag says: how many of the arguments behind it belong to it, or -1 where it is not known.</summary>
    public int AddFlag(string flag, string next)
    {
        string letters = flag switch
        {
            "--ignore-case" => "i",
            "--invert-match" => "v",
            "--count" => "c",
            "--word-regexp" => "w",
            "--line-regexp" => "x",
            "--extended-regexp" => "E",
            "--perl-regexp" => "P",
            _ => flag.Substring(1),
        };
        for (int i = 0; i < letters.Length; i++)
        {
            bool isGlued = i + 1 < letters.Length;
            string value = isGlued ? letters.Substring(i + 1) : next;
            switch (letters[i])
            {
                case 'i':
                    _ignoresCase = true;
                    break;
                case 'v':
                    _isNot = true;
                    break;
                case 'c':
                    _counts = true;
                    break;
                case 'E' or 'P':
                    _isRegex = true;
                    break;
                case 'w':
                    _isWord = true;
                    break;
                case 'x':
                    _isLine = true;
                    break;
                case 'A' or 'B' or 'C' when value.Length > 0 && value.All(char.IsDigit):
                    _lines.Append(letters[i] switch { 'A' => " after ", 'B' => " before ", _ => " around " }).Append(value);
                    return isGlued ? 0 : 1;
                case 'e' when value.Length > 0:
                    _alternatives.Add(value);
                    return isGlued ? 0 : 1;
                default:
                    return -1;
            }
        }

        return 0;
    }

    /// <summary>Adds an option in words, or a pattern: how many of the arguments behind it belong to it.</summary>
    public int AddWord(string word, string next)
    {
        switch (word)
        {
            case "not":
                _isNot = true;
                return 0;
            case "ignore" when next == "case":
                _ignoresCase = true;
                return 1;
            case "before" or "after" or "around" when next.Length > 0 && next.All(char.IsDigit):
                _lines.Append($" {word} {next}");
                return 1;
            default:
                _words.Add(word);
                return 0;
        }
    }

    /// <summary>The pattern and the options as they are written here; null where that is not sure.</summary>
    /// <param name="program">The program, whose lets a pattern may name.</param>
    /// <param name="opens">Whether the stage opens its statement, and so reads <c>context</c>.</param>
    public string? Write(string program, bool opens)
    {
        // A file behind the pattern does not belong to it; what is read without a file is the context.
        var patterns = _alternatives.Count > 0 ? _alternatives : [.. _words.Take(1)];
        var files = _alternatives.Count > 0 ? _words : [.. _words.Skip(1)];
        bool isOfContext = files.Count == 0 || (opens && files is ["context"]);
        if (patterns.Count == 0 || !isOfContext || (_counts && _lines.Length > 0))
            return null;

        string? pattern = patterns.Count == 1 && !_isRegex && !_isWord && !_isLine
            ? (Names.Word(patterns[0], 0) == patterns[0].Length && !GrepPattern.IsKeyword(patterns[0]) ? patterns[0] : GrepPattern.Write(patterns[0]))
            : patterns.Any(text => GrepPattern.IsNamed(program, text)) ? null
            : GrepPattern.WriteRegex(patterns, _isRegex, _isWord, _isLine);
        return pattern is null ? null
            : string.Concat(pattern, _isNot ? " not" : "", _ignoresCase ? " ignore case" : "", _lines.ToString(), _counts ? " | count" : "");
    }
}
