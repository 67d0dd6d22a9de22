using System.Text;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Hosting.Conversations;

/// <summary>A conversation whose data are held as variables, and whose other words are the question about them.</summary>
internal sealed class LongConversation : IDisposable
{
    /// <summary>The variable's name where there is one only, as the root's examples have it.</summary>
    private const string OnlyName = "context";

    /// <summary>The longest text that is handed on as the question about attachments.</summary>
    private const int MaxRulesChars = 16 * 1024;

    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly Dictionary<AIContent, MovedPart> _moved;

    private LongConversation(IReadOnlyList<ChatMessage> messages, Dictionary<AIContent, MovedPart> moved) =>
        (_messages, _moved) = (messages, moved);

    /// <summary>The variables, in the order of the conversation.</summary>
    public IReadOnlyList<RlmVariable> Variables => [.. _moved.Values.Select(part => RlmVariable.Text(part.Name, part.Text))];

    /// <summary>What system messages say, an empty line between them; empty for nothing.</summary>
    public string Instructions => MovedPart.Join(
        [.. _messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text)]);

    /// <summary>
    /// The conversation, where its long parts are long enough and all of it can be read; null where it goes on as it is.
    /// </summary>
    public static LongConversation? Find(IReadOnlyList<ChatMessage> messages, RlmChatOptions options)
    {
        var found = new List<(AIContent Content, string Name, TextSource Text, PastedText? Pasted)>();
        var rules = FindRules(messages, options);
        foreach (var message in messages.Where(message => message.Role != ChatRole.System && message.Role != ChatRole.Assistant))
        {
            foreach (var content in message.Contents)
            {
                if (content == rules)
                    continue;
                if (LongTextOf(content, options) is { } text)
                {
                    var others = OthersOf(message, content, messages, options);
                    var pasted = PastedText.Split(text, others) with { MayAsk = others != OtherWords.Ask };
                    found.Add((content, "message", TextSource.FromBytes(pasted.Data, "message"), pasted));
                }
                else if (content is DataContent data && DataText.Find(data, data.Name ?? "attachment") is { } attached)
                {
                    found.Add((data, data.Name ?? "attachment", attached, null));
                }
                else if (content is FunctionResultContent result && DataText.Find(result.Result) is { } given)
                {
                    string tool = QuestionText.ToolOf(messages, result.CallId);
                    found.Add((result, tool, TextSource.FromString(given, tool), null));
                }
            }
        }

        var moved = new Dictionary<AIContent, MovedPart>(ReferenceEqualityComparer.Instance);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (content, name, text, pasted) in found)
        {
            var part = new MovedPart(content, found.Count == 1 ? OnlyName : NameOf(name, names), text);
            moved.TryAdd(content, pasted is null ? part : part with
            {
                Before = pasted.Before,
                After = pasted.After,
                Edges = pasted is { MayAsk: true, Before: "", After: "" } ? pasted.TellEdges() : "",
            });
        }

        var conversation = new LongConversation(messages, moved);
        if (moved.Values.Sum(part => part.Text.LengthBytes / part.Text.BytesPerToken) >= options.MinTokens && conversation.IsReadable)
            return conversation;

        conversation.Dispose();
        return null;
    }

    /// <summary>About how many tokens the texts of messages have.</summary>
    public static long TokensOf(IEnumerable<ChatMessage> messages) => messages.SelectMany(message => message.Contents).Sum(content =>
    {
        if (content is not Utf8TextContent utf8)
            return content is TextContent text ? TokenEstimate.OfText(text.Text) : 0;

        using var source = TextSource.FromBytes(utf8.Data, "message");
        return TokenEstimate.OfLength(source, source.LengthBytes);
    });

    /// <summary>The conversation for a model that is to choose tools, which sees notices in place of data.</summary>
    public IReadOnlyList<ChatMessage> Stub() =>
    [
        .. _messages.Select(message =>
        {
            if (!message.Contents.Any(_moved.ContainsKey))
                return message;
            var stub = message.Clone();
            stub.Contents = [.. message.Contents.Select(content => _moved.TryGetValue(content, out var part) ? part.Stub() : content)];
            return stub;
        }),
    ];

    /// <summary>The question: what the user says, with what was said and done before where there is more than that.</summary>
    /// <param name="said">What the model said while it chose no tool; empty for nothing.</param>
    public string Question(string said)
    {
        ChatMessage[] spoken = [.. _messages.Where(message => message.Role != ChatRole.System)];
        return spoken is [var only] && said.Length == 0 ? AskOnly(only)
            : QuestionText.Of(said.Length == 0 ? spoken : spoken.Append(new ChatMessage(ChatRole.Assistant, said)), WordsOf);
    }

    /// <summary>Releases the texts.</summary>
    public void Dispose()
    {
        foreach (var part in _moved.Values)
            part.Text.Dispose();
    }

    /// <summary>Whether everything that is said can be handed on in words; an image, for one, cannot.</summary>
    private bool IsReadable => _messages.SelectMany(message => message.Contents).All(content => _moved.ContainsKey(content)
        || content is TextContent or TextReasoningContent or FunctionCallContent or UsageContent or ErrorContent);

    /// <summary>A long text of a user; null for anything else.</summary>
    private static ReadOnlyMemory<byte>? LongTextOf(AIContent content, RlmChatOptions options)
    {
        if (content is Utf8TextContent utf8)
            return utf8.Data;
        return content is TextContent text && IsLong(text, options) ? new(Encoding.UTF8.GetBytes(text.Text)) : null;
    }

    private static bool IsLong(TextContent text, RlmChatOptions options) =>
        text.Text.Length >= options.MinPartTokens && TokenEstimate.OfText(text.Text) >= options.MinPartTokens;

    /// <summary>Whether what is asked about a long text may stand elsewhere. What a user says after an answer to it is a turn of its own.</summary>
    private static OtherWords OthersOf(ChatMessage holder, AIContent content, IReadOnlyList<ChatMessage> messages, RlmChatOptions options)
    {
        var others = OtherWords.None;
        bool isBehind = false, isAnswered = false;
        foreach (var message in messages)
        {
            isAnswered |= isBehind && message.Role == ChatRole.Assistant;
            isBehind |= message == holder;
            if (message.Role == ChatRole.Assistant || message.Role == ChatRole.Tool)
                continue;
            foreach (var other in message.Contents.Where(other => other != content))
            {
                if (message.Role == ChatRole.User && !isAnswered && IsShortRequest(other, options))
                    return OtherWords.Ask;
                if (other is Utf8TextContent || (other is TextContent text && !string.IsNullOrWhiteSpace(text.Text) && !RequestEdge.IsCourtesy(text.Text)))
                    others = OtherWords.MayAsk;
            }
        }

        return others;
    }

    private static bool IsShortRequest(AIContent content, RlmChatOptions options) => content is TextContent text
        && !string.IsNullOrWhiteSpace(text.Text) && !IsLong(text, options) && !RequestEdge.IsCourtesy(text.Text);

    /// <summary>The only text of the users beside attachments, where it is not too long to be what is asked; null for none.</summary>
    private static TextContent? FindRules(IReadOnlyList<ChatMessage> messages, RlmChatOptions options)
    {
        AIContent[] said = [.. messages.Where(message => message.Role == ChatRole.User).SelectMany(message => message.Contents)];
        return said.OfType<DataContent>().Any(data => data is not Utf8TextContent)
            && said.Where(content => content is TextContent or Utf8TextContent).ToArray() is [TextContent text]
            && IsLong(text, options) && text.Text.Length <= MaxRulesChars && !new DataShape(text.Text).IsTable ? text : null;
    }

    /// <summary>What the only message asks. One variable is not a matter of words: its card tells what it is.</summary>
    private string AskOnly(ChatMessage message)
    {
        string asked = MovedPart.Join([.. message.Contents.Select(content =>
            _moved.TryGetValue(content, out var part) ? MovedPart.Join(part.Before, part.After) : WordsOf(content))]);
        return _moved.Count == 1 && asked.Length > 0 ? asked : MovedPart.Join([.. message.Contents.Select(WordsOf)]);
    }

    private string WordsOf(AIContent content) => _moved.TryGetValue(content, out var part)
        ? MovedPart.Join(part.Before, part.Notice, part.Edges, part.After)
        : content switch
        {
            TextContent text => text.Text.Trim(),
            FunctionCallContent call => $"{call.Name}({ArgumentsOf(call)})",
            ErrorContent error => error.Message,
            _ => "",
        };

    private static string ArgumentsOf(FunctionCallContent call) => string.Join(
        ", ", (call.Arguments ?? new Dictionary<string, object?>()).Select(argument => $"{argument.Key}: {DataText.Find(argument.Value)}"));

    /// <summary>A name for a variable like the one given, which no other has.</summary>
    private static string NameOf(string wanted, HashSet<string> taken)
    {
        var letters = new StringBuilder();
        foreach (char c in wanted)
            letters.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_');
        string name = letters.ToString().Trim('_');
        if (!RlmVariable.IsName(name))
            name = $"text_{name}".TrimEnd('_');
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
            free = Invariant($"{name}_{number}");
        return free;
    }
}
