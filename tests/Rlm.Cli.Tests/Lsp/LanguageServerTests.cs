using System.Text;
using System.Text.Json.Nodes;

namespace Rlm.Cli.Tests.Lsp;

[CancelAfter(30_000)]
internal sealed class LanguageServerTests
{
    private const string Wrong = "context | lines | cuont\n";

    [Test]
    public async Task Session_FromStartToEnd_TellsMendsAndLaysOut()
    {
        using var editor = EditorSession.Start();
        var initialized = await editor.AskAsync("initialize", "{\"capabilities\":{}}");
        Assert.That(initialized["result"]!["capabilities"]!.ToJsonString(), Is.EqualTo(
            """{"positionEncoding":"utf-16","textDocumentSync":{"openClose":true,"change":2},"completionProvider":{"triggerCharacters":[".","|"]},"hoverProvider":true,"codeActionProvider":{"codeActionKinds":["quickfix"]},"documentFormattingProvider":true}"""));
        Assert.That(initialized["result"]!["serverInfo"]!["name"]!.ToString(), Is.EqualTo("rlm"));
        editor.Tell("initialized", "{}");

        editor.OpenDocument(Wrong);
        Assert.That((await editor.ReadDiagnosticsAsync()).ToJsonString(), Is.EqualTo(
            """[{"range":{"start":{"line":0,"character":18},"end":{"line":0,"character":23}},"severity":1,"code":"RLM2001","source":"rlm","message":"\u0060cuont\u0060 is not an operator; did you mean \u0060count\u0060?\nhelp: write \u0060| count\u0060"}]"""));

        var fix = (await editor.AskActionsAsync(0)).Single()!;
        Assert.That(fix["title"]!.ToString(), Is.EqualTo("Write `| count`"));
        Assert.That(fix["kind"]!.ToString(), Is.EqualTo("quickfix"));
        Assert.That(fix["edit"]!["changes"]!["file:///a.rlm"]!.ToJsonString(), Is.EqualTo(
            """[{"range":{"start":{"line":0,"character":18},"end":{"line":0,"character":23}},"newText":"count"}]"""));
        editor.Change("""{"range":{"start":{"line":0,"character":18},"end":{"line":0,"character":23}},"text":"count"}""");
        Assert.That(await editor.ReadDiagnosticsAsync(), Is.Empty);
        Assert.That(await editor.AskActionsAsync(0), Is.Empty);

        editor.Change("{\"text\":\"context|lines|count\"}");
        Assert.That((await editor.AskLayoutAsync()).ToJsonString(), Is.EqualTo(
            """[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":19}},"newText":"context | lines | count\n"}]"""));

        Assert.That((await editor.AskAsync("shutdown", "null")).ToJsonString(), Does.EndWith(",\"result\":null}"));
        editor.Tell("exit", "null");
        Assert.That(await editor.WaitAsync(), Is.Zero);
        Assert.That(editor.Error, Is.Empty);
    }

    [Test]
    public async Task Completion_Place_HasWordsThatReplaceWhatIsWritten()
    {
        using var editor = await EditorSession.OpenAsync("lines | extract \"{name} {amount}\"\n  | sort by am");

        var found = (JsonArray)(await editor.AskAtAsync("completion", 1, 14))!;

        Assert.That(found.Single()!.ToJsonString(), Is.EqualTo(
            """{"label":"amount","kind":5,"sortText":"0000","textEdit":{"range":{"start":{"line":1,"character":12},"end":{"line":1,"character":14}},"newText":"amount"}}"""));
        var stages = (JsonArray)(await editor.AskAtAsync("completion", 1, 4))!;
        var count = stages.Single(one => one!["label"]!.ToString() == "count" && (int)one["kind"]! == 24)!;
        var signature = RlmLanguage.Operators.First(one => one.Name == "count");
        Assert.That(((int)count["kind"]!, count["detail"]!.ToString(), count["documentation"]!.ToString()), Is.EqualTo((24, signature.Usage, signature.Summary)));
    }

