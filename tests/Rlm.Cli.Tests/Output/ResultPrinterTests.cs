using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Tests.Output;

internal sealed class ResultPrinterTests
{
    private static readonly RlmResult Full = new()
    {
        Outcome = RlmOutcome.Answered,
        Answer = "Forty – “two”",
        Usage = new() { CallsLeft = 50 },
    };

    [Test]
    public void Print_FreeAnswer_IsTheAnswerAlone() => Assert.That(Print(Full), Is.EqualTo((0, "Forty – “two”\n", "")));

    [Test]
    public void Print_PaidAnswer_TellsNotesCitationsAndUsage()
    {
        var result = Full with
        {
            Notes = ["13 lines did not match"],
            Citations = [.. Enumerable.Range(1, 12).Select(line => $"mails.txt:{line}")],
            Usage = new()
            {
                Calls = 3,
                CallsLeft = 47,
                Steps = 2,
                InputTokens = 1_234,
                OutputTokens = 56,
                CostUsd = 0.0123m,
                Elapsed = TimeSpan.FromSeconds(2.34),
            },
        };

        Assert.That(Print(result).Error, Is.EqualTo("""
            rlm: note: 13 lines did not match
            rlm: from mails.txt:1, mails.txt:2, mails.txt:3, mails.txt:4, mails.txt:5, mails.txt:6, mails.txt:7, mails.txt:8, mails.txt:9, mails.txt:10 and 2 more
            rlm: 3 sub-calls (47 left), 2 turns, 1,234 tokens in and 56 out, $0.0123, 2.3 s

            """));
    }

    [Test]
    public void Print_EmptyAnswer_SaysSo() =>
        Assert.That(Print(Full with { Answer = "" }), Is.EqualTo((0, "", "rlm: the answer is empty: nothing matched\n")));

    [Test]
    public void Print_Partial_SaysWhyEvenWhenQuiet() =>
        Assert.That(
            Print(Full with { IsPartial = true, Reasons = ["2 of 36 items failed"] }, isQuiet: true),
            Is.EqualTo((0, "Forty – “two”\n", "rlm: partial: 2 of 36 items failed\n")));

    [TestCase(RlmOutcome.NoAnswer, 1, "rlm: no answer: why\n")]
    [TestCase(RlmOutcome.LimitReached, 4, "rlm: no answer within the limits: why\n")]
    [TestCase(RlmOutcome.Failed, 5, "rlm: failed: why\n")]
    public void Print_NoAnswer_SaysWhyOnStderr(RlmOutcome outcome, int code, string error) =>
        Assert.That(Print(Full with { Outcome = outcome, Answer = null, Reasons = ["why"] }), Is.EqualTo((code, "", error)));

    [Test]
    public void PrintJson_Result_IsOneReadableObject()
    {
        using var stdout = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => Stream.Null, Output = stdout, Error = TextWriter.Null };

        int code = ResultPrinter.PrintJson(
            Full with { IsPartial = true, Reasons = ["2 items failed"], Program = "answer \"ä\"" },
            null,
            "offline",
            host,
            [new ValueShown { At = TimeSpan.Zero, Schema = "text", Text = "ö", Preview = "ö" }]);

        Assert.That(code, Is.Zero);
        Snapshot.Verify(stdout.ToString());
    }

    [TestCase(true, "a\ufffd[31mb\tc\n")]
    [TestCase(false, "a\u001b[31mb\tc\n")]
    public void WriteText_ControlCharacters_StayOutOfATerminal(bool isTerminal, string written)
    {
        using var stdout = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => Stream.Null, Output = stdout, Error = TextWriter.Null, IsOutputTerminal = isTerminal };

        host.WriteText("a\u001b[31mb\tc\n");

        Assert.That(stdout.ToString(), Is.EqualTo(written));
    }

    private static (int Code, string Output, string Error) Print(RlmResult result, bool isQuiet = false)
    {
        using var stdout = new StringWriter { NewLine = "\n" };
        using var stderr = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => Stream.Null, Output = stdout, Error = stderr };
        var status = new StatusWriter(host, new OutputArguments(false, isQuiet, false, false));
        int code = ResultPrinter.Print(result, status, new RunReporter(host, status, isByHand: false, new OutputArguments(false, isQuiet, false, false)));
        return (code, stdout.ToString(), stderr.ToString());
    }
}
