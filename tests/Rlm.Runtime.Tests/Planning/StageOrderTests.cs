using System.Globalization;

namespace Rlm.Runtime.Tests.Planning;

/// <summary>What moves stages and makes equal calls once changes what a program costs, and not what it gives.</summary>
internal sealed class StageOrderTests
{
    private const int Programs = 2_400, Variations = 24;

    /// <summary>Random programs give the same as they do when run as written, and make no more calls.</summary>
    /// <remarks>RLM_PROGRAMS makes it more of them, and RLM_SEED others, as bench/optimiser.sh does.</remarks>
    [Test]
    public async Task RunAsync_RandomPrograms_GiveTheSameAsWrittenWithNoMoreCalls()
    {
        int programs = FindNumber("RLM_PROGRAMS") ?? Programs;
        int ran = 0, answered = 0, paid = 0, fewer = 0, unusable = 0, refused = 0;
        long calls = 0, written = 0;
        var wrong = new List<string>();
        for (int seed = FindNumber("RLM_SEED") ?? 1; ran < programs; seed++)
        {
            string context = ProgramRun.Items(3 + (seed % 9)) + "\nitem 1\nitem 2\nlast one.";
            var offline = PlannedRun.Model(8_000);
            RlmProgram Check(string program) => ProgramRun.Session(context, offline).Compile(program);
            string first = new RandomProgram(seed, Check).Write();
            foreach (string text in new VariedProgram(first, seed, program => !Check(program).HasErrors).Write(Variations).Prepend(first).Take(programs - ran))
            {
                var (optimised, made) = await RunAsync(text, context, asWritten: false);
                var (plain, all) = await RunAsync(text, context, asWritten: true);
                answered += optimised.Outcome == RlmOutcome.Answered ? 1 : 0;
                (ran, paid, fewer) = (ran + 1, paid + (all > 0 ? 1 : 0), fewer + (made < all ? 1 : 0));
                (calls, written) = (calls + made, written + all);
                bool isSame = (optimised.Answer, optimised.Outcome) == (plain.Answer, plain.Outcome) && made <= all;
                if (isSame)
                    continue;

                // A stage all of whose items fail ends the program, and those that are left of it may be just the ones that fail.
                if (HasNoUsableReply(optimised) || HasNoUsableReply(plain))
                    unusable++;
                // What a later stage drops is not looked at, so that an error that it would give is not met.
                else if (plain.Diagnostics.Any(diagnostic => diagnostic.Id == RuntimeDiagnostics.CannotEvaluate.Id))
                    refused++;
                else
                    wrong.Add($"{seed}: {made} calls, {Tell(optimised)}\nas written {all} calls, {Tell(plain)}\n{text}\n");
            }
        }

        TestContext.Out.WriteLine(
            $"{ran} programs: {answered} answered, {paid} made calls, {fewer} of them fewer than as written; {calls} calls for {written}; "
            + $"{wrong.Count} differ, {unusable} where no item of a stage has a usable reply, and {refused} where an item that is dropped is an error as written");
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong.Take(6)));
        Assert.That((answered > ran / 3, paid > ran / 4, fewer > ran / 10, unusable <= ran / 500, refused <= 1 + (ran / 5_000)), Is.EqualTo((true, true, true, true, true)));
    }

    private static async Task<(RlmResult Result, int Calls)> RunAsync(string text, string context, bool asWritten)
    {
        var model = PlannedRun.Model(8_000, isByRow: true);
        var session = ProgramRun.Session(context, model, new RlmOptions { MaxCalls = 100_000, Parallel = 1, RunsAsWritten = asWritten });
        return (await session.RunAsync(text), model.CallCount);
    }

    private static bool HasNoUsableReply(RlmResult result) => result.Diagnostics.Any(diagnostic => diagnostic.Id == RuntimeDiagnostics.NoUsableReply.Id);

    private static string Tell(RlmResult result) => $"{result.Outcome} {result.Answer} {string.Join("; ", result.Reasons)}";

    private static int? FindNumber(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}
