using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Tests;

/// <summary>Projects refer to each other one way, and files, types and names keep to their bounds. Folders have a test of their own.</summary>
internal sealed partial class ArchitectureTests
{
    private const int MostFilesOfAFolder = 25;
    private const int MostLinesOfAType = 450;

    private static readonly string[] KnowsFunctionsBySignature =
        ["Rlm.Dsl/Binding", "Rlm.Dsl/Checks", "Rlm.Dsl/Binders", "Rlm.Runtime/Evaluation", "Rlm.Runtime/Planning"];
    private static readonly string[] WordsOfGrammar = ["lines", "words", "sentences", "paragraphs", "items", "skip"];

    /// <summary>
    /// What anybody needs to know of an operator is in its signature or its evaluator, so that a new one needs no line elsewhere.
    /// </summary>
    [Test]
    public void Operators_Known_BySignatureAndNotByName() => Assert.That(
        from file in SourceFiles()
        from match in ChoicesByName.Matches(File.ReadAllText(file))
        select $"{Path.GetRelativePath(SourceFolder(), file)}: {match.Value}",
        Is.Empty);

    /// <summary>
    /// The same of a function. Its name stands where it is meant and not chosen by: in the tables of evaluators, and where a call is made of it.
    /// </summary>
    [Test]
    public void Functions_Known_BySignatureAndNotByName()
    {
        string name = $"\"({string.Join('|', FunctionCatalog.All.Select(function => function.Name))})\"";
        var choices = new Regex($@"(\bis|\bor|\bnot|\bcase|==|!=) \(?{name}|{name} (=>|or\b)");

        Assert.That(
            from folder in KnowsFunctionsBySignature
            from file in Directory.EnumerateFiles(Path.Combine(SourceFolder(), folder), "*.cs", SearchOption.AllDirectories)
            from line in File.ReadLines(file)
            where choices.IsMatch(line)
            select $"{Path.GetRelativePath(SourceFolder(), file)}: {line.Trim()}",
            Is.Empty);
    }

    /// <summary>
    /// Parsers, the root and who asks know no operator's word, but where it is also one of the grammar: a function, a unit, or what
    /// a slot takes. What other languages call an operator stands in tables.
    /// </summary>
    [TestCase("Rlm.Dsl/Parsing")]
    [TestCase("Rlm.Dsl/Operators/Rules")]
    [TestCase("Rlm.Runtime/Asking")]
    [TestCase("Rlm.Runtime/Root")]
    public void Operators_Words_AreNotChosenBy(string folder)
    {
        var words = RlmLanguage.Operators.Select(signature => signature.Name.Split(' ')[0])
            .Except(RlmLanguage.Functions.Select(function => function.Name)).Except(WordsOfGrammar).ToHashSet(StringComparer.Ordinal);

        Assert.That(
            from file in Directory.EnumerateFiles(Path.Combine(SourceFolder(), folder), "*.cs", SearchOption.AllDirectories)
            where !file.Contains("Synonym", StringComparison.Ordinal)
            from match in ComparedTexts.Matches(File.ReadAllText(file))
            where words.Contains(match.Groups["word"].Value)
            select $"{Path.GetRelativePath(SourceFolder(), file)}: {match.Value}",
            Is.Empty);
    }

    /// <summary>What there is to know of a provider is in its object and its client, so that a new one needs no line elsewhere.</summary>
    [Test]
    public void Providers_Known_ByTheirObjectsAlone() => Assert.That(
        from file in SourceFiles()
        where !FilesOfProviders.IsMatch(Path.GetFileName(file))
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && NamesOfProviders.IsMatch(line)
        select $"{Path.GetRelativePath(SourceFolder(), file)}: {line.Trim()}",
        Is.Empty);

    /// <summary>Libraries speak to hosts and roots, who know no command line.</summary>
    [Test]
    public void Messages_OfLibraries_NameNoFlagsAndNoCommands() => Assert.That(
        from file in SourceFiles()
        where file.Contains("Rlm.Dsl", StringComparison.Ordinal) || file.Contains("Rlm.Runtime", StringComparison.Ordinal)
            || Path.GetFileName(file) == "ModelChooser.cs"
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && WordsOfCommandLine.IsMatch(line)
        select $"{Path.GetRelativePath(SourceFolder(), file)}: {line.Trim()}",
        Is.Empty);