    [Test]
    public async Task Hover_Words_HaveThePagesOfTheHelp()
    {
        using var editor = await EditorSession.OpenAsync("lines | extract \"{name} {amount}\" | map upper(name) # count", """{"textDocument":{"hover":{"contentFormat":["markdown","plaintext"]}}}""");

        var shown = await editor.AskAtAsync("hover", 0, 1);
        Assert.That(shown!["contents"]!["kind"]!.ToString(), Is.EqualTo("markdown"));
        Assert.That(shown["contents"]!["value"]!.ToString(), Is.EqualTo($"```rlm\n{(await CliRun.RunAsync("help", "lines")).Output}```"));
        Assert.That(shown["range"]!.ToJsonString(), Is.EqualTo("""{"start":{"line":0,"character":0},"end":{"line":0,"character":5}}"""));
        Assert.That((await editor.AskAtAsync("hover", 0, 42))!["contents"]!["value"]!.ToString(), Is.EqualTo($"```rlm\n{(await CliRun.RunAsync("help", "upper")).Output}```"));
        Assert.That((await editor.AskAtAsync("hover", 0, 48))!["contents"]!["value"]!.ToString(), Is.EqualTo("```rlm\nfield name: text\n```"));
        Assert.That(await editor.AskAtAsync("hover", 0, 57), Is.Null);
    }

    /// <summary>The page of every operator and function is there.</summary>
    [Test]
    public async Task Hover_EditorWithoutMarkdown_HasPlainText()
    {
        using var editor = await EditorSession.OpenAsync("");
        foreach (string name in RlmLanguage.Operators.Select(one => one.Head).Concat(RlmLanguage.Functions.Select(one => one.Name)).Distinct())
        {
            editor.Change($$"""{"text":"lines | {{name}}"}""");
            var shown = await editor.AskAtAsync("hover", 0, 9);
            Assert.That(shown?["contents"]!["kind"]!.ToString(), Is.EqualTo("plaintext"), name);
            string meant = RlmLanguage.DescribeWord($"lines | {name}", 9, ["context"])!.Name;
            Assert.That((await CliRun.RunAsync("help", meant)).Output, Does.Contain(shown!["contents"]!["value"]!.ToString()));
        }
    }

    [Test]
    public async Task Context_Fields_AreKnown()
    {
        using var editor = await EditorSession.OpenAsync("parse csv | sum am", "{}", "-c", TestFiles.NewFile("shop,amount\nA,3\nB,4\n"));

        Assert.That(((JsonArray)(await editor.AskAtAsync("completion", 0, 18))!).Select(one => one!["label"]!.ToString()), Does.Contain("amount"));
        editor.Change("{\"text\":\"parse csv | sum amount\"}");
        Assert.That((await editor.AskAtAsync("hover", 0, 18))!["contents"]!["value"]!.ToString(), Is.EqualTo("field amount: number\n"));
        editor.Change("{\"text\":\"parse csv | sum price\"}");
        Assert.That((await editor.ReadDiagnosticsAsync()).Single()!["code"]!.ToString(), Is.EqualTo("RLM2002"));
    }

    /// <summary>What is read as something else is marked where it is written, and the fix writes it so.</summary>
    [Test]
    public async Task Fix_OfWhatIsReadAsSomethingElse_IsOfTheTextAsWritten()
    {
        using var editor = await EditorSession.OpenAsync("# a\ngrep ^2026 | count");

        var told = (await editor.ReadDiagnosticsAsync()).Single()!;
        Assert.That(told["range"]!.ToJsonString(), Is.EqualTo("""{"start":{"line":1,"character":5},"end":{"line":1,"character":10}}"""));
        Assert.That((int)told["severity"]!, Is.EqualTo(3));
        Assert.That((await editor.AskActionsAsync(1)).Single()!["edit"]!["changes"]!["file:///a.rlm"]![0]!["newText"]!.ToString(), Is.EqualTo("/^2026/"));
        Assert.That(await editor.AskActionsAsync(0), Is.Empty);
    }

