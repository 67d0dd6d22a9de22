using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Help;

/// <summary>The page <c>llms.txt</c> at the root of the project: what it is, its commands, and where the rest stands.</summary>
internal static class LlmsPage
{
    private static readonly (string Path, string Title, string Summary)[] Pages =
    [
        ("README.md", "Read me", "what it is, a first answer, and when not to use it"),
        ("skills/rlm/SKILL.md", "Skill", "when to use it and how, with the language on one page"),
        ("docs/agents.md", "Agents", "the MCP server: how to add it, its tools, what it may do"),
        ("docs/server.md", "The server", "for clients of OpenAI's protocol: tokens, limits, errors"),
        ("docs/install.md", "Installing", "archives, packages, and building from source"),
        ("docs/language.md", "The language", "a tour with examples"),
        ("docs/operators.md", "Operators", "each with options and examples"),
        ("docs/diagnostics.md", "Diagnostics", "each with a program that has it, and the mend"),
        ("docs/specification.md", "Specification", "grammar, types and rules"),
        ("docs/running.md", "Running", "models, limits, cost, exit codes"),
        ("docs/journal.md", "The journal", "resuming and replaying runs"),
        ("docs/embedding.md", "Embedding", "the library in a .NET application"),
        ("docs/tools-and-pipelines.md", "Tools and pipelines", "typed tools and checked pipelines in C#"),
        ("docs/packages.md", "Packages", "what to reference for what"),
        ("docs/from-python.md", "From Python", "what the Python runtimes call things"),
    ];

    public static string Write(IReadOnlyList<Verb> verbs)
    {
        var page = new StringBuilder("# Rlm\n\n> A runtime for Recursive Language Models: questions about texts that are far too large for a model, answered by small typed pipeline programs. One native binary; counting is exact and free.\n\n## Commands\n\n");
        foreach (var verb in verbs)
            page.Append($"- `rlm {verb.Name} {verb.Usage}`: {verb.Summary}\n");
        page.Append("\n## Pages\n\n");
        foreach (var (path, title, summary) in Pages)
            page.Append($"- [{title}]({path}): {summary}\n");
        return page.ToString();
    }
}
