using Rlm.Conformance.Oolong;
using Rlm.Conformance.Ruler;

namespace Rlm.Conformance;

/// <summary>The questions of the field's benchmarks, as programs that a model would write, over texts of 8 to 512 thousand tokens and a sub-model that knows the labels.</summary>
internal sealed class ConformanceTests
{
    private static readonly int[] Sizes = [8_000, 32_000, 128_000, 512_000];

    private static readonly Dictionary<int, OolongText> Texts = Sizes.ToDictionary(size => size, size => new OolongText(size, seed: size));

    private static IEnumerable<TestCaseData> OolongCases() => Sizes.SelectMany(size => new OolongQuestions(Texts[size]).All.Select(question => Case(question, size)));

    private static IEnumerable<TestCaseData> PairCases() => Sizes.Take(3).SelectMany(size => new PairQuestions(Texts[size]).All.Select(question => Case(question, size)));

    private static IEnumerable<TestCaseData> RulerCases() => Sizes.SelectMany(size => RulerTask.All(size, seed: size).Select(task => new TestCaseData(task).SetArgDisplayNames(task.Question.Name, $"{size / 1_000}k")));

    private static IEnumerable<TestCaseData> FaultyCases() =>
        from fault in Enum.GetValues<ReplyFault>()
        where fault != ReplyFault.None
        from question in new OolongQuestions(Texts[Sizes[0]]).All.Concat(new PairQuestions(Texts[Sizes[0]]).All)
        where question.AskedRows > 0
        select new TestCaseData(question, fault).SetArgDisplayNames(question.Name, $"{fault}");

    [TestCaseSource(nameof(OolongCases))]
    [TestCaseSource(nameof(PairCases))]
    public async Task Oolong_OracleAsModel_IsExactForTheFewestCalls(Question question, int size)
    {
        var text = Texts[size];

        var run = await QuestionRun.RunAsync(question, text.Text, new LabelOracle(text.LabelByText));

        Assert.That((run.Result.Answer, run.Result.IsPartial), Is.EqualTo((question.Answer, false)), string.Join('\n', run.Result.Reasons));
        Assert.That(run.Requests, Is.LessThanOrEqualTo(OolongQuestions.MostCalls(question)));
    }

    [TestCaseSource(nameof(RulerCases))]
    public async Task Ruler_NoMeaningAsked_IsExactForNothing(object task)
    {
        var (text, question) = (RulerTask)task;

        var run = await QuestionRun.RunAsync(question, text, new LabelOracle(new Dictionary<string, string>()));

        Assert.That((run.Result.Answer, run.Result.IsPartial, run.Requests), Is.EqualTo((question.Answer, false, 0)), string.Join('\n', run.Result.Reasons));
    }

    [TestCaseSource(nameof(FaultyCases))]
    public async Task Oolong_ModelThatErrs_IsExactOrSaysWhatIsNot(Question question, ReplyFault fault)
    {
        var text = Texts[Sizes[0]];

        var run = await QuestionRun.RunAsync(question, text.Text, new LabelOracle(text.LabelByText, fault));

        Assert.That(run.Result.Answer == question.Answer || IsFlagged(run.Result), $"{run.Result.Outcome}: {run.Result.Answer}, expected {question.Answer}");
    }

    private static bool IsFlagged(RlmResult result) => result.Outcome != RlmOutcome.Answered || (result.IsPartial && result.Losses.Count > 0);

    private static TestCaseData Case(Question question, int size) => new TestCaseData(question, size).SetArgDisplayNames(question.Name, $"{size / 1_000}k");
}