    [TestCase("""{"diagnostics":[],"only":["quickfix"]}""", 1)]
    [TestCase("""{"diagnostics":[],"only":[""]}""", 1)]
    [TestCase("""{"diagnostics":[],"only":["source.organizeImports"]}""", 0)]
    public async Task CodeAction_Kinds_AreThoseThatAreWanted(string context, int count)
    {
        using var editor = await EditorSession.OpenAsync(Wrong);

        Assert.That(await editor.AskActionsAsync(0, context), Has.Count.EqualTo(count));
    }

    [TestCase("[\"utf-8\",\"utf-16\"]", "utf-8", 13)]
    [TestCase("[\"utf-16\",\"utf-8\"]", "utf-16", 11)]
    [TestCase("[\"utf-32\"]", "utf-16", 11)]
    [TestCase("7", "utf-16", 11)]
    public async Task PositionEncoding_IsTheFirstThatBothKnow(string offered, string taken, int start)
    {
        using var editor = EditorSession.Start();
        var answer = await editor.AskAsync("initialize", $$$"""{"capabilities":{"general":{"positionEncodings":{{{offered}}} } } }""");
        Assert.That(answer["result"]!["capabilities"]!["positionEncoding"]!.ToString(), Is.EqualTo(taken));

        editor.OpenDocument("grep \"😀\" | cuont");
        Assert.That((int)(await editor.ReadDiagnosticsAsync()).Single()!["range"]!["start"]!["character"]!, Is.EqualTo(start + 1));
        editor.Change($$"""{"range":{"start":{"line":0,"character":{{start + 1}} },"end":{"line":0,"character":{{start + 6}} } },"text":"count"}""");
        Assert.That(await editor.ReadDiagnosticsAsync(), Is.Empty);
    }

    [Test]
    public async Task Layout_ErrorOfSyntax_ChangesNothing()
    {
        using var editor = await EditorSession.OpenAsync("context|lines|");

        Assert.That(await editor.AskLayoutAsync(), Is.Empty);
        editor.Change("{\"text\":\"context | lines\\n\"}");
        Assert.That(await editor.AskLayoutAsync(), Is.Empty);
    }

    [Test]
    public async Task Document_LongerThanAProgram_HasItsDiagnosticAndNothingElse()
    {
        using var editor = await EditorSession.OpenAsync(string.Concat(Enumerable.Repeat("lines | ", 50_000)));

        Assert.That((await editor.ReadDiagnosticsAsync()).Single()!["code"]!.ToString(), Is.EqualTo("RLM4001"));
        Assert.That(await editor.AskAtAsync("hover", 0, 2), Is.Null);
        Assert.That(await editor.AskAtAsync("completion", 0, 2), Is.Empty);
        Assert.That(await editor.AskLayoutAsync(), Is.Empty);
        Assert.That(await editor.AskActionsAsync(0), Is.Empty);
    }

    [Test]
    public async Task Document_Closed_HasNoDiagnosticsAndIsNotKnown()
    {
        using var editor = await EditorSession.OpenAsync(Wrong);
        await editor.ReadDiagnosticsAsync();
        editor.Tell("textDocument/didClose", """{"textDocument":{"uri":"file:///a.rlm"}}""");

        Assert.That((await editor.ReadAsync())["params"]!.ToJsonString(), Is.EqualTo("""{"uri":"file:///a.rlm","diagnostics":[]}"""));
        var answer = await editor.AskAsync("textDocument/hover", """{"textDocument":{"uri":"file:///a.rlm"},"position":{"line":0,"character":0}}""");
        Assert.That(answer["error"]!.ToJsonString(), Is.EqualTo("""{"code":-32602,"message":"file:///a.rlm is not open"}"""));
    }

