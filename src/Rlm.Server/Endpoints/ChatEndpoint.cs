using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Rlm.Server.Access;
using Rlm.Server.Answers;
using Rlm.Server.Protocol;

namespace Rlm.Server.Endpoints;

/// <summary>A reply to a conversation.</summary>
/// <param name="models">The models that a client may name.</param>
/// <param name="runs">Answers what cannot go on as it is.</param>
/// <param name="forwarded">Sends on what can.</param>
/// <param name="mostBytes">The largest request.</param>
/// <param name="time">The clock.</param>
internal sealed class ChatEndpoint(ServedModels models, ConversationRuns runs, ForwardedCalls forwarded, long mostBytes, TimeProvider time)
    : ServerEndpoint("POST", "/v1/chat/completions")
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    public override async Task HandleAsync(HttpContext context, ApiCaller? caller)
    {
        var body = await RequestBody.ReadAsync(context.Request, mostBytes, context.RequestAborted).ConfigureAwait(false);
        var request = ChatRequestReader.Read(body);
        var model = models.Find(request.Model);
        bool isLong = runs.TakesUp(model, request);
        if (!isLong && model.TakesForwarded)
        {
            await ForwardAsync(context, model, request, body, caller!).ConfigureAwait(false);
            return;
        }

        body = default;
        var answering = isLong
            ? runs.RunAsync(model, request, caller!, context.RequestAborted)
            : runs.AskAsync(model, request, caller!, context.RequestAborted);
        if (request.IsStreamed)
        {
            await StreamAsync(context, request, answering).ConfigureAwait(false);
            return;
        }

        var response = await answering.ConfigureAwait(false);
        await HttpReply.SendAsync(context, 200, writer => ReplyOf(request, response).Write(writer, response)).ConfigureAwait(false);
    }

    private async Task ForwardAsync(HttpContext context, ServedModel model, ChatRequest request, ReadOnlyMemory<byte> body, ApiCaller caller)
    {
        try
        {
            await forwarded.SendAsync(context, model, request, body, caller).ConfigureAwait(false);
        }
        catch (ApiException error) when (request.IsStreamed && context.Response.HasStarted)
        {
            await new EventStream(context).SendErrorAsync(error).ConfigureAwait(false);
        }
    }

    /// <summary>Nothing is sent in the first moments, so that what fails at once fails with its status.</summary>
    private async Task StreamAsync(HttpContext context, ChatRequest request, Task<ChatResponse> answering)
    {
        var stream = new EventStream(context);
        try
        {
            while (await Task.WhenAny(answering, Task.Delay(KeepAlive, time, context.RequestAborted)).ConfigureAwait(false) != answering)
                await stream.SendCommentAsync("at work").ConfigureAwait(false);

            var response = await answering.ConfigureAwait(false);
            var reply = ReplyOf(request, response);
            await stream.SendAsync(reply.WriteRole).ConfigureAwait(false);
            await stream.SendAsync(writer => reply.WriteText(writer, response.Text)).ConfigureAwait(false);
            await stream.SendAsync(writer => reply.WriteEnd(writer, response)).ConfigureAwait(false);
            if (request.IncludesUsage)
                await stream.SendAsync(writer => reply.WriteUsage(writer, response)).ConfigureAwait(false);
            await stream.SendDoneAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (stream.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await stream.SendErrorAsync(ApiErrors.Of(exception)).ConfigureAwait(false);
        }
        finally
        {
            // A client that went away has its run stopped, which is over before the request is.
            await answering.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private ChatReply ReplyOf(ChatRequest request, ChatResponse response) =>
        new(response.ResponseId is { Length: > 0 } id ? $"chatcmpl-{id}" : $"chatcmpl-{Guid.NewGuid():N}", request.Model, time.GetUtcNow());
}
