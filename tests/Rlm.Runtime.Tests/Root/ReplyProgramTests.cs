using Rlm.Runtime.Root;

namespace Rlm.Runtime.Tests.Root;

internal sealed class ReplyProgramTests
{
    [TestCase("```rlm\nanswer 1\n```", "answer 1", TestName = "Find_OwnFence_GivesInside")]
    [TestCase("```\nanswer 1\n```", "answer 1", TestName = "Find_BareFence_GivesInside")]
    [TestCase("```sql\nlet x = context | lines\n```", "let x = context | lines", TestName = "Find_FenceOfAnotherLanguage_GivesAProgram")]
    [TestCase("```json\n{\"a\": 1}\n```", null, TestName = "Find_FenceOfData_GivesNone")]
    [TestCase("Let me look.\n\n```rlm\nlet x = 1\n```\nand then\n```rlm\nanswer x\n```\nDone.", "let x = 1\nanswer x", TestName = "Find_SeveralFences_AreOneProgram")]
    [TestCase("```json\n{}\n```\n```rlm\nanswer 1\n```", "answer 1", TestName = "Find_OwnAmongOthers_GivesOwn")]
    [TestCase("```rlm\nanswer 1", "answer 1", TestName = "Find_UnclosedFence_GivesTheRest")]
    [TestCase("  ```rlm\r\n  answer 1\r\n  ```", "answer 1", TestName = "Find_IndentedFence_GivesInside")]
    [TestCase("answer context | count", "answer context | count", TestName = "Find_NoFence_GivesTheProgram")]
    [TestCase("I will count.\n\nlet x = context | lines\n  | where it != \"\"\nx | count\n\nThat shows it.", "let x = context | lines\n  | where it != \"\"\nx | count", TestName = "Find_NoFenceWithProse_GivesTheLines")]
    [TestCase("grep \"ERROR\" | count", "grep \"ERROR\" | count", TestName = "Find_NoFenceOpener_GivesTheProgram")]
    [TestCase("The answer is 42.", null, TestName = "Find_Prose_GivesNone")]
    [TestCase("Use | to pipe.\nA sample of the data | would help.", null, TestName = "Find_ProseWithBars_GivesNone")]
    [TestCase("```rlm\n```", null, TestName = "Find_EmptyFence_GivesNone")]
    [TestCase("", null, TestName = "Find_Empty_GivesNone")]
    public void Find(string reply, string? program) => Assert.That(ReplyProgram.Find(reply), Is.EqualTo(program));
}
