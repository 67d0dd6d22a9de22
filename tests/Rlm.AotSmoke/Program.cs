using System.Net;
using System.Net.Sockets;
using System.Text;
using Rlm;
using Rlm.AotSmoke;

// A scenario through the libraries as a native binary: exits with the number of checks that failed.
const string Rows =
    """
    Date: Mar 02, 2026 || User: 1 || Instance: win a prize now
    Date: Mar 09, 2026 || User: 2 || Instance: lunch at noon?
    Date: Apr 01, 2026 || User: 1 || Instance: free money
    """;

int passed = 0, failed = 0;

using (var page = TextSource.FromString("<p>one</p><p>two</p>", "page.html"))
{
    var session = new RlmSession(new ScriptedClient(), [RlmVariable.Text("page", page)]);
    Check("a page has no text without a reader", (await session.RunAsync("answer page | parse html")).Diagnostics is
        [{ Id: "RLM5001", Help: "add the package Rlm.Documents and call `RlmDocuments.Register()` when the program starts" }]);
    RlmDocuments.Register();
    Check("a page has its text with one", await session.RunAsync("answer page | parse html") is { Answer: "one\n\ntwo" });
}


Check("a wrong program gets its diagnostic", RlmProgram.Compile("context | lines | cuont").Diagnostics is [{ Id: "RLM2001" }]);

var free =
    new RlmAgent(
        new ScriptedClient(
            "```rlm\nanswer context | extract \"Date: {date} || User: {user} || Instance: {text}\" as {date: date} | where month(date) == 3 | count\n```"));
var counted = await free.AskAsync("How many rows are from March?", TextSource.FromString(Rows, "rows.txt"));
Check("a free program answers exactly", counted is { Answer: "2", IsPartial: false, Usage: { Calls: 0, RootCalls: 1 } });

var paid = new RlmAgent(
    new ScriptedClient(
        "```rlm\nlet rows = context | extract \"Date: {date} || User: {user} || Instance: {text}\"\nrows | peek 1\n```",
        "```rlm\nlet labelled = rows | extend kind = llm \"Spam or ham?\" as one of [\"spam\", \"ham\"]\nanswer \"Label: {labelled | count by kind | top 1 by count | get kind}\"\n```"),
    new ScriptedClient("[1] spam\n[2] ham\n[3] spam"));
var labelled = await paid.AskAsync("Which label is most common?", TextSource.FromString(Rows, "rows.txt"));
Check("labels are asked for in one call and counted", labelled is { Answer: "Label: spam", Usage: { Calls: 1, RootCalls: 2 } });

var offline = await new RlmAgent(new OfflineChatClient(), options: new RlmOptions { DirectTokens = 0 })
    .AskAsync("How many lines mention lunch?", TextSource.FromString(Rows, "rows.txt"));
Check("the offline model writes a program", offline is { Outcome: RlmOutcome.Answered, Answer: "1" });

Order[] orders = [new("A-1", 2.50m, new DateOnly(2026, 3, 1), Size.Large), new("A-2", 10, new DateOnly(2026, 4, 1), Size.Small)];
var hosted = new RlmSession(new ScriptedClient(),
[
    RlmVariable.Value("orders", orders, OrderJson.Default.OrderArray), RlmVariable.Value("limit", 5.5),
    RlmVariable.Value("names", new Dictionary<string, object?> { ["first"] = "Ann", ["tags"] = new[] { "x", "y" } }),
]);
Check("values of the host have their types",
    await hosted.RunAsync("answer orders | where month(day) == 3 and price < limit | map \"{id} {names.first} {size}\"") is { Answer: "A-1 Ann Large" });
Check("a card tells a value", VariableCard.Of("xs", new[] { 1, 2 }) == "xs: list of number, 2 items = [1,2]");

using (var calls = new SubCalls(new ScriptedClient("one", "two"), new RlmOptions { Parallel = 1 }))
{
    var replies = await calls.AskAllAsync(["a", "b", "a"]);
    Check("prompts are asked by hand", replies is [{ Text: "one" }, { Text: "two" }, { Text: "one" }] && calls.CallsUsed == 2);
}

var prompt = OolongPrompt.Parse($"<|im_start|>user\nSome lines, with the labels 'spam', 'ham'.\n\n{Rows}\n\nWhich label?<|im_end|>\n");
Check("a prompt is taken apart", prompt is { Question: "Which label?", Rows: 3, Labels: ["spam", "ham"] });

