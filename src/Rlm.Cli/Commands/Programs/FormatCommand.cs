using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Programs;

/// <summary><c>rlm fmt</c>: programs in their canonical layout.</summary>
internal sealed class FormatCommand() : Verb(
    "fmt", "FILE… | - | -e DSL [options]", "lay programs out the same way everywhere",
    "A file is rewritten in place, if that changes it; stdin (-) and -e are printed. A short pipeline stands on one line, a longer one has a stage a line. "
    + "Comments, words and what is quoted stay as they are. A program with an error of syntax is left alone, with code 3.",
    [Expression, OptionCatalog.Check, .. Common],
    [
        ("rlm fmt samples/*.rlm", "each in place"),
        ("rlm fmt --check errors.rlm", "code 1 where it is not laid out so"),
        ("rlm fmt - < errors.rlm", "for editors"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        bool isText = reader.Texts(Expression).Count > 0;
        if (!isText && reader.Words.Count > 1)
        {
            if (reader.Words.Contains("-"))
                reader.Fail("`-` is stdin, and stands alone");
            return new FormatInvocation([.. reader.Words.Select(path => new ProgramArgument(null, path))], reader.Flag(OptionCatalog.Check), OutputArguments.Read(reader));
        }

        return new FormatInvocation([ProgramArgument.Read(reader)], reader.Flag(OptionCatalog.Check), OutputArguments.Read(reader));
    }
}

/// <param name="Programs">The programs, in their order.</param>
/// <param name="IsCheck">Whether nothing is written, and files are listed that would change.</param>
/// <param name="Output">How it is told.</param>
internal sealed record FormatInvocation(IReadOnlyList<ProgramArgument> Programs, bool IsCheck, OutputArguments Output) : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var status = new StatusWriter(host, Output);
        int code = ExitCodes.Answered;
        foreach (var program in Programs)
        {
            int one;
            try
            {
                one = await FormatAsync(program, host, status, cancellationToken).ConfigureAwait(false);
            }
            catch (TextException exception)
            {
                status.Warn(exception.Message);
                one = ExitCodes.Failed;
            }

            code = Math.Max(code, one);
        }

        return code;
    }

    private async Task<int> FormatAsync(ProgramArgument program, CliHost host, StatusWriter status, CancellationToken cancellationToken)
    {
        var file = program.Path is null or "-" ? null : await ProgramFile.ReadExactlyAsync(program.Path, cancellationToken).ConfigureAwait(false);
        var (text, name) = file is null ? await ProgramFile.ReadAsync(program, host, cancellationToken).ConfigureAwait(false) : (file.Text, program.Path!);
        var formatting = RlmLanguage.Format(text, name);
        if (formatting.HasErrors)
        {
            status.WriteBlock(DiagnosticRenderer.Render(formatting.Diagnostics, formatting.Source), isDiagnostics: true);
            return ExitCodes.ProgramErrors;
        }

        if (IsCheck)
        {
            if (formatting.IsChanged)
                host.WriteText(name);
            return formatting.IsChanged ? ExitCodes.NotFormatted : ExitCodes.Answered;
        }

        if (file is null)
        {
            host.WriteText(formatting.Text);
        }
        else if (formatting.IsChanged)
        {
            await ProgramFile.ReplaceAsync(file, name, formatting.Text, cancellationToken).ConfigureAwait(false);
            status.Tell($"{name} is laid out anew");
        }

        return ExitCodes.Answered;
    }
}
