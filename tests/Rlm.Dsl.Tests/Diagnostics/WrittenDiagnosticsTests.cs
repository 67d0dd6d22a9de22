using Rlm.Dsl.Tests.Syntax;

namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>Diagnostics with their places in the text as somebody wrote it, who mends it there.</summary>
internal sealed class WrittenDiagnosticsTests
{
    private const int MaxFixes = 10;

    [TestCase("lines | grep ^2026 | count", "^2026", "/^2026/")]
    [TestCase("lines | where it == ERROR | cuont", null, null)]
    public void WrittenDiagnostics_WhatIsReadAsSomethingElse_IsMarkedAsItIsWritten(string text, string? marked, string? meant)
    {
        var program = RlmProgram.Compile(text);

        Assert.That(program.Written.Content, Is.EqualTo(text));
        var told = program.WrittenDiagnostics.SingleOrDefault(diagnostic => diagnostic.Descriptor == DslDiagnostics.ReadAs);
        Assert.That(told is null ? null : program.Written.TextAt(told.Span), Is.EqualTo(marked));
        Assert.That(told?.Fix?.Text, Is.EqualTo(meant));
    }

    [Test]
    public void WrittenDiagnostics_ProgramThatIsReadAsItStands_AreTheDiagnostics()
    {
        var program = RlmProgram.Compile("lines | cuont");

        Assert.That(program.WrittenDiagnostics, Is.SameAs(program.Diagnostics));
        Assert.That(program.Written, Is.SameAs(program.Source));
    }

    /// <summary>Of each case the fixes, one after the other, give the program that was read; a fix never gives one that does not parse.</summary>
    [Test]
    public void WrittenDiagnostics_FixesApplied_GiveTheProgramThatWasRead()
    {
        var others = new List<string>();
        int read = 0;
        foreach (var (name, body) in ErrorCases.All)
        {
            string text = body.Split(ErrorCases.Separator)[0];
            var program = RlmProgram.Compile(text);
            foreach (var diagnostic in program.WrittenDiagnostics)
                Assert.That(diagnostic.Span.Start >= 0 && diagnostic.Span.End <= text.Length, name);
            if (ReferenceEquals(program.Written, program.Source))
                continue;

            read++;
            string mended = text;
            for (int i = 0; i < MaxFixes && FixOf(mended) is { } fix; i++)
                mended = fix.Apply(mended);
            if (SyntaxDump.Of(RlmProgram.Compile(mended).Syntax) != SyntaxDump.Of(program.Syntax) || FixOf(mended) is not null)
                others.Add($"{name}\n{text}\n{mended}\n{program.Source.Content}");
        }

        Assert.That(others, Is.Empty, string.Join("\n\n", others));
        Assert.That(read, Is.GreaterThan(100));
    }

    private static DiagnosticFix? FixOf(string text) =>
        RlmProgram.Compile(text).WrittenDiagnostics.FirstOrDefault(diagnostic => diagnostic.Descriptor == DslDiagnostics.ReadAs)?.Fix;
}
