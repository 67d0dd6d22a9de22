using Microsoft.Extensions.AI;
using Rlm;
using SupportDesk;

if (args is not ([_] or [_, _, _]))
{
    Console.Error.WriteLine("usage: SupportDesk MAILBOX [URL MODEL]");
    return 2;
}

// By fixed rules and without a key, unless a model is named.
using var http = ModelHttp.CreateClient();
using var model = args is [_, var url, var name]
    ? new ModelEndpoint(ModelProvider.OpenAi, ModelEndpoint.TryParseUrl(url)!, name, Environment.GetEnvironmentVariable("OPENAI_API_KEY"))
        .CreateClient(http)
    : new OfflineChatClient();
using var mails = TextSource.FromFile(args[0]);

Console.WriteLine(await Reports.CountAsync(model, mails, CancellationToken.None));

// A chat client like any other; a mailbox of any size may hang on a message.
using var desk = model.AsBuilder().UseRlm(options => options.Run = options.Run with { MaxCalls = 50 }).Build();
var question = new ChatMessage(ChatRole.User,
[
    new TextContent("What is the door code of the warehouse at Halden Quay?"),
    new DataContent(await File.ReadAllBytesAsync(args[0]), "text/plain") { Name = "mails.txt" },
]);
var updates = new List<ChatResponseUpdate>();
await foreach (var update in desk.GetStreamingResponseAsync([question]))
{
    if (update.RawRepresentation is TurnFinished turn)
        Console.Error.WriteLine($"turn {turn.Step.Number}");
    updates.Add(update);
}

var response = updates.ToChatResponse();
Console.WriteLine($"{response.Text} ({response.AdditionalProperties![RlmProperties.Outcome]}, {response.FinishReason})");

foreach (var tool in new Desk().Tools.Select(tool => tool.AsAIFunction()))
    Console.WriteLine($"{tool.Name}: {await tool.InvokeAsync(new() { ["product"] = "kettle" })}");

return 0;
