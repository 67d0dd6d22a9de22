using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class JoinRowsOperatorTests
{
    private static readonly ListValue Left = Rows("k v", 1, "a", 2, "b", null, "c", 1, "d");

    [Test]
    public void Join_EqualKeys_GivesEveryPartner() => Assert.That(
        Show(Evaluate(Left, Join("join on", Rows("k w", 1, "x", 1, "y", 3, "z", null, "n")))),
        Is.EqualTo("[{k: 1, v: a, w: x}, {k: 1, v: a, w: y}, {k: 1, v: d, w: x}, {k: 1, v: d, w: y}]"));

    [Test]
    public void LeftJoin_NoPartner_FillsNone() => Assert.That(
        Show(Evaluate(Left, Join("left join", Rows("k w", 2, "x")))),
        Is.EqualTo("[{k: 1, v: a, w: none}, {k: 2, v: b, w: x}, {k: none, v: c, w: none}, {k: 1, v: d, w: none}]"));

    [Test]
    public void Join_TextAndNumberKeys_AreReadAlike() =>
        Assert.That(Show(Evaluate(Left, Join("join on", Rows("k w", "1.0", "x")))), Is.EqualTo("[{k: 1, v: a, w: x}, {k: 1, v: d, w: x}]"));

    [Test]
    public void Join_TextKeys_AreOrdinal() =>
        Assert.That(Show(Evaluate(Rows("k", "01"), Join("join on", Rows("k w", "1", "x")))), Is.EqualTo("[]"));

    [Test]
    public void Join_SeveralKeys_AreAllEqual() => Assert.That(
        Show(Evaluate(
            Rows("a b", 1, 1, 1, 2),
            Stage("join on", ("rows", Variable(Rows("b a c", 2, 1, "x"))), ("on", new[] { Named("a", null), Named("b", null) })))),
        Is.EqualTo("[{a: 1, b: 2, c: x}]"));

    [Test]
    public void Join_FieldOnBothSides_SaysHowToRename()
    {
        var exception = Assert.Throws<EvaluationException>(() => Show(Evaluate(Left, Join("join on", Rows("k v", 1, "x")))))!;

        Assert.That(exception.Message, Is.EqualTo("both sides of the join have a field `v`"));
        Assert.That(exception.Help, Is.EqualTo("rename it on the right: `select k, v2 = v`"));
    }

    [Test]
    public void LeftJoin_RowsOfSeveralShapes_HaveAllFields()
    {
        var right = ListValue.Of([.. Rows("k w", 1, "x").Items, .. Rows("k u", 2, "y").Items]);

        Assert.That(
            Show(Evaluate(Rows("k", 1, 2), Join("left join", right))), Is.EqualTo("[{k: 1, w: x, u: none}, {k: 2, w: none, u: y}]"));
    }

    private static BoundStage Join(string name, ListValue rows) => Stage(name, ("rows", Variable(rows)), ("on", Named("k", null)));

    [TestCase("join", 0)]
    [TestCase("left join", 2)]
    public async Task Answer_NoRowWithAPartner_IsDoubtful(string join, int count)
    {
        string program = $"let days = context | parse csv | select d = bin(at, \"day\"), n\nanswer context | parse csv | extend d = date(at) | {join} days on d | count";
        var run = await ProgramRun.RunAsync(program, "at,n\n2026-03-01T07:00,1\n2026-03-02T08:00,2\n", new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo($"{count}"));
        Assert.That(run.Result.Losses.Select(loss => loss.Text), Has.One.Contains("not one of 2 rows has a partner among 2"));
    }
}
