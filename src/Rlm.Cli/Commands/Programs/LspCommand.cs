using Rlm.Cli.CommandLine;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Lsp;
using Rlm.Cli.Output;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Programs;

/// <summary><c>rlm lsp</c>: the language for editors.</summary>
internal sealed class LspCommand() : Verb(
    "lsp", "[options]", "serve editors: diagnostics, completion, help, fixes, layout",
    "An editor starts it and speaks the Language Server Protocol over stdin and stdout; a document is one program. Nothing is run, and no model is asked. "
    + "With contexts their names and fields are known. They are opened once, when it starts.",
    [OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Stdio, .. Common],
    [
        ("rlm lsp", "against a `context` that is one text"),
        ("rlm lsp -c orders=orders.csv", "the columns of the file are known"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words is [var word, ..])
            reader.Fail($"`{word}` is one argument too many: documents come from the editor");
        var contexts = ContextArguments.Read(reader, readsInput: false);
        if (contexts.Contexts.Any(context => context.IsStandardInput))
            reader.Fail("--context - cannot be read: what the editor says is on stdin");
        return new LspInvocation(contexts, OutputArguments.Read(reader));
    }
}

internal sealed record LspInvocation(ContextArguments Contexts, OutputArguments Output) : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var status = new StatusWriter(host, Output);
        if (!host.IsInputRedirected)
            status.Tell("this is for editors, which speak over stdin and stdout; Ctrl-C ends it");
        using var service = await LanguageService.OpenAsync(Contexts, host, status, cancellationToken).ConfigureAwait(false);
        using var input = host.OpenInput();
        return await new LanguageServer(service, new MessageReader(input), new RpcWriter(host.Output, hasHeaders: true), status).RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
