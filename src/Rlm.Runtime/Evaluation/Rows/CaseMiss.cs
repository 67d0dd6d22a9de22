using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Matching.Literals;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>A comparison with texts that a program writes out, and the values that it misses by case, or by blanks around them, alone.</summary>
internal sealed class CaseMiss
{
    private const int MostShown = 60;
    private const int MostTexts = 64;
    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.IgnoreCase;

    private static readonly SearchValues<char> Unwritten = SearchValues.Create("\"\\{`");

    private readonly CaseNote _note;
    private readonly BoundBinary _test;
    private readonly BoundExpression _subject;
    private readonly string? _name;
    private readonly Part _part;
    private readonly string[] _texts;
    private readonly byte[][] _bytes;
    private readonly Lazy<Test> _isMissed;
    private bool _hasMatched;
    private bool _needsCase;
    private bool _needsTrim;
    private long _count;
    private string? _example;

    private CaseMiss(CaseNote note, BoundBinary test, BoundExpression subject, Part part, string[] texts)
    {
        (_note, _test, _subject, _name, _part, _texts) = (note, test, subject, PathOf(subject), part, texts);
        _bytes = [.. texts.Select(text => Encoding.UTF8.GetBytes(Sought(part, text)))];
        // What finds something at once never looks.
        _isMissed = new Lazy<Test>(MakeTest, LazyThreadSafetyMode.PublicationOnly);
    }

    private delegate bool Test(ReadOnlySpan<byte> text);

    /// <summary>Which part of a value is compared.</summary>
    private enum Part
    {
        Whole,
        Start,
        End,
        Anywhere,
        Regex,
    }

    /// <summary>Whether another value may still tell something.</summary>
    public bool IsOpen => !_hasMatched && !_note.IsSettled;

    /// <summary>Whether the comparison holds for what it finds, as <c>!=</c> does not.</summary>
    public bool IsPositive => _test.Operator is BinaryOperator.Equal or BinaryOperator.In or BinaryOperator.Contains
        or BinaryOperator.Matches or BinaryOperator.StartsWith or BinaryOperator.EndsWith;

    /// <summary>Whether the text is written on the left, as in <c>"fail" == status</c>.</summary>
    public bool IsMirrored => !ReferenceEquals(_subject, _test.Left);

    /// <summary>
    /// The comparison of a field or an item as it is watched; null for any other, and for one that case and blanks do not matter to.
    /// </summary>
    public static CaseMiss? Of(BoundBinary test, CaseNote note)
    {
        if (PartOf(test.Operator) is not { } part)
            return null;

        bool isMirrored = test.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.In or BinaryOperator.NotIn
            && BoundTree.Resolve(test.Left) is BoundLiteral { Value: string };
        if (isMirrored && test.Operator is BinaryOperator.In or BinaryOperator.NotIn)
            part = Part.Anywhere;
        var (subject, written) = isMirrored ? (test.Right, test.Left) : (test.Left, test.Right);
        return (PathOf(subject) is not null || subject is BoundItem)
            && TextsOf(part, BoundTree.Resolve(written)) is { Length: <= MostTexts } texts
            ? new CaseMiss(note, test, subject, part, texts)
            : null;
    }

    /// <summary>Whether it has found what another one misses, as where a program compares with both <c>"Fail"</c> and <c>"fail"</c>.</summary>
    public bool Finds(CaseMiss other) => _hasMatched && _name == other._name
        && other._texts.Any(text => _texts.Contains(text, StringComparer.OrdinalIgnoreCase));

    /// <summary>Takes a value and whether the comparison finds it.</summary>
    public void Add(ReadOnlySpan<byte> text, bool isFound)
    {
        if (isFound)
            _hasMatched = true;
        else if (_isMissed.Value(text))
            Count(text);
    }

    /// <summary>The same of a value that is not at hand as bytes; one that is not a text tells nothing.</summary>
    public void Add(Value value, bool isFound)
    {
        if (isFound)
            _hasMatched = true;
        else if (Reading.AsText(value) is { LengthBytes: <= BlockCache.BlockBytes } text)
            Add(text.Slice is { } slice ? slice.Source.GetSpan(slice.Start, (int)slice.Length) : Encoding.UTF8.GetBytes(text.ToString()), isFound: false);
    }

    /// <summary>What is missed so, and how to write it; null where nothing is or something is found.</summary>
    /// <param name="hasCount">Whether each item was looked at once, so that they can be counted.</param>
    public string? Tell(bool hasCount)
    {
        if (_hasMatched || _count == 0)
            return null;

        string name = _name ?? "it";
        string what = _part switch
        {
            Part.Regex => "matches the pattern",
            Part.Whole when _texts.Length > 1 => $"is one of {string.Join(", ", _texts.Take(3).Select(Show))}{(_texts.Length > 3 ? ", …" : "")}",
            Part.Whole => $"is {Show(_texts[0])}",
            _ => $"{_part switch { Part.Start => "starts with", Part.End => "ends with", _ => "contains" }} {Show(_texts[0])}",
        };
        string but = _needsCase && _needsTrim ? "case and blanks" : _needsTrim ? "blanks" : "case";
        string others = !hasCount || _count > 1 ? (_part == Part.Whole ? "are" : "do") : _part == Part.Whole ? "is" : "does";
        return $"no {(_name is null ? "text" : $"`{name}`")} {what}, and {(hasCount ? Amount.Of(_count) : "others")} {others} but for {but}, as {Show(_example!)}; write {WriteRemedy(name)}";
    }