string journalPath = Path.Combine(Path.GetTempPath(), $"rlm-smoke-{Environment.ProcessId}.jsonl");
try
{
    using (var journal = RlmJournal.Create(journalPath))
        await new RlmAgent(new ScriptedClient("It says lunch."), options: new RlmOptions { Journal = journal })
            .AskAsync("When do we meet?", TextSource.FromString(Rows));
    using (var journal = RlmJournal.Resume(journalPath))
    {
        var resumed = await new RlmAgent(new ScriptedClient(), options: new RlmOptions { Journal = journal })
            .AskAsync("When do we meet?", TextSource.FromString(Rows));
        Check("a resumed run makes no call", resumed is { Answer: "It says lunch.", Usage.RootCalls: 0 });
    }
}
finally
{
    File.Delete(journalPath);
}

await CheckKitchenAsync();

Check("a server is spoken to over HTTP", await AskOverHttpAsync() == "hello");

Console.WriteLine($"{passed} passed, {failed} failed");
return failed;

void Check(string what, bool holds)
{
    if (holds)
        passed++;
    else
        failed++;
    Console.WriteLine($"{(holds ? "ok" : "FAILED")}: {what}");
}

async Task CheckKitchenAsync()
{
    var kitchen = new Kitchen(new ScriptedClient());
    var session = new RlmSession(
        new ScriptedClient(),
        [RlmVariable.Text("context", TextSource.FromString("Soup\nStew\nPie"))],
        new RlmOptions { Tools = kitchen.Tools, ConfirmToolCall = (_, _) => ValueTask.FromResult(true) });
    Check("a tool takes an enum and gives records",
        await session.RunAsync("answer dishes(\"main\") | get since") is { Answer: "2026-03-01", IsPartial: false });
    Check("a tool takes every type", await session.RunAsync(
        """
        answer show("0f8fad5b-d9cb-469f-a165-70867728950e", "https://x.org/a", 90m, date("2026-03-01 10:20"), {table: 3, seat: "b"},
            [{key: "a", value: 7}], [1, none], {name: "Flan", course: "Dessert", price: 2.75})
        """) is { Answer: "0f8fad5bd9cb469fa16570867728950e x.org 90 10:20 3b 7 1 Flan 2.75" });
    Check("a tool that writes is bounded", await session.RunAsync("answer context | lines | map order_dish(it) | count")
        is { IsPartial: true } && kitchen.Orders is ["Soup", "Stew"]);

    var dishes = Kitchen.Dishes(Course.Main).Concat(Kitchen.Dishes(Course.Dessert)).ToList();
    Check("a pipeline gives records", await kitchen.DearerAsync(dishes, 5m) is [{ Name: "Pie", Since: null }, { Course: Course.Main, Since.Day: 1 }]);
    Check("a pipeline gives a dictionary", await kitchen.CountsAsync(dishes) is { Count: 3 } counts && counts[Course.Dessert] == 1);
    Check("a pipeline gives the whole result", await kitchen.FirstAsync(dishes) is { Outcome: RlmOutcome.Answered, Value.Price: 12m });
    Check("a pipeline gives every type", await kitchen.MixedAsync(new DateOnly(2026, 3, 1), TimeSpan.FromMinutes(2), Course.Dessert, [1, null, 3])
        is ({ Month: 3 }, { TotalMinutes: 4 }, Course.Dessert, [1, 3], [true]));
    Check("a pipeline's program is in a file", await Kitchen.LongestAsync(new ScriptedClient(), TextSource.FromString("ab\nabc")) == 3);
}

static async Task<string?> AskOverHttpAsync()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    var serving = ServeOnceAsync(listener);
    using var http = ModelHttp.CreateClient();
    var endpoint = new ModelEndpoint(
        ModelProvider.OpenAi, new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"), "any");
    var result = await new RlmAgent(endpoint.CreateClient(http)).AskAsync("What does it say?", TextSource.FromString("hello"));
    await serving;
    return result.Answer;
}

static async Task ServeOnceAsync(TcpListener listener)
{
    using var client = await listener.AcceptTcpClientAsync();
    await using var stream = client.GetStream();
    var request = new StringBuilder();
    byte[] buffer = new byte[16 * 1024];
    // The prompt's last mark; its bracket may be escaped in JSON.
    while (!request.ToString().Contains("/reply", StringComparison.Ordinal))
        request.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer)));

    const string Body =
        """{"choices":[{"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";
    await stream.WriteAsync(Encoding.UTF8.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}"));
}
