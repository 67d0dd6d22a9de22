using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Formatting;
using Rlm.Dsl.Grammars;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Tests.Binding;
using Rlm.Dsl.Tests.Grammars;

namespace Rlm.Dsl.Tests.Formatting;

/// <summary>Whatever a program looks like, its layout keeps its tree and its comments, and is its own layout.</summary>
internal sealed partial class ProgramFormatterTests
{
    private static IEnumerable<TestCaseData> Cases => CaseFile.Read("formatted.txt")
        .Select(read => new TestCaseData(read.Body).SetArgDisplayNames(read.Name));

    private static IEnumerable<string> ReadByText =>
    [
        .. new[]
        {
            "where date == 2026-03-02", "where date >= 2026-03-02", "where date < 2026-03-02", "where date in [2026-03-01, 2026-03-02]",
            "where date between 2026-03-01 and 2026-03-02", "extend age = 2026-03-01 - date", "count by early = date < 2026-03-01",
        }.Select(stage => $"context|parse csv|{stage}|count"),
        "context|lines|where it contains 2026-03-01|count", "answer 2026-03-01", "answer date(2026-03-01)", "answer 2026-3-1",
        "let d=2026-03-01\nanswer d", "answer {a:2026-03-01,b:2026-12-31-2026-03-01}",
        "head -1", "tail -1", "wc -l", "sort -rn", "head -1|count",
        .. new[]
        {
            "head -1", "tail -1", "wc -l", "sort -t, -k2 -n", "sort -k2,2 -n", "sort -n -r", "sort -rn", "uniq -c", "grep -i x", "cut -d, -f1",
            "sort -n|uniq -c|sort -rn|head -3",
        }.Select(stage => $"context|lines|{stage}|count"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Format_Case_IsAsShown(string body)
    {
        string[] parts = body.Split("\n---\n");

        Assert.That(RlmLanguage.Format(parts[0]).Text.TrimEnd('\n'), Is.EqualTo(parts[1]));
    }

    [Test]
    public void Format_ProgramsOfTheRepository_KeepTheirTrees()
    {
        string[] programs = [.. ProgramTexts.All.Where(IsParsed)];

        Assert.That(programs, Has.Length.GreaterThan(1000));
        Assert.That(programs.Select(FindFault).Where(fault => fault is not null), Is.Empty);
    }

    [TestCaseSource(nameof(ReadByText))]
    public void Format_ReadByItsText_MeansTheSame(string program)
    {
        string text = RlmLanguage.Format(program).Text;

        Assert.That(MeaningOf(text), Is.EqualTo(MeaningOf(program)), text);
        Assert.That(RlmLanguage.Format(text).IsChanged, Is.False);
    }

    [Test]
    public void Format_ProgramsOfTheRepository_MeanTheSame()
    {
        string[] programs = [.. ProgramTexts.All.Where(IsParsed).Distinct()];

        Assert.That(programs, Has.Length.GreaterThan(1000));
        Assert.That(
            programs.Select(program => (program, text: RlmLanguage.Format(program).Text))
                .Where(pair => pair.program != pair.text && MeaningOf(pair.program) != MeaningOf(pair.text))
                .Select(pair => $"{pair.program}\n=>\n{pair.text}"),
            Is.Empty);
    }

    [TestCase("context|lines|where date(it)==2026-03-02|count", "context | lines | where date(it) == 2026-03-02 | count\n")]
    [TestCase("head -1|count", "head -1 | count\n")]
    [TestCase("answer 3-2+a-b", "answer 3-2 + a - b\n")]
    public void Format_Minus_IsKeptWhereItsTextIsRead(string program, string expected) =>
        Assert.That(RlmLanguage.Format(program).Text, Is.EqualTo(expected));

    [TestCase(11, 9, 8_000)]
    [TestCase(12, 16, 8_000)]
    [TestCase(13, 22, 4_000)]
    [CancelAfter(300_000)]
    public void Format_DerivedFromTheGrammar_KeepsTheTree(int seed, int depth, int count) => Assert.That(
        new Derivation(EbnfReader.Read(GrammarTests.Grammar()), seed, depth).Derive("program", count)
            .Where(text => text.Length < 2_000 && IsParsed(text)).Select(FindFault).Where(fault => fault is not null).Take(5),
        Is.Empty);

    [Test]
    public void Format_CommentsAtRandomPlaces_AreKeptInOrder()
    {
        var random = new Random(1);
        string[] programs = [.. ProgramTexts.All.Where(IsParsed)];
        int changed = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string program = AddComments(programs[random.Next(programs.Length)], random, out int comments);
            if (comments == 0 || !IsParsed(program))
                continue;

            changed++;
            Assert.That(FindFault(program), Is.Null);
            string[] kept = [.. CommentPattern.Matches(ProgramLayout.Write(program)).Select(match => match.Value)];
            Assert.That(kept, Is.EqualTo(CommentPattern.Matches(program).Select(match => match.Value)), program);
        }

        Assert.That(changed, Is.GreaterThan(5_000));
    }

    [Test]
    public void Samples_Programs_AreFormatted() => Assert.That(
        ProgramTexts.Samples.Where(file => RlmLanguage.Format(File.ReadAllText(file)).IsChanged).Select(Path.GetFileName), Is.Empty);

    [Test]
    public void Format_SyntaxError_LeavesTheProgram()
    {
        var formatting = RlmLanguage.Format("context|lines |");

        Assert.That(formatting.HasErrors);
        Assert.That(formatting.Text, Is.EqualTo("context|lines |"));
        Assert.That(formatting.IsChanged, Is.False);
    }

    [TestCase("context|lines\r\n|count\r\n", "context | lines | count\r\n")]
    [TestCase("let a=\"x\r\ny\"\r\na", "let a = \"x\r\ny\"\r\na\r\n")]
    public void Format_LineEndsOfWindows_AreKept(string program, string expected) =>
        Assert.That(RlmLanguage.Format(program).Text, Is.EqualTo(expected));

    [Test]
    public void Format_LayoutTooLong_LeavesTheProgram()
    {
        string program = $"let a = [{string.Join(",", Enumerable.Repeat("\"x\"", 40_000))}]";

        var formatting = RlmLanguage.Format(program);

        Assert.That(formatting.Diagnostics.Single().Message, Does.StartWith("the program's layout has 280,0"));
        Assert.That(formatting.Text, Is.EqualTo(program));
    }

    /// <summary>What a program does and what is told of it, blanks aside.</summary>
    private static string MeaningOf(string program)
    {
        var compiled = RlmProgram.Compile(program);
        string told = string.Join("\n", compiled.Diagnostics.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Message}"));
        return Regex.Replace($"{told}\n{(compiled.HasErrors ? "" : BoundDump.Of(compiled))}", @"\s", "");
    }

    private static bool IsParsed(string program) => ProgramParser.Parse(new SourceText(program)).Diagnostics.Count == 0;

    /// <summary>What is wrong with a program's layout; null for nothing.</summary>
    internal static string? FindFault(string program)
    {
        string text = ProgramLayout.Write(program);
        var (tree, _) = ProgramParser.Parse(new SourceText(program));
        var (formatted, errors) = ProgramParser.Parse(new SourceText(text));
        return errors.Count > 0 ? $"{program}\nno longer parses as\n{text}"
            : !SyntaxComparison.AreEqual(tree, formatted) ? $"{program}\nhas another tree as\n{text}"
            : ProgramLayout.Write(text) is var again && again != text ? $"{program}\nas\n{text}\nhas another layout\n{again}"
            : null;
    }

    private static string AddComments(string program, Random random, out int added)
    {
        var text = new StringBuilder();
        added = 0;
        foreach (var token in Tokens(program))
        {
            text.Append(token);
            if (random.Next(12) == 0)
                text.Append(CultureInfo.InvariantCulture, $" #c{added++} x\n  ");
            else if (random.Next(12) == 0)
                text.Append(CultureInfo.InvariantCulture, $"\n  #c{added++}\n  ");
        }

        return text.ToString();
    }

    // The blanks before each token, and the token.
    private static IEnumerable<string> Tokens(string program)
    {
        int end = 0, position = Layout.SkipToStatement(program, 0);
        var state = new ParseState(program);
        while (position < program.Length)
        {
            state.StartStatement();
            var reading = StatementReader.Read(program, position, state);
            foreach (var token in reading.Behind!.Tokens)
            {
                yield return program[end..token.Span.End];
                end = token.Span.End;
            }

            position = Layout.SkipToStatement(program, reading.End);
        }

        yield return program[end..];
    }

    [GeneratedRegex(@"#c\d+[^\n]*")]
    private static partial Regex CommentPattern { get; }
}
