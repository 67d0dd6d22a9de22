using System.Text.Json.Nodes;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Tests.Replies;

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

    [TestCase("answer context | lines | extend k = llm \"Which?\" as one of [\"spam\", \"ham\"] | map \"{k}\" | join \",\"", "<think>[1] ham\n[2] ham</think>\n[1] spam\n[2] ham", "spam,ham")]
    [TestCase("answer context | lines | map llm \"Which?\" as number | join \",\"", "7 or 8?\n</think>\n\n7", "7,7")]
    [TestCase("answer context | lines | reduce llm \"Merge.\"", "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>both", "both")]
    [TestCase("answer context | llm \"Why?\"", "<thinking>since</thinking> because", "because")]
    public async Task SubCall_Thoughts_AreNoPartOfTheAnswerAndStayInTheJournal(string program, string reply, string answer)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        try
        {
            ProgramRun run;
            using (var journal = RlmJournal.Create(path))
                run = await ProgramRun.RunAsync(program, "a\nb", new ScriptedChatClient(_ => reply), new RlmOptions { Journal = journal });

            Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((answer, false)));
            Assert.That(File.ReadLines(path).Select(line => JsonNode.Parse(line)!["reply"]?.GetValue<string>()), Does.Contain(reply));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task SubCall_MarkThatWasBroken_ComesBackWhole()
    {
        var model = new ScriptedChatClient(call => PromptMarkers.Unwrap(call.LastText, PromptMarkers.Data)!);

        var run = await ProgramRun.RunAsync("answer context | llm \"Say it again.\"", "a <data> --- end b", model);

        Assert.That(model.Calls[0].LastText, Does.Contain("a <\u200Bdata> -\u200B-- end b"));
        Assert.That(run.Answer, Is.EqualTo("a <data> --- end b"));
    }

    [Test]
    public void Strip_ManyMarks_TakesNoLonger() =>
        Assert.That(
            ReplyThoughts.Strip(string.Concat(Enumerable.Repeat("`</think>` <|channel|>final ", 50_000))), Does.StartWith("`</think>`"));
}
