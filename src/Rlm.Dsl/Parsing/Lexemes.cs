using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>The tokens, each as a scan from a place: the place after it, or -1 where it does not stand there.</summary>
internal static class Lexemes
{
    private static readonly (string Text, BinaryOperator Operator)[] Symbols =
    [
        ("!contains ", BinaryOperator.NotContains), ("===", BinaryOperator.Equal), ("!==", BinaryOperator.NotEqual), ("==", BinaryOperator.Equal), ("!=", BinaryOperator.NotEqual), ("<>", BinaryOperator.NotEqual), ("<=", BinaryOperator.LessOrEqual),
        (">=", BinaryOperator.GreaterOrEqual), ("&&", BinaryOperator.And), ("||", BinaryOperator.Or), ("&", BinaryOperator.And), ("<", BinaryOperator.Less),
        (">", BinaryOperator.Greater), ("=", BinaryOperator.Equal), ("+", BinaryOperator.Add), ("-", BinaryOperator.Subtract),
        ("*", BinaryOperator.Multiply), ("/", BinaryOperator.Divide), ("%", BinaryOperator.Remainder),
    ];

    private static readonly (string[] Words, BinaryOperator Operator)[] Relations =
    [
        (["or"], BinaryOperator.Or), (["and"], BinaryOperator.And),
        (["in"], BinaryOperator.In), (["not", "in"], BinaryOperator.NotIn),
        (["contains"], BinaryOperator.Contains), (["not", "contains"], BinaryOperator.NotContains),
        (["matches"], BinaryOperator.Matches), (["not", "matches"], BinaryOperator.NotMatches),
        (["starts", "with"], BinaryOperator.StartsWith), (["not", "starts", "with"], BinaryOperator.NotStartsWith),
        (["ends", "with"], BinaryOperator.EndsWith), (["not", "ends", "with"], BinaryOperator.NotEndsWith),
        (["is", "not"], BinaryOperator.NotEqual), (["is"], BinaryOperator.Equal),
    ];

    /// <summary>Every word of a relation.</summary>
    public static IEnumerable<string> RelationWords => Relations.SelectMany(relation => relation.Words).Concat(IsNotFailed);

    private static string[] IsFailed => ["is", "failed"];

    private static string[] IsNotFailed => ["is", "not", "failed"];

    /// <summary>
    /// A word with the dot behind it that no member follows, the question mark that no choice follows, or a dollar sign: the heading of a column.
    /// </summary>
    public static int Name(string source, int position, bool mayBeAsked)
    {
        int end = Names.Word(source, position), next = end + 1;
        if (end > 0 && end < source.Length && source[end] == '$' && mayBeAsked)
            return next == source.Length || !(Names.IsWordPart(source[next]) || source[next] is '{' or '"' or '\'') ? next : end;
        if (end > 0 && end < source.Length && source[end] == '?')
            return mayBeAsked && IsHeading(source, next) ? next : end;
        if (end < 0 || end == source.Length || source[end] != '.')
            return end;

        while (next < source.Length && source[next] is ' ' or '\t')
            next++;
        bool isMember = next < source.Length && (Names.IsWordStart(source[next]) || source[next] is '.' or '`' or '$')
            && (next == end + 1 || Binary(source, next, out _) < 0);
        return isMember ? end : end + 1;
    }

    // Behind the mark ends what is asked about, or it is compared.
    private static bool IsHeading(string source, int next)
    {
        while (next < source.Length && source[next] is ' ' or '\t')
            next++;
        return next == source.Length || source[next] is ')' or ']' or '}' or ',' or '|' or '\n' or '\r' or '=' or '!' or '<' or '>'
            || (Names.IsWordStart(source[next]) && Binary(source, next, out _) > 0);
    }

    public static int Keyword(string source, int position, string word)
    {
        if (string.CompareOrdinal(source, position, word, 0, word.Length) != 0 && !IsInCapitals(source, position, word))
            return -1;

        int end = position + word.Length;
        return Names.IsWordStart(word[0]) && end < source.Length && Names.IsWordPart(source[end]) ? -1 : end;
    }

