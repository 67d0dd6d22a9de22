namespace Rlm.Generators.Tests;

/// <summary>
/// Folders are floors, each of which sees only those below it. What counts is the types that a file uses, named or not, wherever their
/// namespaces may lie.
/// </summary>
internal sealed class SourceFloorTests
{
    /// <summary>
    /// The contracts at a project's root are data that floors hand to each other, each with the lowest floor that may see it; it sees no
    /// more than that floor does. All other files of the root are façades, which no floor sees.
    /// </summary>
    private static readonly Project[] Projects =
    [
        new("Rlm.Dsl",
        [
            "Text", "Diagnostics", "Types", "Formats", "Operators", "Syntax", "Parsing", "Grammars", "Formatting", "Misreadings", "Binding", "Checks", "Binders",
        ])
        {
            Contracts = new() { ["RlmGrammarFormat"] = "Diagnostics" },
        },
        new("Rlm.Runtime",
        [
            "Diagnostics", "Telemetry", "Texts", "Values", "Rendering", "Replies", "Tables", "Answers", "Evaluation", "Operators", "Budget", "Events", "Models",
            "Asking", "Planning", "Execution", "Root", "Journal", "Shards", "Attributes",
        ])
        {
            Contracts = new()
            {
                ["ModelFailure"] = "Diagnostics",
                ["RlmExchange"] = "Diagnostics",
                ["RlmExplanation"] = "Diagnostics",
                ["RlmLoss"] = "Diagnostics",
                ["RlmOutcome"] = "Diagnostics",
                ["RlmTool"] = "Diagnostics",
                ["RlmToolCall"] = "Diagnostics",
                ["RlmToolEffect"] = "Diagnostics",
                ["RlmToolParameter"] = "Diagnostics",
                ["RlmVerbosity"] = "Diagnostics",
                ["SpendingCertainty"] = "Diagnostics",
                ["SpendingPlan"] = "Diagnostics",
                ["SpendingStage"] = "Diagnostics",
                ["TokenPrice"] = "Diagnostics",
                ["RlmVariable"] = "Evaluation",
                ["RlmOptions"] = "Budget",
                ["RlmResult"] = "Budget",
                ["RlmUsage"] = "Budget",
            },
            Carried = [("RlmOptions", "RlmJournal"), ("RlmOptions", "RlmParts")],
        },
        new("Rlm.Providers", ["Wire", "Workers", "Servers"]),
        new("Rlm.Documents", []),
        new("Rlm.Files", ["Pdf", "Packages", "Office", "Word", "Sheets", "Slides", "Books", "Databases", "Mail"]),
        new("Rlm.Docs", []),
        new("Rlm.Workers", []),
        new("Rlm.Hosting", ["Conversations", "Functions", "Services", "Agents"])
        {
            Contracts = new()
            {
                ["RlmAnswerException"] = "Conversations",
                ["RlmChatOptions"] = "Conversations",
                ["RlmProperties"] = "Conversations",
                ["RlmServiceOptions"] = "Services",
            },
        },
        new("Rlm.Offline", ["Reading", "Replies", "Planning"]),
        new("Rlm.Generators", ["Support", "Tools", "Pipelines"])
        {
            Contracts = new() { ["GeneratorDiagnostics"] = "Support" },
        },
        new("Rlm.Cli", ["CommandLine", "Configuration", "Contexts", "Output", "Queues", "Help", "Completions", "Repl", "JsonRpc", "Lsp", "Report", "Runs", "Mcp", "Commands"]),
        new("Rlm.Server", ["Protocol", "Measures", "Telemetry", "Access", "Answers", "Endpoints", "Pages"]),
    ];

    private static readonly Lazy<IReadOnlyList<TypeUse>> Uses = new(() => TypeUses.Find(SourceCode.All));

    [TestCaseSource(nameof(Projects))]
    public void Floors_Project_AreItsFolders(Project project) => Assert.That(
        Directory.EnumerateDirectories(Path.Combine(SourceCode.Root, project.Name)).Select(Path.GetFileName),
        Is.EquivalentTo(project.Floors));

    [TestCaseSource(nameof(Projects))]
    public void Floors_Project_SeeOnlyThoseBelow(Project project)
    {
        string[] upward = [.. UsesWithin(project)
            .Where(use => project.FindFloor(use.File) is { } floor && project.FindFloor(use.Declared) > floor && !project.Carries(use))
            .Select(Describe)];

        Assert.That(upward, Is.Empty, string.Join('\n', upward));
    }

