using Rlm;
using Shop;

RlmDocuments.Register();
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
await using var app = builder.Build();
app.Urls.Add("http://127.0.0.1:0");
app.MapGet("/", Scenario.RunAsync);
await app.StartAsync();

// It asks itself, and ends: nothing is left behind that a test would have to stop.
using var http = new HttpClient();
Console.WriteLine(await http.GetStringAsync(new Uri(app.Urls.First())));
using var sender = ModelHttp.CreateClient();
using var provider = new ModelEndpoint(ModelProvider.OpenAi, new Uri("http://127.0.0.1:1/v1"), "any").CreateClient(sender);
using var offline = new OfflineChatClient();
using var text = TextSource.FromString("win a prize now\nlunch at noon?\nfree money\n");
Console.WriteLine($"offline: {(await new RlmAgent(offline, options: new RlmOptions { DirectTokens = 0 }).AskAsync("How many lines mention lunch?", text)).Answer}");
