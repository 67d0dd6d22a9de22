using Rlm.Cli.CommandLine;
using Rlm.Cli.Help;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm install-skill</c>: tells a coding agent of the command.</summary>
internal sealed class InstallSkillCommand() : Verb(
    "install-skill", "[DIR] [--force]", "write the skill that tells a coding agent when to use rlm and how",
    "DIR is the folder of skills, in which rlm/SKILL.md is written: .claude/skills by default, which Claude Code, Cursor and VS Code read in a project. "
    + "Codex and others read .agents/skills; ~/.claude/skills is for all projects of a user. - writes to stdout. A file that was changed is kept without --force.",
    [Force, ShortHelp, LongHelp],
    [
        ("rlm install-skill", "for this project, in .claude/skills/rlm"),
        ("rlm install-skill .agents/skills", "where Codex and others look"),
        ("rlm install-skill ~/.claude/skills --force", "for all projects, over an older one"),
    ])
{
    public override bool ExplainsEnvironment => false;

    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words is [_, var more, ..])
            reader.Fail($"`{more}` is one argument too many: name one folder of skills");
        return new InstallSkillInvocation(reader.Words.Count == 0 ? Path.Combine(".claude", "skills") : reader.Words[0], reader.Flag(Force));
    }
}

/// <param name="Folder">The folder of skills, or - for stdout.</param>
/// <param name="IsForced">Whether a file of another text is written over.</param>
internal sealed record InstallSkillInvocation(string Folder, bool IsForced) : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        string text = SkillPage.Write();
        if (Folder == "-")
        {
            await host.Output.WriteAsync(text).ConfigureAwait(false);
            return ExitCodes.Answered;
        }

        string path = Path.Combine(Folder, SkillPage.Name, SkillPage.FileName);
        string? there = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) : null;
        if (there is not null && there != text && !IsForced)
            throw new MisuseException($"{path} is there and has another text: {Force.Name} writes over it");

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, cancellationToken).ConfigureAwait(false);
        await host.Error.WriteLineAsync($"rlm: {path} {(there == text ? "is current" : "is written")}").ConfigureAwait(false);
        return ExitCodes.Answered;
    }
}
