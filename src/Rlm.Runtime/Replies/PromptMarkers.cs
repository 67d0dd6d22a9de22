using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Replies;

/// <summary>The marks around the parts of a prompt, shared by whoever writes prompts and by the offline model that reads them.</summary>
/// <remarks>
/// Data from a context or a model stands only in a <see cref="Frame"/>, so that it reads as data: between marks, and between lines
/// with a sign that is made of the data, so that equal prompts stay equal and no text can know its own. A mark that occurs inside
/// data is defused by <see cref="Defuse"/>.
/// </remarks>
internal static partial class PromptMarkers
{
    /// <summary>Takes no room and parts a mark inside data, so that it is none.</summary>
    public const char Breaker = '\u200B';

    // Consonants make no words, and digits would look like the number of a row.
    private const string SignLetters = "bcdfghjklmnpqrstvwxz";
    private const int SignLength = 5;

    /// <summary>The question of a root turn; a prompt without it is a sub-call.</summary>
    public const string Question = "question";

    /// <summary>The cards of the variables: a head line <c>name: type, size</c>, then preview lines after <c>| </c>.</summary>
    public const string Variables = "variables";

    /// <summary>What a conversation's earlier questions were, and their answers in short.</summary>
    public const string Earlier = "earlier";

    /// <summary>What the last program showed.</summary>
    public const string Result = "result";

    /// <summary>An answer that was not given yet, since it rests on what was lost.</summary>
    public const string Returned = "returned";

    /// <summary>What is worth knowing of how the last results came about.</summary>
    public const string Notes = "notes";

    /// <summary>What was wrong with the last program.</summary>
    public const string Diagnostics = "diagnostics";

    /// <summary>Turn, calls, tokens and money left.</summary>
    public const string Budget = "budget";

    /// <summary>The item of a sub-call.</summary>
    public const string Data = "data";

    /// <summary>What stands before the item in its list, as context, each opened by <c>[-] </c>.</summary>
    public const string Before = "before";

    /// <summary>The same behind it.</summary>
    public const string After = "after";

    /// <summary>What names in a sub-call's prompt stand for that are the same for all its items, as <c>name: value</c> lines.</summary>
    public const string Given = "given";

    /// <summary>The rows of a packed sub-call, each line group opened by <c>[id] </c>, and by <c>[-] </c> where it is context.</summary>
    public const string Rows = "rows";

    /// <summary>Items that were answered before, each with its reply.</summary>
    public const string Examples = "examples";

    /// <summary>The names of a sub-call that asks which are of one thing, each opened by <c>[id] </c>.</summary>
    public const string Names = "names";

    /// <summary>
    /// The type of the reply in the language's own notation, such as <c>one of ["spam", "ham"]</c> or <c>list of {name: text}</c>.
    /// </summary>
    public const string Reply = "reply";

    /// <summary>Wraps <paramref name="content"/> in the mark, each mark on a line of its own.</summary>
    public static string Wrap(string mark, string content) => $"<{mark}>\n{Defuse(content)}\n</{mark}>";

    /// <summary>Wraps data: in the mark, and in lines with a sign made of the data.</summary>
    public static string Frame(string mark, string data)
    {
        string sign = SignOf(data);
        return $"--- {mark} {sign} ---\n{Wrap(mark, data)}\n--- end {sign} ---";
    }

    /// <summary>Where the first frame begins; the text's end where there is none.</summary>
    public static int FirstFrame(string text) => FrameOpening.Match(text) is { Success: true } opening ? opening.Index : text.Length;

    /// <summary>A short sign that follows from the data and does not occur in them.</summary>
    private static string SignOf(string data)
    {
        for (ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(data.AsSpan())); ; hash++)
        {
            string sign = string.Create(SignLength, hash, static (letters, rest) =>
            {
                foreach (ref char letter in letters)
                    (rest, letter) = (rest / (ulong)SignLetters.Length, SignLetters[(int)(rest % (ulong)SignLetters.Length)]);
            });
            if (!data.Contains(sign, StringComparison.Ordinal))
                return sign;
        }
    }

    /// <summary>The content of the last occurrence of the mark, or null.</summary>
    public static string? Unwrap(string text, string mark)
    {
        string open = $"<{mark}>\n", close = $"\n</{mark}>";
        int end = text.LastIndexOf(close, StringComparison.Ordinal);
        if (end < 0)
            return null;

        int start = text.LastIndexOf(open, end, StringComparison.Ordinal);
        return start < 0 ? null : start + open.Length >= end ? "" : text[(start + open.Length)..end];
    }

    /// <summary>
    /// Breaks marks inside data, opening or closing, spaced or not, so that data cannot end its own frame, open another, or speak
    /// in the turns of a chat's template.
    /// </summary>
    public static string Defuse(string data) => data.AsSpan().ContainsAny('<', '＜', '﹤') || data.Contains("---", StringComparison.Ordinal)
        ? Mark.Replace(data, $"$0{Breaker}")
        : data;

    /// <summary>Makes marks whole again that a model copied as <see cref="Defuse"/> broke them.</summary>
    public static string Restore(string reply) => reply.Contains(Breaker, StringComparison.Ordinal) ? Broken.Replace(reply, "") : reply;

    [GeneratedRegex(@"(?<=[<＜﹤])\u200B|(?<=-)\u200B(?=--)")]
    private static partial Regex Broken { get; }

    [GeneratedRegex(@"[<＜﹤](?=[\s\u200B]{0,8}[/／]?[\s\u200B]{0,8}(question|variables|earlier|result|returned|notes|diagnostics|budget|given|data|before|after|rows|examples|names|reply)\b)|<(?=\|[\w:]{1,40}\|?>)"
        + @"|-(?=--[^\S\n]{0,8}(question|variables|earlier|result|returned|notes|diagnostics|budget|given|data|before|after|rows|examples|names|reply|end)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark { get; }

    [GeneratedRegex(@"^--- \w+ [a-z]{5} ---$", RegexOptions.Multiline)]
    private static partial Regex FrameOpening { get; }
}
