using Rlm.Runtime.Models;

namespace Rlm.Runtime.Tests.Models;

internal sealed class ReplyThoughtsTests
{
    [TestCase("<think>```rlm\nanswer 2\n```</think>```rlm\nanswer 1\n```", "```rlm\nanswer 1\n```", TestName = "Strip_Program_IsTheOneBehind")]
    [TestCase("I could ```rlm\nanswer 2\n``` but\n</think>\n```rlm\nanswer 1\n```", "```rlm\nanswer 1\n```", TestName = "Strip_ThoughtWithoutStart_IsLeftOut")]
    [TestCase("<think>answer 2", "", TestName = "Strip_UnclosedThought_GivesNothing")]
    [TestCase("```\n<think>\n</think>\n```", "```\n<think>\n</think>\n```", TestName = "Strip_MarksInAFence_Stay")]
    [TestCase("A </b> tag, `</think>` too.", "A </b> tag, `</think>` too.", TestName = "Strip_QuotedMark_Stays")]
    [TestCase("<|start|>assistant<|channel|>final <|constrain|>json<|message|>{\"a\": 1}<|end|>", "{\"a\": 1}", TestName = "Strip_FinalChannelAlone_GivesItsMessage")]
    [TestCase("<|channel|>commentary to=x<|message|>hm<|end|>", "", TestName = "Strip_NoFinalChannel_GivesNothing")]
    [TestCase("analysis of the data", "analysis of the data", TestName = "Strip_AnswerThatBeginsLikeAChannel_Stays")]
    public void Strip(string reply, string answer) => Assert.That(ReplyThoughts.Strip(reply), Is.EqualTo(answer));

    [Test]
    public void Strip_ManyMarks_TakesNoLonger() =>
        Assert.That(ReplyThoughts.Strip(string.Concat(Enumerable.Repeat("`</think>` <|channel|>final ", 50_000))), Does.StartWith("`</think>`"));
}