    /// <summary>A field of the item as it is written, or one of a record in it, as <c>a.name</c> of a pair; null for any other.</summary>
    private static string? PathOf(BoundExpression subject) => subject.FieldName ?? subject switch
    {
        BoundField { Target: var target, Name: var name } when PathOf(target) is { } path => $"{path}.{name}",
        BoundOpenField { Target: var target, Name: var name } when PathOf(target) is { } path => $"{path}.{name}",
        _ => null,
    };

    private static string Show(string text) => $"`{Preview.Of(text.ReplaceLineEndings(" "), MostShown)}`";

    private static Part? PartOf(BinaryOperator test) => test switch
    {
        BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.In or BinaryOperator.NotIn => Part.Whole,
        BinaryOperator.StartsWith or BinaryOperator.NotStartsWith => Part.Start,
        BinaryOperator.EndsWith or BinaryOperator.NotEndsWith => Part.End,
        BinaryOperator.Contains or BinaryOperator.NotContains => Part.Anywhere,
        BinaryOperator.Matches or BinaryOperator.NotMatches => Part.Regex,
        _ => null,
    };

    private static string[]? TextsOf(Part part, BoundExpression right)
    {
        string[]? texts = right switch
        {
            BoundPattern { Regex: not null } when part == Part.Regex => [],
            BoundLiteral { Value: string text } when part != Part.Regex => [text],
            BoundList { Items.Count: > 0 } list when part == Part.Whole && list.Items.All(item => item is BoundLiteral { Value: string }) =>
                [.. list.Items.Select(item => (string)((BoundLiteral)item).Value!)],
            _ => null,
        };
        return texts?.Any(text => string.IsNullOrWhiteSpace(text) || text.Contains('\n')) == false ? texts : null;
    }

    /// <summary>A text as it is sought where blanks around it do not count.</summary>
    private static string Sought(Part part, string text) => part == Part.Anywhere ? text : text.Trim();

    private Test MakeTest()
    {
        if (_part == Part.Regex)
            return MakeMatch(() => PatternCache.LinePatternOf((BoundPattern)_test.Right, null, ignoreCase: true));
        if (_bytes.All(static bytes => Ascii.IsValid(bytes)))
            return MakeComparison();

        // Letters of other alphabets have their cases in the tables of patterns.
        string any = string.Join('|', _texts.Select(text => Regex.Escape(Sought(_part, text))));
        string expression = _part switch
        {
            Part.Whole => $@"^\s*(?:{any})\s*$",
            Part.Start => $@"^\s*(?:{any})",
            Part.End => $@"(?:{any})\s*$",
            _ => any,
        };
        return MakeMatch(() => LinePattern.OfRegex(expression, Options, () => new Regex(expression, Options)));
    }

    private Test MakeComparison()
    {
        if (_part == Part.Anywhere)
        {
            var finder = LiteralFinder.Of(new LiteralSet([Encoding.UTF8.GetBytes(_texts[0].ToLowerInvariant())], IgnoresCase: true, IsExact: true));
            return text => finder.Find(text) >= 0;
        }

        int shortest = _bytes.Min(static bytes => bytes.Length);
        return text =>
        {
            if (text.Length < shortest)
                return false;

            var trimmed = text.Trim(" \t\r"u8);
            foreach (byte[] sought in _bytes)
            {
                bool fits = _part == Part.Whole ? trimmed.Length == sought.Length : trimmed.Length >= sought.Length;
                if (fits && Ascii.EqualsIgnoreCase(_part == Part.End ? trimmed[^sought.Length..] : trimmed[..sought.Length], sought))
                    return true;
            }

            return false;
        };
    }

    private Test MakeMatch(Func<LinePattern> make)
    {
        LinePattern pattern;
        try
        {
            pattern = make();
        }
        catch (PatternException)
        {
            return static _ => false;
        }

        return text =>
        {
            var matcher = pattern.Rent();
            try
            {
                return _part == Part.Anywhere ? matcher.Find(text, 0) >= 0 : !text.Contains((byte)'\n') && matcher.IsMatch(text);
            }
            finally
            {
                pattern.Return(matcher);
            }
        };
    }

    private void Count(ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim(" \t\r"u8);
        bool isFound = false;
        foreach (byte[] known in _bytes)
        {
            isFound |= _part switch
            {
                Part.Whole => trimmed.SequenceEqual(known),
                Part.Start => trimmed.StartsWith(known),
                Part.End => trimmed.EndsWith(known),
                _ => trimmed.IndexOf(known) >= 0,
            };
        }

        _needsCase |= !isFound;
        _needsTrim |= _part switch
        {
            Part.Whole => trimmed.Length != text.Length || isFound,
            Part.Start => text.Length > 0 && text[0] <= ' ',
            Part.End => text.Length > 0 && text[^1] <= ' ',
            _ => false,
        };
        _example ??= Encoding.UTF8.GetString(text);
        Interlocked.Increment(ref _count);
    }

    private string WriteRemedy(string name)
    {
        if (_part == Part.Regex)
            return $"`{name} matches /…/i`";

        string left = _needsTrim ? $"trim({name})" : name;
        left = _needsCase ? $"lower({left})" : left;
        string[] written = [.. _texts.Take(3).Select(text => Sought(_part, text)).Select(text => Write(_needsCase ? text.ToLowerInvariant() : text))];
        return _part switch
        {
            Part.Whole when _texts.Length > 1 => $"`{left} in [{string.Join(", ", written)}{(_texts.Length > 3 ? ", …" : "")}]`",
            Part.Whole => $"`{left} == {written[0]}`",
            Part.Start => $"`{left} starts with {written[0]}`",
            Part.End => $"`{left} ends with {written[0]}`",
            _ => $"`{left} contains {written[0]}`",
        };
    }

    private static string Write(string text) => text.AsSpan().ContainsAny(Unwritten) ? "\"…\"" : $"\"{text}\"";
}
