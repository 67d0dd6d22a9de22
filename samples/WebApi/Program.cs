using Rlm;
using WebApi;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1 << 30);
// Any IChatClient does; this one answers by fixed rules and costs nothing.
builder.Services.AddChatClient(new OfflineChatClient());
builder.Services.AddRlm(builder.Configuration.GetSection("Rlm"));

var app = builder.Build();
app.MapPost("/ask", (string question, HttpRequest request, IRlmAgent agent, CancellationToken cancellationToken) =>
    TypedResults.ServerSentEvents(Answers.StreamAsync(agent, question, request.Body, cancellationToken)));
app.Run();
