namespace Rlm.Runtime.Tests.Operators;

/// <summary>Which lines that an `extract` did not match make its result partial: those that are of the same form.</summary>
internal sealed class ExtractAlikeTests
{
    [TestCase("/sshd.*Failed password for (?<u>\\S+)/", "sshd[1]: Failed password for bob", "sshd[2]: session opened", false)]
    [TestCase("/sshd\\[\\d+\\]: Failed password for (?<u>\\S+)/", "sshd[1]: Failed password for bob", "sshd[2]: session opened", false)]
    [TestCase("/rhost=(?<u>\\S+)/", "failure rhost=bob", "failure rhost=", false)]
    [TestCase("/rhost=(?<u>\\S+)/", "failure rhost=bob", "failure rhost= user=ann", true)]
    [TestCase("\"Name: {u}\"", "Name: bob", "Name: ", false)]
    [TestCase("\"Name: {u}, {n}\"", "Name: bob, 1", "Name: ann", true)]
    [TestCase("/took (?<u>\\d+)ms/", "took 5ms", "took 1.5s", true)]
    [TestCase("/Hits: \\d+ of (?<u>\\d+)/", "Hits: 1 of 2", "Hits: none", true)]
    [TestCase("/sshd.*Failed password for (?<u>[a-z]+) from/", "sshd[1]: Failed password for bob from", "sshd[1]: Failed password for B2 from", true)]
    [TestCase("/abc\\x41(?<u>\\d)/", "abcA1", "abc!", true)]
    [TestCase("/ab?(?<u>\\d)/", "ab1", "abc", false)]
    [TestCase("/error|failed (?<u>\\w+)/", "failed x", "error", false)]
    public async Task Extract_LineThatDoesNotMatch_IsLostWhereItIsOfTheForm(string pattern, string matching, string other, bool isLost)
    {
        string context = string.Join('\n', matching, matching, other);

        var run = await ProgramRun.RunAsync($"answer context | extract {pattern} | count by u", context, new ScriptedChatClient());

        Assert.That((run.Result.Outcome, run.Result.IsPartial), Is.EqualTo((RlmOutcome.Answered, isLost)), string.Join(';', run.Result.Reasons));
    }
}
