using System.Text.Json;
using EmbedAot;
using Rlm;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: EmbedAot LOG");
    return 2;
}

// Any IChatClient does; this one answers by fixed rules and costs nothing.
using var model = new OfflineChatClient();
using var log = TextSource.FromFile(args[0]);

Console.WriteLine(await Reports.WorstHostsAsync(model, log, CancellationToken.None));

var cause = await Reports.CauseAsync(model, log, null, CancellationToken.None);
Console.WriteLine($"\n{cause.Outcome} after {cause.Usage.Calls} call(s): {cause.Answer}");

foreach (var tool in new Staff().Tools)
{
    string parameters = string.Join(", ", tool.Parameters.Select(parameter => $"{parameter.Name}: {parameter.Type}"));
    Console.WriteLine($"\n{tool.Name}({parameters}) gives {tool.ResultType}");
    JsonElement? argument = tool.Parameters[0].IsOptional ? null : JsonElement.Parse("\"web-02\"");
    Console.WriteLine(await tool.InvokeAsync([argument], CancellationToken.None));
}

return 0;
