using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Rlm.Hosting.Conversations;
using Rlm.Server.Access;
using Rlm.Server.Measures;
using Rlm.Server.Protocol;

namespace Rlm.Server.Answers;

/// <summary>Answers conversations: by the loop where they are long, else by the model alone.</summary>
/// <param name="options">The limits of each run, with its prices and models.</param>
/// <param name="queue">The places of runs.</param>
/// <param name="journals">Where runs are written down.</param>
/// <param name="metrics">Counts them.</param>
/// <param name="log">Told of them.</param>
internal sealed class ConversationRuns(RlmOptions options, RunQueue queue, RunJournals journals, ServerMetrics metrics, ILogger<RlmChatClient> log)
{
    /// <summary>What a request may take.</summary>
    public TimeSpan? Timeout => options.Timeout;

    /// <summary>Whether a conversation is long; throws where what it asks of the answer cannot be had of the loop.</summary>
    /// <exception cref="ApiException">It is long, and asks for what only the model itself gives.</exception>
    public bool TakesUp(ServedModel model, ChatRequest request)
    {
        var reader = model.CreateReader(options, log);
        if (!reader.TakesUp(request.Messages, request.Options))
        {
            RequireRoom(model, request.Tokens);
            return false;
        }

        if (request.Problem is { } problem)
            throw problem;
        RequireRoom(model, LongConversation.TokensOf(
            request.Messages.Where(message => message.Role == ChatRole.System || message.Role == ChatRole.Assistant)));

        if (request.ForwardedOnly is { } field)
        {
            throw ApiException.BadRequest(
                $"`{field}` is for conversations that fit the model, and this one is longer: leave it out.", field, "unsupported");
        }

        RequireShape(request.Options.ResponseFormat as ChatResponseFormatJson);
        return true;
    }

    /// <summary>Some servers cut what is too long, without a word. Tokens are estimated, so that what is near the window is the server's to judge.</summary>
    private static void RequireRoom(ServedModel model, long tokens)
    {
        long window = model.WindowTokens;
        if (tokens > Math.Max(window * 5 / 4, model.MinTokens))
            throw ApiException.BadRequest(
                Invariant($"What has to stand in the prompt has about {tokens:N0} tokens, and `{model.Name}` takes {window:N0}. Long texts of users, attached texts and results of tools are held outside the prompt; system messages and replies are not."),
                "messages", "context_length_exceeded");
    }

    /// <summary>Runs the loop over a conversation, once there is a place.</summary>
    /// <exception cref="ApiException">The caller may not, or the queue is full.</exception>
    /// <exception cref="RlmAnswerException">There is no answer.</exception>
    public async Task<ChatResponse> RunAsync(ServedModel model, ChatRequest request, ApiCaller caller, CancellationToken cancellationToken)
    {
        using var spending = caller.Begin(options.MaxCostUsd, options.MaxSteps);
        using var place = queue.Enter(caller.Name);
        await place.WaitAsync(cancellationToken).ConfigureAwait(false);

        long startedAt = Stopwatch.GetTimestamp();
        var budget = spending.Calls.CreateLinked(options.MaxCalls);
        var journal = journals.Begin(DescribeRun(model), options.TimeProvider.GetLocalNow());
        string outcome = "cancelled";
        try
        {
            var reader = model.CreateReader(options with
            {
                Budget = budget,
                Journal = journal,
                MaxSteps = spending.Turns,
                MaxCostUsd = spending.MaxCostUsd,
                CallEvents = false,
            }, log);
            var response = await reader.GetResponseAsync(request.Messages, request.Options, cancellationToken).ConfigureAwait(false);
            outcome = response.FinishReason == ChatFinishReason.Length ? "partial" : "answered";
            return response;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            outcome = "failed";
            throw;
        }
        finally
        {
            journals.Close(journal);
            spending.Charge(budget.Usage);
            metrics.CountSpending(budget.Usage);
            metrics.CountRun(outcome, Stopwatch.GetElapsedTime(startedAt));
        }
    }

    /// <summary>Asks the model alone.</summary>
    /// <exception cref="ApiException">The caller may not, or the model cannot be asked so.</exception>
    public async Task<ChatResponse> AskAsync(ServedModel model, ChatRequest request, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (request.Problem is { } problem)
            throw problem;
        if (request.ForwardedOnly is { } field)
        {
            throw ApiException.BadRequest(
                $"`{field}` is for models whose server speaks OpenAI's protocol, and `{model.Name}` is none of them.", field, "unsupported");
        }

        using var spending = BeginCall(model, request, request.Tokens, caller);
        var usage = UsageOf(model, request.Tokens, 0, 0);
        try
        {
            var response = await model.Client.GetResponseAsync(request.PlainMessages, request.Options, cancellationToken).ConfigureAwait(false);
            if (response.Usage is { } told)
                usage = UsageOf(model, told.InputTokenCount ?? 0, told.OutputTokenCount ?? 0, told.CachedInputTokenCount ?? 0);
            return response;
        }
        catch (ModelException)
        {
            usage = UsageOf(model, 0, 0, 0);
            throw;
        }
        finally
        {
            spending.Charge(usage);
            metrics.CountSpending(usage);
        }
    }

    /// <summary>Begins a request that is one call, with all that it may cost.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request.</param>
    /// <param name="tokens">About how many tokens its prompt has.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="ApiException">The caller may not.</exception>
    public CallerSpending BeginCall(ServedModel model, ChatRequest request, long tokens, ApiCaller caller)
    {
        long output = (long)(request.Options.MaxOutputTokens ?? model.MaxOutputTokens) * request.Replies;
        return caller.Begin(PriceOf(model)?.Of(Math.Min(tokens, model.WindowTokens), output), turns: 1, isWhole: true);
    }

    /// <summary>What one call to a model has used.</summary>
    public RlmUsage UsageOf(ServedModel model, long input, long output, long cached) => new()
    {
        RootCalls = 1,
        InputTokens = input,
        OutputTokens = output,
        CachedInputTokens = cached,
        CostUsd = PriceOf(model)?.Of(input, output, cached, 0),
    };

    private TokenPrice? PriceOf(ServedModel model) => options.PriceOf(model.Name);

    private static void RequireShape(ChatResponseFormatJson? format)
    {
        try
        {
            if (format?.Schema is { } schema)
                _ = AnswerShape.Of(schema);
        }
        catch (ArgumentException exception)
        {
            throw ApiException.BadRequest($"The schema cannot be the shape of an answer: {exception.Message}", "response_format", "unsupported");
        }
    }

    private static JournalRun DescribeRun(ServedModel model) => new(
        ["serve"], Directory.GetCurrentDirectory(), null, null, JournalModel.Of(model.Client), JournalModel.Of(model.Sub ?? model.Client));
}
