using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Prompts;

/// <summary>
/// The text of a chat: JSON messages, or a text with role markers. What system and users say is joined by blank lines; what the assistant
/// says is left out.
/// </summary>
internal static partial class ChatTranscript
{
    private const int StartBytes = 4 * 1024;

    /// <summary>The text that the chat holds; null for any other text.</summary>
    /// <exception cref="FormatException">It begins like a chat and cannot be read as one.</exception>
    public static TextSource? Read(TextSource text)
    {
        string start = Encoding.UTF8.GetString(text.GetStart(StartBytes)).TrimStart();
        if (JsonStart.IsMatch(start))
            return Join(text, ReadJson(text.Whole.Decode()));
        if (Styles.FirstOrDefault(style => style.Begins(start)) is not { } style)
            return null;
        return Join(text, style.Split(text.Whole.Decode()));
    }

    private static TextSource Join(TextSource text, IEnumerable<(string Role, string Content)> messages)
    {
        var all = messages.Where(message => !string.IsNullOrWhiteSpace(message.Content)).ToList();
        var withRows = all.Where(message => DataSpan.HasRows(message.Content)).ToList();
        if (withRows.Count > 1)
            throw new FormatException(
                $"{withRows.Count} messages of the chat hold lines of data: which of them are the data, and which an example?");
        if (withRows.Any(message => Assistant.IsMatch(message.Role)))
            throw new FormatException("The lines of data stand in what the assistant said.");

        var said = all.Where(message => !Assistant.IsMatch(message.Role)).Select(message => message.Content.Trim()).ToList();
        return said.Count > 0
            ? TextSource.FromString(string.Join("\n\n", said), text.Name)
            : throw new FormatException("The chat has no message of a user.");
    }

    private static List<(string, string)> ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var messages = root.ValueKind == JsonValueKind.Object ? root.GetProperty("messages") : root;
            return [.. messages.EnumerateArray().Select(
                message => (
                    message.GetProperty("role").GetString() ?? throw new InvalidOperationException("a role is null"),
                    ContentOf(message.GetProperty("content"))))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The prompt begins like JSON messages and is none: {TextException.ToOneLine(exception)}", exception);
        }
    }

    /// <summary>A content that is a text, or parts that are texts.</summary>
    private static string ContentOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Null => "",
        _ => string.Concat(content.EnumerateArray().Select(part => part.GetProperty("type").GetString() is "text" or "input_text"
            ? part.GetProperty("text").GetString()
            : throw new InvalidOperationException($"a part of a message is of the type {part.GetProperty("type")}, not a text"))),
    };

    private static readonly Style[] Styles =
    [
        new(ChatMlRole, ChatMlEnd), new(Llama3Role, Llama3End), new(GemmaRole, GemmaEnd), new(PhiRole, PhiEnd), new(InstRole, InstEnd),
        new(AlpacaRole, Never), new(NameRole, Never),
    ];

    /// <summary>How a kind of model marks who speaks.</summary>
    private sealed record Style(Regex Role, Regex End)
    {
        public bool Begins(string start) => Role.Match(Opening.Replace(start, "")) is { Success: true, Index: 0 };

        public IEnumerable<(string Role, string Content)> Split(string text)
        {
            var roles = Role.Matches(text);
            for (int i = 0; i < roles.Count; i++)
            {
                int from = roles[i].Index + roles[i].Length, to = i + 1 < roles.Count ? roles[i + 1].Index : text.Length;
                yield return (NameOf(roles[i]), End.Replace(text[from..to], ""));
            }
        }

        private static string NameOf(Match role) => role.Groups["role"].Value switch
        {
            "[INST]" or "<<SYS>>" or "<</SYS>>" => "user",
            "[/INST]" => "assistant",
            var name => name,
        };
    }

    [GeneratedRegex(@"^(\[\s*\{|\{\s*""messages""\s*:)")]
    private static partial Regex JsonStart { get; }

    [GeneratedRegex(@"^(assistant|ai|model|bot|gpt|response)$", RegexOptions.IgnoreCase)]
    private static partial Regex Assistant { get; }

    [GeneratedRegex(@"^(<s>|<\|begin_of_text\|>|<bos>|\s)+")]
    private static partial Regex Opening { get; }

    [GeneratedRegex(@"<\|im_start\|>(?<role>\w+)[ \t]*\r?\n?")]
    private static partial Regex ChatMlRole { get; }

    [GeneratedRegex(@"<\|im_end\|>\s*|<\|endoftext\|>\s*")]
    private static partial Regex ChatMlEnd { get; }

    [GeneratedRegex(@"<\|start_header_id\|>(?<role>\w+)<\|end_header_id\|>\s*")]
    private static partial Regex Llama3Role { get; }

    [GeneratedRegex(@"<\|(eot_id|end_of_text|eom_id)\|>\s*")]
    private static partial Regex Llama3End { get; }

    [GeneratedRegex(@"<start_of_turn>(?<role>\w+)[ \t]*\r?\n?")]
    private static partial Regex GemmaRole { get; }

    [GeneratedRegex(@"<end_of_turn>\s*|<eos>\s*")]
    private static partial Regex GemmaEnd { get; }

    [GeneratedRegex(@"<\|(?<role>system|user|assistant)\|>[ \t]*\r?\n?")]
    private static partial Regex PhiRole { get; }

    [GeneratedRegex(@"<\|end\|>\s*|</s>\s*")]
    private static partial Regex PhiEnd { get; }

    [GeneratedRegex(@"(?<role>\[INST\]|\[/INST\]|<<SYS>>|<</SYS>>)[ \t]*")]
    private static partial Regex InstRole { get; }

    [GeneratedRegex(@"</?s>\s*")]
    private static partial Regex InstEnd { get; }

    [GeneratedRegex(@"^\#{2,3} (?<role>Instruction|Input|Response|System|User|Assistant|Human):?[ \t]*\r?$\n?", RegexOptions.Multiline)]
    private static partial Regex AlpacaRole { get; }

    // A line of data may begin with `User: 44106 || …`.
    [GeneratedRegex(@"^(?<role>System|User|Human|Assistant|AI):(?![^\n|:]*\|\|)[ \t]*", RegexOptions.Multiline)]
    private static partial Regex NameRole { get; }

    [GeneratedRegex(@"(?!)")]
    private static partial Regex Never { get; }
}
