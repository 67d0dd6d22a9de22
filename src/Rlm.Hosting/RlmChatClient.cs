using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rlm.Hosting.Conversations;

namespace Rlm;

/// <summary>
/// A chat client that reads conversations of any length: long texts, attached texts and results of tools become variables, and a root loop
/// answers from them what the rest of the conversation asks. Short conversations go to the inner client as they are.
/// </summary>
/// <remarks>
/// <para>
/// What else goes on as it is: a conversation without a long part, one that holds what the loop cannot read, such as an image, and one whose
/// history the service keeps (<see cref="ChatOptions.ConversationId"/>). System messages stay instructions, however long.
/// </para>
/// <para>
/// With tools among the options, the inner client is asked first, notices in place of the data, whether it needs one: its calls are the
/// response, which whoever runs tools takes up as ever. Once it calls none, the loop answers.
/// </para>
/// <para>
/// The response is one message. <see cref="RlmProperties"/> tell of the run; a partial answer ends with <see cref="ChatFinishReason.Length"/>.
/// A stream begins with updates without content whose <see cref="ChatResponseUpdate.RawRepresentation"/> is an <see cref="RlmEvent"/>.
/// The model and sampling of the caller's options are those of the loop's calls to the inner client. A JSON response format is the answer's
/// shape. The limit of output tokens and stop sequences are ignored by the loop.
/// </para>
/// <para>Calls may run at the same time, as far as the inner client's may.</para>
/// </remarks>
public sealed class RlmChatClient : DelegatingChatClient
{
    private const string Ready = "READY";

    private const string ChooseTools =
        $"""
        Texts in square brackets are held outside this conversation. If a tool has to be called before the user can be answered, call it now.
        Otherwise reply with the one word {Ready}: the answer is worked out over those texts then.
        """;

    private readonly RlmChatOptions _options;
    private readonly RlmAgent _agent;
    private readonly ILogger _logger;

    /// <param name="innerClient">The client of short conversations and tools, and the model of the loop where the options name no other.</param>
    /// <param name="options">When the loop runs, and within what limits; null for the defaults.</param>
    /// <param name="logger">Told of each run; null for nobody.</param>
    /// <exception cref="ArgumentException">An option, which is named, cannot be held to.</exception>
    public RlmChatClient(IChatClient innerClient, RlmChatOptions? options = null, ILogger<RlmChatClient>? logger = null)
        : base(innerClient)
    {
        _options = options ?? new RlmChatOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MinTokens, 1, "options.MinTokens");
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MinPartTokens, 1, "options.MinPartTokens");
        ArgumentNullException.ThrowIfNull(_options.Run, "options.Run");
        _agent = new RlmAgent(_options.Root ?? innerClient, _options.Sub, _options.Run);
        _logger = logger ?? NullLogger<RlmChatClient>.Instance;
    }

    /// <inheritdoc/>
    /// <exception cref="RlmAnswerException">The loop has no answer.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> all = [.. messages];
        using var conversation = Find(all, options);
        if (conversation is null)
            return await base.GetResponseAsync(all, options, cancellationToken).ConfigureAwait(false);

        var choice = await ChooseToolsAsync(conversation, options, cancellationToken).ConfigureAwait(false);
        if (choice is not null && HasCalls(choice))
            return choice;

        var run = Begin(conversation, options, choice);
        await foreach (var happened in run.Events(cancellationToken).ConfigureAwait(false))
            run.Take(happened);
        return run.Response();
    }

    /// <inheritdoc/>
    /// <exception cref="RlmAnswerException">The loop has no answer.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> all = [.. messages];
        using var conversation = Find(all, options);
        if (conversation is null)
        {
            await foreach (var update in base.GetStreamingResponseAsync(all, options, cancellationToken).ConfigureAwait(false))
                yield return update;
            yield break;
        }

        var choice = await ChooseToolsAsync(conversation, options, cancellationToken).ConfigureAwait(false);
        if (choice is not null && HasCalls(choice))
        {
            foreach (var update in choice.ToChatResponseUpdates())
                yield return update;
            yield break;
        }

        var run = Begin(conversation, options, choice);
        await foreach (var happened in run.Events(cancellationToken).ConfigureAwait(false))
        {
            if (run.Take(happened) is { } progress)
                yield return progress;
        }

        foreach (var update in run.Response().ToChatResponseUpdates())
            yield return update;
    }

    /// <summary>Whether the loop would answer a conversation, which goes to the inner client as it is otherwise; asks nobody.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The caller's options.</param>
    public bool TakesUp(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var conversation = Find([.. messages], options);
        return conversation is not null;
    }

    /// <summary>What of the conversation is long; null where it goes on as it is.</summary>
    private LongConversation? Find(IReadOnlyList<ChatMessage> messages, ChatOptions? options) =>
        options is { ConversationId: not null } or { ContinuationToken: not null } ? null : LongConversation.Find(messages, _options);

    /// <summary>What the inner client says of tools; null where there are none to choose from.</summary>
    private async Task<ChatResponse?> ChooseToolsAsync(
        LongConversation conversation, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (options is not { Tools.Count: > 0, ToolMode: not NoneChatToolMode })
            return null;

        var choosing = options.Clone();
        choosing.ResponseFormat = null;
        choosing.Instructions = MovedPart.Join(options.Instructions ?? "", ChooseTools);
        return await base.GetResponseAsync(conversation.Stub(), choosing, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a reply is for whoever runs tools: it has a call, a request to approve one, or anything else beside words.</summary>
    private static bool HasCalls(ChatResponse response) => response.Messages.SelectMany(message => message.Contents).Any(content => content is not
        (TextContent or TextReasoningContent or UsageContent or FunctionCallContent { InformationalOnly: true } or FunctionResultContent));

    private ChatRun Begin(LongConversation conversation, ChatOptions? options, ChatResponse? choice)
    {
        var inner = options is null ? InnerClient : new CallerSettings(InnerClient, options);
        var root = _options.Root ?? inner;
        string instructions = MovedPart.Join(_options.Run.Instructions ?? "", conversation.Instructions, options?.Instructions ?? "");
        var settings = _options.Run with
        {
            DirectTokens = 0,
            Instructions = instructions.Length == 0 ? null : instructions,
        };
        string said = choice?.Text.Trim().TrimEnd('.') is { } text && !text.Equals(Ready, StringComparison.OrdinalIgnoreCase)
            ? text
            : "";
        RunLog.MovedParts(_logger, conversation.Variables.Count);
        return new ChatRun(_agent.With(root, _options.Sub ?? root, settings), conversation.Question(said), conversation.Variables)
        {
            Model = (_options.Root is null ? options?.ModelId : null)
                ?? (root.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId,
            Shape = FormatShape.Find(options?.ResponseFormat),
            UsageBefore = choice?.Usage,
            Time = settings.TimeProvider,
            Logger = _logger,
        };
    }
}
