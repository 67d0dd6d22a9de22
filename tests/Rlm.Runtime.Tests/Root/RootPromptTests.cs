using System.Text.RegularExpressions;
using Rlm.Dsl.Binders;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Root;
using Rlm.Runtime.Tests.Evaluation;

namespace Rlm.Runtime.Tests.Root;

internal sealed class RootPromptTests
{
    [Test]
    public void System_Default_IsAsVerified() => Snapshot.Verify(RootPrompt.System(new RlmOptions()));

    [Test]
    public void System_ToolsAndInstructions_AreInIt()
    {
        string prompt = RootPrompt.System(
            new RlmOptions { Tools = [new LambdaTool("weather", "text", (_, _) => default)], Instructions = "Be brief." });

        Assert.That(
            prompt,
            Does.Contain(
                "# Tools, called like functions\nweather(value: text, unit: text?) gives text  # A tool of tests").And.EndsWith("# Instructions\nBe brief."));
    }

    [Test]
    public void VersionOf_AnotherPrompt_IsAnotherVersion()
    {
        string version = RootPrompt.VersionOf(new RlmOptions());

        Assert.That(version, Does.Match("^[0-9a-f]{8}$").And.EqualTo(RootPrompt.VersionOf(new RlmOptions())));
        Assert.That(RootPrompt.VersionOf(new RlmOptions { Instructions = "Be brief." }), Is.Not.EqualTo(version));
    }

    /// <summary>The lines of the table of kinds: what stands in columns is a program once its ellipses are filled.</summary>
    [TestCaseSource(nameof(KindPrograms))]
    public void Kinds_EveryLine_Compiles(string program) => AssertCompiles(program, RlmType.Text);

    [TestCaseSource(nameof(ExamplePrograms))]
    public void Examples_EveryBlock_Compiles(string program) =>
        AssertCompiles(program, program.Contains("it matches", StringComparison.Ordinal) ? RlmType.ListOf(RlmType.Doc) : RlmType.Text);

    private static IEnumerable<string> KindPrograms()
    {
        string section = Section("# What to write for which question", "# Examples");
        foreach (string line in section.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            foreach (string part in Regex.Split(line[21..].Trim(), @"\s{3,}(?:or, by a property: |or, )?"))
            {
                string program = Regex.Replace(part, @",? then (answer|count) .*$", "");
                yield return program.StartsWith('…') ? $"rows{program[1..]}" : program;
            }
        }
    }

    private static IEnumerable<string> ExamplePrograms() =>
        Regex.Matches(RootPrompt.System(new RlmOptions()), @"```rlm\n([\s\S]*?)\n```").Select(match => match.Groups[1].Value);

    private static string Section(string from, string to)
    {
        string prompt = RootPrompt.System(new RlmOptions());
        int start = prompt.IndexOf(from, StringComparison.Ordinal);
        return prompt[start..prompt.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static void AssertCompiles(string program, RlmType context)
    {
        var rows = RlmType.ListOf(new RecordType([
            new("f", RlmType.Text), new("x", RlmType.Number), new("k", RlmType.Text), new("date", RlmType.Date), new("time", RlmType.Date),
            new("name", RlmType.Text), new("value", RlmType.Text), new("count", RlmType.Number)]));
        var environment = BindingEnvironment.Empty with
        {
            Variables = new Dictionary<string, VariableSymbol>
            {
                ["context"] = new("context", context, null),
                ["rows"] = new("rows", rows, null),
                ["docs"] = new("docs", RlmType.ListOf(RlmType.Doc), null),
            },
        };

        var compiled = RlmProgram.Compile(new SourceText(program, "prompt"), environment);

        Assert.That(compiled.Diagnostics.Select(diagnostic => $"{diagnostic.Message} ({diagnostic.Help})"), Is.Empty, program);
    }
}
