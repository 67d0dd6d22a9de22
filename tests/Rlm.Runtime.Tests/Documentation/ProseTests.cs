using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Tests.Documentation;

/// <summary>
/// A newcomer reads a page once: sentences are short, README fits a screen or two, links lead somewhere, decisions say the same four
/// things.
/// </summary>
internal sealed partial class ProseTests
{
    private const int MaxWords = 25;
    private const int MaxReadmeLines = 120;
    private const string Decisions = "docs/decisions";

    /// <summary>Pages that are made from tables in code have the sentences of the code.</summary>
    private static readonly string[] Generated = ["docs/operators.md", "docs/diagnostics.md", "docs/generator-diagnostics.md"];

    /// <summary>Folders of the repository that builds do not write to.</summary>
    private static readonly string[] Folders = ["bench", "docs", "samples", "src", "tests"];

    private static IEnumerable<string> Pages =>
        Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Root(), folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Root(), "*.md"))
            .Select(path => Path.GetRelativePath(Root(), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> WrittenPages => Pages.Except(Generated);

    [TestCaseSource(nameof(WrittenPages))]
    public void Page_EverySentence_IsShort(string page) =>
        Assert.That(SentencesOf(Read(page))
            .Where(sentence => WordsOf(sentence) > MaxWords)
            .Select(sentence => $"{WordsOf(sentence)} words: {sentence}"), Is.Empty);

    [Test]
    public void Readme_Length_IsBounded() => Assert.That(Read("README.md").Split('\n'), Has.Length.AtMost(MaxReadmeLines));

    [TestCaseSource(nameof(Pages))]
    public void Page_EveryLink_LeadsSomewhere(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Root(), page))!;
        var broken = Link.Matches(Fence.Replace(Read(page), "")).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => target.Split('#') is var parts && !LeadsSomewhere(
                parts[0].Length == 0 ? Path.Combine(Root(), page) : Path.Combine(folder, parts[0]), parts.ElementAtOrDefault(1)));

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Decisions_EachPage_HasTheFourHeadings()
    {
        string[] pages = [.. Pages.Where(page => page.StartsWith(Decisions, StringComparison.Ordinal))];
        string[] headings = ["Context", "Decision", "Numbers", "When to look again"];

        Assert.That(pages, Has.Length.GreaterThan(10));
        Assert.That(pages.Where(page => !HeadingsOf(Read(page)).Skip(1).SequenceEqual(headings)), Is.Empty);
        Assert.That(pages.Where(page => !DecisionName.IsMatch(page)), Is.Empty);
    }

    [Test]
    public void Map_EveryTypeInCode_IsThere()
    {
        string[] types = [.. Pages.Where(page => page == "ARCHITECTURE.md" || page.StartsWith(Decisions, StringComparison.Ordinal))
            .SelectMany(page => TypeInCode.Matches(Read(page))).Select(match => match.Groups[1].Value).Distinct()];
        string source = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs*", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.That(types, Has.Length.GreaterThan(80));
        Assert.That(types.Where(type => !Regex.IsMatch(source, $@"\b{type}\b")), Is.Empty);
    }

    [Test]
    public void Map_EveryFolder_IsThereAndNamed()
    {
        string map = Read("ARCHITECTURE.md");
        string[] folders = [.. Directory.EnumerateDirectories(Path.Combine(Root(), "src"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path))];
        string[] first = [.. Directory.EnumerateDirectories(Path.Combine(Root(), "src"))
            .SelectMany(Directory.EnumerateDirectories).Select(path => Path.GetFileName(path))];
        string source = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.That(first.Where(folder => !map.Contains($"`{folder}`", StringComparison.Ordinal)), Is.Empty, "folders that the map lacks");
        Assert.That(
            WordInCode.Matches(map).Select(match => match.Groups[1].Value).Except(folders)
                .Where(name => !Regex.IsMatch(source, $@"\b(class|struct|record|interface|enum) {name}\b")),
            Is.Empty,
            "names of the map that are neither a folder nor a type");
    }

    [TestCase("One two. Three, `a b c` four!", new[] { 2, 3 })]
    [TestCase("- one\n- two three\n  four\n\n| not | this |\n# nor this\n```\nnor this one\n```\n1. [five six](x.md#y) seven", new[] { 1, 3, 3 })]
    [TestCase("Zero is 0.5 (or so). Two", new[] { 5, 1 })]
    public void SentencesOf_Markdown_AreItsProse(string markdown, int[] words) =>
        Assert.That(SentencesOf(markdown).Select(WordsOf), Is.EqualTo(words));

    private static bool LeadsSomewhere(string path, string? heading) =>
        Directory.Exists(path)
            || (File.Exists(path) && (heading is null || HeadingsOf(File.ReadAllText(path)).Select(Anchor).Contains(heading)));

    private static IEnumerable<string> HeadingsOf(string markdown) =>
        Heading.Matches(Fence.Replace(markdown, "")).Select(match => match.Groups["text"].Value.Trim());

    // As GitHub makes them.
    private static string Anchor(string heading) => NoAnchor.Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    /// <summary>The sentences outside of code blocks, tables and headings; code in a line counts as one word.</summary>
    private static IEnumerable<string> SentencesOf(string markdown)
    {
        string block = "";
        foreach (string line in Fence.Replace(markdown, "\n").Split('\n').Select(line => line.Trim()).Append(""))
        {
            bool isProse = line.Length > 0 && line[0] is not ('|' or '#');
            string item = ListItem.Replace(line, "");
            if (!isProse || item != line)
            {
                foreach (string sentence in Split(block))
                    yield return sentence;
                block = "";
            }

            if (isProse)
                block += $" {item}";
        }
    }

    private static IEnumerable<string> Split(string block) =>
        SentenceEnd.Split(Link.Replace(Code.Replace(block, "code"), "${text}")).Where(sentence => sentence.Trim().Length > 0);

    private static int WordsOf(string sentence) => sentence.Split(' ').Count(word => word.Any(char.IsLetterOrDigit));

    private static string Read(string page) => File.ReadAllText(Path.Combine(Root(), page));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("``.+?``|`[^`]+`")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\((?<target>[^)]*)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^(?:[-*]|\d+\.) +")]
    private static partial Regex ListItem { get; }

    [GeneratedRegex("(?<=[.!?])[)*\"”]*\\s+")]
    private static partial Regex SentenceEnd { get; }

    [GeneratedRegex("^#+ +(?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    // Words of two parts or more, as types of ours have them.
    [GeneratedRegex(@"`([A-Z][a-z0-9]+[A-Z]\w*)[`.]")]
    private static partial Regex TypeInCode { get; }

    [GeneratedRegex(@"`([A-Z][a-z0-9]+)`")]
    private static partial Regex WordInCode { get; }

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor { get; }

    [GeneratedRegex(@"^docs/decisions/\d\d-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName { get; }
}
