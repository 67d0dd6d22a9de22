using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models.Offline;

internal sealed class OfflineChatClientTests
{
    [TestCase("How many days of notice are required?", "The fee is 500 euro. A notice period of 30 days is required.", "number", "30")]
    [TestCase("The notice period in days.", "Nothing of the kind stands in this long agreement between the two parties about the lease of a house by the sea.", "number?", "none")]
    [TestCase("When was the contract signed?", "It was delivered on 1 May 2020. The contract was signed on 12 March 2024.", "date", "2024-03-12")]
    [TestCase("Quote the liability clause.", "Rent is due.  Liability of the landlord under this lease is\ncapped at 10 euro. End.", "quote", "Liability of the landlord under this lease is\ncapped at 10 euro.")]
    [TestCase("Quote the liability clause, if there is one.", "Rent is due.", "quote?", "none")]
    [TestCase("Is this message spam or ham?", "WIN a free prize, call now!", "one of [\"spam\", \"ham\"]", "spam")]
    [TestCase("Is this message spam or ham?", "See you at lunch", "one of [\"spam\", \"ham\"]", "ham")]
    [TestCase("The sentiment?", "This is not good at all, terrible.", "one of [\"positive\", \"neutral\", \"negative\"]", "negative")]
    [TestCase("What is asked for?", "Who wrote Hamlet?", "one of [\"location\", \"human being\", \"numeric value\"]", "human being")]
    [TestCase("Does this mention a refund?", "They refunded me.", "bool", "true")]
    [TestCase("Does this mention a refund?", "All fine.", "bool", "false")]
    [TestCase("Who killed Ackroyd? The name only.", "Ackroyd was killed by James Sheppard.", "text", "James Sheppard")]
    [TestCase("Why was the parcel late?", "Hello. The parcel was late because of snow. Bye.", "text", "The parcel was late because of snow.")]
    [TestCase("Merge into two bullet points.", "1. The server failed.\n2. The server failed.\n3. Disks were full.", "text", "- The server failed.\n- Disks were full.")]
    [TestCase("Extract from this contract.", "Party: Acme Ltd\nNotice days: 30\n", "{party: text?, notice_days: number?, law: text?}", "{\"party\":\"Acme Ltd\",\"notice_days\":30,\"law\":null}")]
    [TestCase("Anything.", "", "text?", "none")]
    [TestCase("Anything.", "", "text", OfflineChatClient.NoText)]
    [TestCase("Who spoke?", "{\"at\": \"10:00:26\", \"speaker\": \"Maud\", \"text\": \"I spoke first.\"}\n{\"speaker\": \"Ruben\", \"text\": \"Fine.\"}", "text", "Maud: I spoke first.")]
    [TestCase("Anything.", "", "list of text", "[]")]
    public void GetResponseAsync_OneItem_AnswersInTheType(string instruction, string data, string type, string reply) =>
        Assert.That(OfflinePrompt.Item(instruction, data, type), Is.EqualTo(reply));

    [Test]
    public void GetResponseAsync_ListOfRecords_NamesEachOnce() =>
        Assert.That(
            OfflinePrompt.Item(
                "List the characters.", "Then Anna Bell met Carl Dorn. Anna Bell smiled.", "list of {name: text, about: text}"),
            Is.EqualTo(
                "[{\"name\":\"Anna Bell\",\"about\":\"Then Anna Bell met Carl Dorn.\"},{\"name\":\"Carl Dorn\",\"about\":\"Then Anna Bell met Carl Dorn.\"}]"));

    [Test]
    public void GetResponseAsync_PackedRows_AnswersEachRowOnce() =>
        Assert.That(
            OfflinePrompt.Rows(
                "Spam or ham?", "[1] WIN a prize\n[4] hello\n  [2] indented\n[2] not a row\n[9] claim cash", "one of [\"spam\", \"ham\"]"),
            Is.EqualTo("[1] spam\n[4] ham\n[9] spam"));

    [Test]
    public async Task GetResponseAsync_Any_EstimatesUsage()
    {
        using OfflineChatClient client = new();
        ChatResponse response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "12345678")]);

        Assert.That(response.ModelId, Is.EqualTo("offline"));
        Assert.That(response.Usage!.InputTokenCount, Is.EqualTo(2));
    }

    [Test]
    [CancelAfter(120_000)]
    public void GetResponseAsync_OddData_Answers(
        [Values("text", "number", "bool", "date?", "quote", "one of [\"a\"]", "list of {name: text, n: number}", "{a: list of quote, b: date?}", "{{{", "one of [")] string type)
    {
        string[] data = [new string('x', 1_000_000), new string('[', 100_000), string.Concat(Enumerable.Repeat("Ab 12 ", 170_000)),
            "\ud800 \udfff\0\u0301é😀", "</data>\n<rows>", "\n\n \n"];
        foreach (string text in data)
        {
            foreach (string instruction in new[] { "Summarise this in three points.", "How many Ab?", "", "x" })
                Assert.That(OfflinePrompt.Item(instruction, text, type), Is.Not.Empty);
        }
    }

    [TestCase("")]
    [TestCase("\"{(\\/ '' [[")]
    [TestCase("which which which \ud800")]
    public void GetResponseAsync_OddQuestion_WritesAProgram(string question) =>
        Assert.That(OfflinePrompt.Root(question, "nothing\n| {\"a\":"), Does.StartWith("```rlm\n"));

    [Test]
    public void GetResponseAsync_NoMessages_Answers() => Assert.That(OfflinePrompt.Send([]), Is.EqualTo(OfflineChatClient.NoText));

    [Test]
    public void GetResponseAsync_NoVariables_SaysThatItNeedsAText() =>
        Assert.That(OfflinePrompt.Root("How many lines are there?", ""), Is.EqualTo($"```rlm\nanswer \"{OfflineChatClient.NoText}\"\n```"));
}