    /// <summary>The folders within a folder see each other one way, too.</summary>
    [TestCaseSource(nameof(Projects))]
    public void Folders_OfAFolder_HaveNoCycle(Project project)
    {
        var uses = UsesWithin(project);
        string[] cycles = [.. uses.Select(use => Path.GetDirectoryName(use.File)!).Distinct()
            .SelectMany(ListParents).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(parent => FindCycles(uses, parent))];

        Assert.That(cycles, Is.Empty, string.Join('\n', cycles));
    }

    /// <summary>A file that names a type not at all uses it where it has a value of it.</summary>
    [TestCase("class User { int M() { var made = Maker.Make(); return made.Size; } }", "Made", "Maker")]
    [TestCase("class User { Made M() => new(); }", "Made")]
    [TestCase("class User { bool M(Maker maker) => maker.Kept is null; }", "Made", "Maker")]
    [TestCase("class User { System.Collections.Generic.List<Made[]> M() => null; }", "Made")]
    [TestCase("class User { int M(object made) => made is Made { Size: 1 } ? 1 : 0; }", "Made")]
    [TestCase("class User { int M() => 1.Twice(); }", "Numbers")]
    [TestCase("class User { int Made; int M() => Made; }")]
    public void Find_Type_IsFoundWhereItIsUsed(string user, params string[] types)
    {
        var compilation = SourceCode.Compile(
        [
            SourceCode.Parse("class Made { public int Size => 1; }", "Made.cs"),
            SourceCode.Parse("class Maker { public Made Kept => null; public static Made Make() => new Made(); }", "Maker.cs"),
            SourceCode.Parse("static class Numbers { public static int Twice(this int number) => 2 * number; }", "Numbers.cs"),
            SourceCode.Parse(user, "User.cs"),
        ]);

        Assert.That(TypeUses.Find(compilation).Where(use => use.File == "User.cs").Select(use => use.Type), Is.EqualTo(types));
    }

    private static TypeUse[] UsesWithin(Project project) =>
        [.. Uses.Value.Where(use => project.Holds(use.File) && project.Holds(use.Declared))];

    private static string Describe(TypeUse use) => $"{use.File} uses {use.Type} of {use.Declared}";

    private static IEnumerable<string> ListParents(string folder)
    {
        for (string? parent = Path.GetDirectoryName(folder); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
            yield return parent;
    }

    /// <summary>The uses between folders of a folder that are part of a cycle.</summary>
    private static IEnumerable<string> FindCycles(IEnumerable<TypeUse> uses, string parent)
    {
        var edges = uses.Select(use => (From: ChildOf(parent, use.File), To: ChildOf(parent, use.Declared), Use: use))
            .Where(edge => edge.From is not null && edge.To is not null && edge.From != edge.To).ToList();

        // What sees nobody, or is seen by nobody, is in no cycle.
        while (edges.RemoveAll(edge => edges.All(other => other.From != edge.To) || edges.All(other => other.To != edge.From)) > 0)
        {
        }

        return edges.Select(edge => Describe(edge.Use));
    }

    /// <summary>The folder of the parent that a file lies in; null for one that lies elsewhere, or in the parent itself.</summary>
    private static string? ChildOf(string parent, string file) =>
        file.StartsWith(parent + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && file[(parent.Length + 1)..].Split(Path.DirectorySeparatorChar) is [var child, _, ..] ? child : null;

    /// <summary>The floors of a project.</summary>
    /// <param name="Name">The project.</param>
    /// <param name="Floors">Its folders, the lowest first.</param>
    internal sealed record Project(string Name, string[] Floors)
    {
        /// <summary>The contracts at the root, each with its floor; null where the root is not judged.</summary>
        public Dictionary<string, string>? Contracts { get; init; }

        /// <summary>Façades that a contract hands through, to be taken out above all floors.</summary>
        public (string Contract, string Facade)[] Carried { get; init; } = [];

        public bool Holds(string file) => file.StartsWith(Name + Path.DirectorySeparatorChar, StringComparison.Ordinal);

        /// <summary>The number of a file's floor, façades above all; null for a file that is not judged.</summary>
        public int? FindFloor(string file) => file.Split(Path.DirectorySeparatorChar) is [_, var floor, _, ..]
            ? Array.IndexOf(Floors, floor)
            : Contracts is null ? null
            : Contracts.TryGetValue(Path.GetFileNameWithoutExtension(file), out string? of) ? Array.IndexOf(Floors, of)
            : Floors.Length;

        public bool Carries(TypeUse use) => Carried.Contains((Path.GetFileNameWithoutExtension(use.File), use.Type));

        public override string ToString() => Name;
    }
}