    // SQL's habit; a word in mixed case may be a tool's or a field's name.
    private static bool IsInCapitals(string source, int position, string word)
    {
        if (word.Length < 2 || position + word.Length > source.Length || !char.IsUpper(source[position]))
            return false;

        for (int i = 0; i < word.Length; i++)
        {
            if (source[position + i] != char.ToUpperInvariant(word[i]))
                return false;
        }

        return true;
    }

    /// <summary>A number: <c>1 1_000 0.5 8k 1e6</c>.</summary>
    public static int Number(string source, int position, out decimal value)
    {
        value = 0;
        int end = Digits(source, position);
        if (end == position)
            return -1;

        if (end + 1 < source.Length && source[end] == '.' && IsDigit(source[end + 1]))
            end = Digits(source, end + 1);

        int exponent = end < source.Length && source[end] is 'e' or 'E' ? end + 1 : source.Length;
        if (exponent < source.Length && source[exponent] is '+' or '-')
            exponent++;
        if (Digits(source, exponent) is var exponentEnd && exponentEnd > exponent)
            end = exponentEnd;

        if (!decimal.TryParse(source.Substring(position, end - position).Replace("_", ""),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
            return -1;

        // One that is closer to 0 than decimal goes is not 0.
        if (value == 0 && source.Substring(position, end - position).TakeWhile(static c => c is not ('e' or 'E')).Any(static c => c is >= '1' and <= '9'))
            return -1;

        if (end < source.Length && source[end] is 'k' or 'K')
        {
            if (value > decimal.MaxValue / 1000)
                return -1;
            value *= 1000;
            end++;
        }

        return end < source.Length && Names.IsWordPart(source[end]) ? -1 : end;
    }

    /// <summary>A duration: <c>250ms 30s 5m 1h 7d 2w</c>.</summary>
    public static int Duration(string source, int position, out TimeSpan value)
    {
        value = default;
        int unitStart = Digits(source, position);
        if (unitStart == position || unitStart - position > 9)
            return -1;

        int end = unitStart;
        while (end < source.Length && Names.IsWordPart(source[end]))
            end++;

        long amount = long.Parse(source.Substring(position, unitStart - position).Replace("_", ""), CultureInfo.InvariantCulture);
        long? milliseconds = source.Substring(unitStart, end - unitStart) switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            "w" => 604_800_000,
            _ => null,
        };

        if (milliseconds is null)
            return -1;

        value = new TimeSpan(amount * milliseconds.Value * TimeSpan.TicksPerMillisecond);
        return end;
    }

    /// <summary>Whether a string opens in which Python writes a pattern: <c>r"…"</c>.</summary>
    public static bool OpensRawString(string source, int position) =>
        position + 1 < source.Length && source[position] == 'r' && source[position + 1] is '"' or '\'' && (position == 0 || !Names.IsWordPart(source[position - 1]));

    /// <summary>The end of <c>r"pattern"</c>, whose backslashes are the pattern's; -2 where the line ends first.</summary>
    private static int RawString(string source, int position, out string pattern)
    {
        pattern = "";
        char quote = source[position + 1];
        for (int i = position + 2; i < source.Length && source[i] != '\n'; i++)
        {
            if (source[i] == '\\')
            {
                i++;
            }
            else if (source[i] == quote)
            {
                pattern = source.Substring(position + 2, i - position - 2);
                return i + 1;
            }
        }

        return -2;
    }

    /// <summary>The end of <c>/pattern/flags</c>: -1 where no slash stands, -2 where the line ends first.</summary>
    public static int Regex(string source, int position, out string pattern, out string flags)
    {
        pattern = flags = "";
        if (OpensRawString(source, position))
            return RawString(source, position, out pattern);
        if (position >= source.Length || source[position] != '/')
            return -1;

        bool inClass = false;
        for (int i = position + 1; i < source.Length && source[i] != '\n'; i++)
        {
            char c = source[i];
            if (c == '\\')
            {
                i++;
            }
            else if (c == '[')
            {
                inClass = true;
            }
            else if (c == ']')
            {
                inClass = false;
            }
            else if (c == '/' && !inClass)
            {
                int end = i + 1;
                while (end < source.Length && char.IsLetter(source[end]))
                    end++;

                pattern = source.Substring(position + 1, i - position - 1).Replace("\\/", "/");
                flags = source.Substring(i + 1, end - i - 1);
                return end;
            }
        }

        return -2;
    }

    private static Regex WholeDivision => field ??= new(@"\G//(?=[ ]?\d)", RegexOptions.CultureInvariant);

    /// <summary>A binary operator, with how tightly it binds by <see cref="Precedence"/>.</summary>
    public static int Binary(string source, int position, out BinaryOperator binaryOperator)
    {
        bool isWord = position < source.Length && Names.IsWordStart(source[position]);
        if (!isWord && PatternTest(source, position, out binaryOperator) is var test and >= 0)
            return test;

        // `x // 10` is how Python writes `floor(x / 10)`; before anything but a figure it opens a comment elsewhere.
        if (position < source.Length && source[position] == '/' && WholeDivision.Match(source, position) is { Success: true } division)
        {
            binaryOperator = BinaryOperator.Divide;
            return position + division.Length;
        }

        foreach (var (text, symbol) in Symbols)
        {
            if (!isWord && string.CompareOrdinal(source, position, text, 0, text.Length) == 0 && !IsArrow(source, position, text))
            {
                binaryOperator = symbol;
                return position + text.Length;
            }
        }

        foreach (var (words, relation) in Relations)
        {
            int end = isWord ? Words(source, position, words) : -1;
            if (end >= 0)
            {
                binaryOperator = relation;
                return end;
            }
        }

        binaryOperator = default;
        return -1;
    }

    // `x =~ /a/`, `x ~ /a/` and `x !~ /a/` are how Perl and awk test a regular expression.
    private static int PatternTest(string source, int position, out BinaryOperator binaryOperator)
    {
        binaryOperator = BinaryOperator.Matches;
        int tilde = position < source.Length && source[position] is '=' or '!' ? position + 1 : position;
        if (tilde >= source.Length || source[tilde] != '~')
            return -1;

        int pattern = tilde + 1;
        while (pattern < source.Length && source[pattern] is ' ' or '\t')
            pattern++;
        if (pattern == source.Length || source[pattern] != '/')
            return -1;

        if (source[position] == '!')
            binaryOperator = BinaryOperator.NotMatches;
        return tilde + 1;
    }

    /// <summary>The test for a failed item behind a value.</summary>
    public static int ReadFailedTest(string source, int position, out UnaryOperator test)
    {
        int negated = Words(source, position, IsNotFailed);
        test = negated >= 0 ? UnaryOperator.IsNotFailed : UnaryOperator.IsFailed;
        return negated >= 0 ? negated : Words(source, position, IsFailed);
    }

    /// <summary>How tightly an operator binds: 1 <c>or</c>, 2 <c>and</c>, 4 comparison, 5 sum, 6 product; 3 is <c>not</c>.</summary>
    public static int Precedence(BinaryOperator binaryOperator) => binaryOperator switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And => 2,
        BinaryOperator.Add or BinaryOperator.Subtract => 5,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder => 6,
        _ => 4,
    };

    /// <summary>Words with blanks between them.</summary>
    public static int Words(string source, int position, IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (i > 0)
            {
                while (position < source.Length && source[position] is ' ' or '\t')
                    position++;
            }

            position = Keyword(source, position, words[i]);
            if (position < 0)
                return -1;
        }

        return position;
    }

    // `name => body` is not a comparison.
    private static bool IsArrow(string source, int position, string text) =>
        text == "=" && position + 1 < source.Length && source[position + 1] == '>';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    public static int Digits(string source, int position)
    {
        int end = position;
        while (end < source.Length && (IsDigit(source[end]) || (end > position && source[end] == '_')))
            end++;
        return end;
    }
}
