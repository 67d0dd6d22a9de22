namespace Rlm.Conformance;

/// <summary>What came of a question that was run over real HTTP.</summary>
internal sealed record QuestionRun(RlmResult Result, int Requests)
{
    /// <summary>Runs the question's program over the text, with the oracle as its model.</summary>
    public static async Task<QuestionRun> RunAsync(Question question, string text, LabelOracle oracle)
    {
        await using var server = new LoopbackModelServer(oracle.Answer);
        using var http = new HttpClient();
        using var client = new OpenAiChatClient(http, new ModelEndpoint(ModelProvider.OpenAi, server.OpenAiUrl, "sub", null));
        using var source = TextSource.FromString(text, "context");
        var session = new RlmSession(client, [RlmVariable.Text("context", source)], new RlmOptions { MaxCalls = 100_000 });
        RlmResult? result = null;
        await foreach (var happened in session.RunStreamingAsync(question.Program))
            result = (happened as RunFinished)?.Result ?? result;
        return new QuestionRun(result!, server.Requests);
    }
}
