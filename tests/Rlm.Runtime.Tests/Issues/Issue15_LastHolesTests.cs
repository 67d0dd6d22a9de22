namespace Rlm.Runtime.Tests.Issues;

/// <summary>Where the last hole of a template ends is told where it may be meant to end elsewhere.</summary>
internal sealed class Issue15_LastHolesTests
{
    private const string Tickets = "# 1: pump off\nsince monday\n# 2: all well\nreally\n";
    private const string Log = "level=info svc=auth msg=ok\nlevel=warn svc=api msg=slow\n";

    [TestCase("answer context | chunk by /^#/ | extract \"# {id}: {text}\" | get text", Tickets, 2)]
    [TestCase("answer context | extract \"level={level} svc={svc}\" | count by svc", Log, 2)]
    public async Task Answer_HoleThatMayEndElsewhere_IsDoubtful(string program, string context, int count)
    {
        var run = await RunAsync(program, context);

        Assert.That(run.Result.Losses.Select(loss => loss.Count), Is.EqualTo(new long[] { count }), string.Join('\n', run.Result.Reasons));
    }

    [TestCase("answer context | lines | extract \"# {id}: {text}\" | get text", Tickets, "pump off\nall well")]
    [TestCase("answer context | chunk by /^#/ | extract /# (?<id>\\d+): (?<text>.*)/s | map replace(it.text, \"\\n\", \"/\")", Tickets, "pump off/since monday\nall well/really")]
    [TestCase("answer context | chunk by /^#/ | extract \"# {id}: {title}\" | get title", Tickets, "pump off\nall well", Description = "a name of one line")]
    [TestCase("answer context | extract \"level={level} svc={svc} \" | get svc", Log, "auth\napi")]
    [TestCase("answer context | extract \"level={level} svc={svc} msg={msg}\" | get msg", Log, "ok\nslow")]
    public async Task Answer_HoleThatEndsWhereItIsMeantTo_IsNot(string program, string context, string answer)
    {
        var run = await RunAsync(program, context);

        Assert.That((run.Answer, run.Result.Losses.Count), Is.EqualTo((answer, 0)), string.Join('\n', run.Result.Reasons));
    }

    private static Task<ProgramRun> RunAsync(string program, string context) => ProgramRun.RunAsync(program, context, new ScriptedChatClient());
}
