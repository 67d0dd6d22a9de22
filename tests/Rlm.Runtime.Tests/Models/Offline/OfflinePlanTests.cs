namespace Rlm.Runtime.Tests.Models.Offline;

internal sealed class OfflinePlanTests
{
    private static readonly (string Question, string Card)[] Cases =
    [
        ("Which label is most common: spam or ham?", OfflinePrompt.Oolong),
        ("How many messages are spam in March?", OfflinePrompt.Oolong),
        ("For user 63685, is the label spam more common or less common than ham?", OfflinePrompt.Oolong),
        ("Which user has the most messages labelled spam?", OfflinePrompt.Oolong),
        ("Which user has the most messages?", OfflinePrompt.Oolong),
        ("How many errors are there?", OfflinePrompt.Log),
        ("Which host has the most errors?", OfflinePrompt.Log),
        ("How many errors per host?", OfflinePrompt.Log),
        ("How many errors per hour?", OfflinePrompt.Log),
        ("What percentage of lines are errors?", OfflinePrompt.Log),
        ("What is the average took by path?", OfflinePrompt.Log),
        ("Which path is slowest on average?", OfflinePrompt.Log),
        ("How many requests took more than 500 ms?", OfflinePrompt.Log),
        ("What was the first error?", OfflinePrompt.Log),
        ("Why did the pool run out?", OfflinePrompt.Log),
        ("What is the total amount per customer?", OfflinePrompt.Csv),
        ("What is the total revenue per month?", OfflinePrompt.Csv),
        ("Which products did Acme buy?", OfflinePrompt.Csv),
        ("How many different customers are there?", OfflinePrompt.Csv),
        ("Who spoke most often: which speaker has the most remarks?", OfflinePrompt.JsonLines),
        ("How many messages mention \"ship\"?", OfflinePrompt.JsonLines),
        ("Who sent the most mails?", OfflinePrompt.Mails),
        ("How many lines mention a refund?", OfflinePrompt.Mails),
        ("which customers asked for a refund, and why?", OfflinePrompt.Mails),
        ("How many times does \"night\" occur?", OfflinePrompt.Prose),
        ("Who killed Roger Ackroyd?", OfflinePrompt.Prose),
        ("Summarise the novel in five sentences.", OfflinePrompt.Prose),
        ("What is the most common word?", OfflinePrompt.Prose),
        ("Is \"night\" more common than \"day\"?", OfflinePrompt.Prose),
        ("Does anyone mention a \"C:\\temp {x}/y\"?", OfflinePrompt.Prose),
        ("Which documents mention an indemnity?", OfflinePrompt.Docs),
        ("How many documents mention arbitration?", OfflinePrompt.Docs),
    ];

    [Test]
    public void Reply_QuestionAndCard_WritesTheProgram()
    {
        string[] programs = [.. Cases.Select(static c => $"### {c.Question}\n{OfflinePrompt.Root(c.Question, c.Card)}")];

        Snapshot.Verify(string.Join("\n\n", programs) + "\n");
    }

    [Test]
    public void Reply_AfterDiagnostics_NeverRepeatsAProgramBeforeTheLast([Values(0, 50)] int callsLeft)
    {
        foreach ((string question, string card) in Cases)
        {
            List<string> replies = [];
            do
                replies.Add(OfflinePrompt.Root(question, card, callsLeft, [.. replies]));
            while (!replies[^1].Contains("found no answer", StringComparison.Ordinal) && replies.Count < 20);

            Assert.That(replies, Is.Unique);
            Assert.That(replies, Has.Count.LessThan(9));
            if (callsLeft == 0)
                Assert.That(replies, Has.None.Contains("llm"));
        }
    }
}
