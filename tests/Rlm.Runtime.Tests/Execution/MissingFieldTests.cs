using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>A field that no row has is a loss, however it is read; one that some rows have, or that was asked for, is a note.</summary>
internal sealed class MissingFieldTests
{
    // More than is read of a file before a program is checked, so that nobody knows its fields then.
    private static readonly string Rows = string.Concat(Enumerable.Repeat(Two, 3_000));

    private const string Two = "{\"id\": 1, \"v\": 2, \"at\": {\"city\": \"Ulm\"}, \"parts\": [{\"n\": 1}, {\"n\": 2}]}\n{\"id\": 2, \"parts\": [{\"n\": 3}]}\n";

    [TestCase("sum city", "write `at.city`")]
    [TestCase("sum n", "`parts` is a list of rows with it: write `| flatten parts` before, or a fold of it such as `sum(parts.n)`")]
    [TestCase("count by zip", "the fields are `id`, `v`, `at`, `parts`")]
    [TestCase("where zip == 3 | count", null)]
    [TestCase("extend z = zip + 1 | count", null)]
    [TestCase("get zip | count", null)]
    [TestCase("flatten zip | count", null)]
    [TestCase("map it[\"zip\"] | count", null)]
    [TestCase("sort by zip | count", null)]
    [TestCase("distinct by zip | count", null)]
    [TestCase("map \"{zip}\" | join \", \"", null)]
    public async Task Read_FieldOfNoRow_IsALossWithWhereItIs(string stages, string? remedy)
    {
        var run = await RunAsync($"answer context | parse jsonl | {stages}", Rows, new ScriptedChatClient());

        var loss = run.Result.Losses[0];
        Assert.That((run.Result.IsPartial, loss.Kind), Is.EqualTo((true, RlmLossKind.FieldMissing)));
        Assert.That(loss.Text, Does.StartWith("no row has a field `").And.EndsWith("times)"));
        Assert.That(loss.Remedy, remedy is null ? Is.Not.Null : Is.EqualTo(remedy));
    }

    [TestCase("sum v")]
    [TestCase("where v > 1 | count")]
    [TestCase("where zip == none | count")]
    [TestCase("where zip is not none | count")]
    [TestCase("map zip ?? 0 | sum")]
    [TestCase("where id > 5 | sum zip")]
    public async Task Read_FieldOfSomeRowsOrAskedFor_LosesNothing(string stages)
    {
        var run = await RunAsync($"answer context | parse jsonl | {stages}", Rows, new ScriptedChatClient());

        Assert.That(run.Result.Losses, Is.Empty);
    }

    [TestCase("flatten parts | sum n", "18000")]
    [TestCase("flatten parts | sum parts.n", "18000")]
    [TestCase("flatten parts | first 3 | map id | join \",\"", "1,1,2")]
    [TestCase("extend n = 10 | flatten parts | sum n", "90000")]
    [TestCase("first 2 | flatten parts | sum n", "6")]
    public async Task Flatten_Records_StandBesideTheRow(string stages, string expected)
    {
        var run = await RunAsync($"answer context | parse jsonl | {stages}", Rows, new ScriptedChatClient());

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((expected, false)));
    }
}