    /// <summary>After a change that cannot be made nobody knows what the editor has: no answer is better than one about another text.</summary>
    [TestCase("""{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"text":""}""")]
    [TestCase("""{"range":{"start":{"line":0,"character":0}},"text":""}""")]
    [TestCase("{}")]
    [TestCase("7")]
    [TestCase("""{"text":"\ud83d"}""")]
    public async Task Change_ThatCannotBeMade_ClosesTheDocument(string change)
    {
        using var editor = await EditorSession.OpenAsync("lines");
        editor.Change(change);

        var answer = await editor.AskAsync("textDocument/hover", """{"textDocument":{"uri":"file:///a.rlm"},"position":{"line":0,"character":0}}""");
        Assert.That((int)answer["error"]!["code"]!, Is.EqualTo(-32602));
        Assert.That(editor.ErrorLines.Single(), Does.StartWith("rlm: textDocument/didChange: "));
        editor.OpenDocument("lines");
        Assert.That(await editor.AskAtAsync("hover", 0, 0), Is.Not.Null);
    }

    [TestCase("textDocument/definition", "{}", -32601)]
    [TestCase("$/unknown", "{}", -32601)]
    [TestCase("initialize", "{\"capabilities\":{}}", -32600)]
    [TestCase("textDocument/hover", "{}", -32602)]
    [TestCase("textDocument/hover", "[1]", -32602)]
    [TestCase("textDocument/hover", "{\"position\":7}", -32602)]
    [TestCase("textDocument/hover", "{\"textDocument\":{\"uri\":\"file:///a.rlm\"}}", -32602)]
    [TestCase("textDocument/hover", "{\"textDocument\":{\"uri\":\"file:///a.rlm\"},\"position\":{\"line\":-1,\"character\":0}}", -32602)]
    [TestCase("textDocument/codeAction", "{\"textDocument\":{\"uri\":\"file:///a.rlm\"}}", -32602)]
    [TestCase("textDocument/formatting", "{\"textDocument\":{\"uri\":\"file:///b.rlm\"}}", -32602)]
    public async Task Request_Wrong_IsAnErrorAndTheNextIsAnswered(string method, string parameters, int code)
    {
        using var editor = await EditorSession.OpenAsync("lines");

        Assert.That((int)(await editor.AskAsync(method, parameters))["error"]!["code"]!, Is.EqualTo(code));
        Assert.That(await editor.AskAtAsync("hover", 0, 0), Is.Not.Null);
    }

    [TestCase("{", -32700)]
    [TestCase("[]", -32700)]
    [TestCase("null", -32700)]
    [TestCase("\"a\"", -32700)]
    [TestCase("{\"method\":7}", -32700)]
    [TestCase("{\"method\":\"\\ud83d\"}", -32700)]
    [TestCase("{}", -32600)]
    [TestCase("{\"id\":7}", -32600)]
    [TestCase("{\"id\":null,\"method\":\"shutdown\"}", -32600)]
    [TestCase("{\"id\":[1],\"method\":\"shutdown\"}", -32600)]
    public async Task Message_Malformed_IsAnErrorAndTheNextIsAnswered(string json, int code)
    {
        using var editor = await EditorSession.OpenAsync("lines");
        await editor.ReadDiagnosticsAsync();
        editor.Send(json);

        var answer = await editor.ReadAsync();
        Assert.That((int)answer["error"]!["code"]!, Is.EqualTo(code));
        Assert.That(answer.AsObject().ContainsKey("id") && answer["id"] is null);
        Assert.That(await editor.AskAtAsync("hover", 0, 0), Is.Not.Null);
    }

    [Test]
    public async Task Message_ThatIsNotUtf8_IsAnError()
    {
        using var editor = EditorSession.Start();
        editor.SendBytes([.. "Content-Length: 4\r\n\r\n{\""u8, 0xff, (byte)'}']);

        Assert.That((int)(await editor.ReadAsync())["error"]!["code"]!, Is.EqualTo(-32700));
    }