    [Test]
    public void Folders_Code_HaveAtMost25Files() => Assert.That(
        SourceFiles().GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => folder.Count() > MostFilesOfAFolder)
            .Select(folder => $"{Path.GetRelativePath(SourceFolder(), folder.Key)} has {folder.Count()}"),
        Is.Empty);

    /// <summary>Files named <c>Type.Aspect.cs</c> are of one type. The catalogues and the tables of diagnostics are data.</summary>
    [Test]
    public void Types_Code_HaveAtMost450Lines() => Assert.That(
        from type in SourceFiles().GroupBy(file => Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file).Split('.')[0]))
        where !DataTables.IsMatch(type.Key)
        let lines = type.Sum(file => File.ReadLines(file).Count())
        where lines > MostLinesOfAType
        select $"{Path.GetRelativePath(SourceFolder(), type.Key)} has {lines} lines",
        Is.Empty);

    [Test]
    public void Dsl_References_NoOtherPart() =>
        Assert.That(
            ReferencesOf(typeof(RlmProgram).Assembly).Where(name => name.StartsWith("Rlm", StringComparison.OrdinalIgnoreCase)), Is.Empty);

    [Test]
    public void Runtime_References_OnlyDsl() =>
        Assert.That(
            ReferencesOf(typeof(RlmAgent).Assembly).Where(name => name.StartsWith("Rlm", StringComparison.OrdinalIgnoreCase)),
            Is.EqualTo(new[] { "Rlm.Dsl" }));

    [TestCase(typeof(OfflineChatClient))]
    [TestCase(typeof(ModelEndpoint))]
    [TestCase(typeof(RlmDocuments))]
    public void Package_References_OnlyRuntime(Type ofPackage) =>
        Assert.That(
            ReferencesOf(ofPackage.Assembly).Where(name => name.StartsWith("Rlm", StringComparison.OrdinalIgnoreCase)),
            Is.SubsetOf(new[] { "Rlm.Dsl", "Rlm.Runtime" }));

    /// <summary>A host with a client of its own that reads no documents carries nothing for either.</summary>
    [Test]
    public void Runtime_References_FewPackages() =>
        Assert.That(
            ReferencesOf(typeof(RlmAgent).Assembly).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "Rlm.Dsl", "Microsoft.Extensions.AI.Abstractions" }));

    /// <summary>Exceptions of a host's own client are known by their type; who sends and receives is <c>Rlm.Providers</c>.</summary>
    [Test]
    public void Runtime_Http_IsItsExceptionAlone() =>
        Assert.That(
            from file in Directory.EnumerateFiles(Path.Combine(SourceFolder(), "Rlm.Runtime"), "*.cs", SearchOption.AllDirectories)
            from match in HttpTypes.Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(SourceFolder(), file)}: {match.Value}",
            Is.Empty);

    [Test]
    public void Sprache_Used_OnlyInParsing() =>
        Assert.That(SourceFiles().Where(file => File.ReadAllText(file).Contains("using Sprache", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Distinct(),
            Is.EqualTo(new[] { "Parsing" }));

    [Test]
    public void Files_Code_HaveAtMost400Lines() =>
        Assert.That(SourceFiles().Where(file => File.ReadLines(file).Count() > 400), Is.Empty);

    [Test]
    public void Names_Types_AvoidCatchAlls() =>
        Assert.That(SourceFiles().Select(Path.GetFileNameWithoutExtension).Where(name => CatchAll.IsMatch(name!)), Is.Empty);

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories);

    private static string SourceFolder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "src"));

    [GeneratedRegex(@"\b([oO]perator|[sS]ignature|[eE]valuator|[hH]ead)[!?]*\.(Name|Head) (is|==|!=|switch)\s+(not )?[""{\r\n]|([oO]perator|[sS]ignature)(\.|: \{ *)(Name|Head): *(not )?""")]
    private static partial Regex ChoicesByName { get; }

    [GeneratedRegex(@"(\bis|\bor|\bnot|==|!=|\bcase) ""(?<word>\w+)""|""(?<word>\w+)"" =>")]
    private static partial Regex ComparedTexts { get; }

    [GeneratedRegex("^((OpenAi|Anthropic)(Provider|ChatClient)|ModelProvider|AzureAddress)\\.cs$")]
    private static partial Regex FilesOfProviders { get; }

    [GeneratedRegex(@"ModelProvider\.(OpenAi|Anthropic)|(OpenAi|Anthropic)Provider\b|""(openai|anthropic|claude-)|api\.(openai|anthropic)|(OPENAI|ANTHROPIC)_|x-api-key")]
    private static partial Regex NamesOfProviders { get; }

    [GeneratedRegex(@"\b(HttpClient|HttpMessageInvoker|HttpRequestMessage|HttpResponseMessage|SocketsHttpHandler|HttpMethod)\b")]
    private static partial Regex HttpTypes { get; }

    [GeneratedRegex(@"(?<!`)`rlm [a-z]|[""`( ]--(model|sub-model|base-url|max-[a-z]+|timeout|encoding|journal|resume)\b")]
    private static partial Regex WordsOfCommandLine { get; }

    [GeneratedRegex("(OperatorCatalog|Diagnostics)$")]
    private static partial Regex DataTables { get; }

    [GeneratedRegex("(Helpers?|Utils?|Common|Manager|Base)$")]
    private static partial Regex CatchAll { get; }
}
