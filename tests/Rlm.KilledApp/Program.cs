using Rlm;
using Rlm.KilledApp;

// A host with a tool that writes, for a test to kill: goes on with the journal where there is one.
if (args is not [var url, var context, var journal, var books, var doubts])
{
    Console.Error.WriteLine("usage: KilledApp URL CONTEXT JOURNAL BOOKS DOUBTS");
    return 2;
}

const string program = """
    let early = context | lines | first 15 | map llm "Say it: {it}" | map refund(it)
    early | count
    let late = context | lines | skip 15 | map llm "Say it: {it}" | map refund(it)
    answer "{early | sum}, {late | sum}"
    """;
using var http = ModelHttp.CreateClient();
using var model = new ModelEndpoint(ModelProvider.OpenAi, new Uri(url), "test-model").CreateClient(http);
using var text = TextSource.FromFile(context);
using var written = File.Exists(journal) ? RlmJournal.Resume(journal) : RlmJournal.Create(journal);
var ledger = new Ledger(books, doubts);
var options = new RlmOptions { Tools = [.. ledger.Tools], ConfirmToolCall = ledger.AllowAsync, Journal = written, Parallel = 2 };
var result = await new RlmSession(model, [RlmVariable.Text("context", text)], options).RunAsync(program);
Console.WriteLine($"{result.Answer} {(result.IsPartial ? "partial" : "whole")} {string.Join("; ", result.Reasons)}");
return result.Outcome == RlmOutcome.Answered ? 0 : 1;