    [TestCase("{\"jsonrpc\":\"2.0\"}\r\n\r\n", "a message has no `Content-Length`")]
    [TestCase("Content-Length: many\r\n\r\n", "`Content-Length: many` is not a number of bytes")]
    [TestCase("Content-Length: -1\r\n\r\n", "`Content-Length: -1` is not a number of bytes")]
    [TestCase("Content-Length: 99999999999999999999\r\n\r\n", "`Content-Length: 99999999999999999999` is not a number of bytes")]
    public async Task Header_Malformed_IsAnErrorAndTheEnd(string header, string message)
    {
        using var editor = EditorSession.Start();
        editor.SendBytes(Encoding.UTF8.GetBytes(header));

        Assert.That((await editor.ReadAsync())["error"]!["message"]!.ToString(), Is.EqualTo(message));
        Assert.That(await editor.WaitAsync(), Is.EqualTo(ExitCodes.NotShutDown));
        Assert.That(editor.Error, Is.EqualTo($"rlm: {message}\n"));
    }

    [Test]
    public async Task Request_BeforeInitialize_IsRefused()
    {
        using var editor = EditorSession.Start();
        editor.OpenDocument("lines");

        Assert.That((int)(await editor.AskAsync("shutdown", "null"))["error"]!["code"]!, Is.EqualTo(-32002));
        editor.Tell("exit", "null");
        Assert.That(await editor.WaitAsync(), Is.EqualTo(ExitCodes.NotShutDown));
    }

    [Test]
    public async Task Request_AfterShutdown_IsRefused()
    {
        using var editor = await EditorSession.OpenAsync("lines");
        await editor.AskAsync("shutdown", "null");

        Assert.That((int)(await editor.AskAsync("shutdown", "null"))["error"]!["code"]!, Is.EqualTo(-32600));
        Assert.That(await editor.EndAsync(), Is.Zero);
    }

    [Test]
    public async Task Input_EndsWithoutShutdown_IsTheEnd()
    {
        using var editor = await EditorSession.OpenAsync("lines");
        Assert.That(await editor.EndAsync(), Is.EqualTo(ExitCodes.NotShutDown));

        using var cut = EditorSession.Start();
        cut.SendBytes("Content-Length: 10\r\n\r\n{"u8.ToArray());
        Assert.That(await cut.EndAsync(), Is.EqualTo(ExitCodes.NotShutDown));
        Assert.That(cut.Error, Is.EqualTo("rlm: the input ended within a message\n"));
    }

    /// <summary>Replies and notifications that nobody knows are passed over, and so is the end of a request that is not there.</summary>
    [Test]
    public async Task Message_ThatSaysNothing_IsPassedOver()
    {
        using var editor = await EditorSession.OpenAsync("lines");
        editor.Send("{\"id\":1,\"result\":null}");
        editor.Send("{\"id\":1,\"error\":{\"code\":1,\"message\":\"\"}}");
        editor.Tell("$/setTrace", "{\"value\":\"off\"}");
        editor.Tell("$/cancelRequest", "{\"id\":99}");
        editor.Tell("$/cancelRequest", "[]");

        Assert.That(await editor.AskAtAsync("hover", 0, 0), Is.Not.Null);
        Assert.That(editor.Error, Is.Empty);
    }

    [TestCase("lsp", "a.rlm")]
    [TestCase("lsp", "-c", "-")]
    public async Task Read_WrongUsage_IsTold(params string[] args) => Assert.That((await CliRun.RunAsync(args)).Code, Is.EqualTo(ExitCodes.WrongUsage));

    [Test]
    public async Task RunAsync_OnATerminal_SaysWhatItIsFor() =>
        Assert.That((await CliRun.RunAsync("lsp", "--stdio")).Error, Is.EqualTo("rlm: this is for editors, which speak over stdin and stdout; Ctrl-C ends it\n"));
}
