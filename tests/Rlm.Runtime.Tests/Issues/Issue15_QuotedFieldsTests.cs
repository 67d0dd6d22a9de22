namespace Rlm.Runtime.Tests.Issues;

/// <summary>A text in quotes that names a field is the field where a function or test looks into it: as a text it would be the same for each row.</summary>
internal sealed class Issue15_QuotedFieldsTests
{
    private const string Table = "Sent On,n\n05/06/2025,1\n17/06/2025,2\n";

    [TestCase("map upper(\"Sent On\")", "map upper(`Sent On`)")]
    [TestCase("map \"Sent On\".split(\"/\")[0]", "map split(`Sent On`, \"/\")[0]")]
    [TestCase("where \"Sent On\" matches /^05/ | count", "where `Sent On` matches /^05/ | count")]
    [TestCase("where \"Sent On\".startswith(\"05/\") | count", "where `Sent On` starts with \"05/\" | count")]
    [TestCase("where \"Sent On\".lower() contains \"05/\" | count", "where lower(`Sent On`) contains \"05/\" | count")]
    [TestCase("map year(date(\"Sent On\"))", "map year(date(`Sent On`))")]
    [TestCase("map length(\"n\")", "map length(n)")]
    [TestCase("map upper(\"other\")", "map \"OTHER\"")]
    [TestCase("map concat(\"n\", n)", "map \"n{n}\"")]
    [TestCase("map pad_left(\"n\", 2)", "map \" n\"")]
    public async Task Run_FieldInQuotes_IsTheField(string quoted, string plain) =>
        Assert.That(await AnswerAsync(quoted), Is.Not.Empty.And.EqualTo(await AnswerAsync(plain)));

    private static async Task<string?> AnswerAsync(string stages) =>
        (await ProgramRun.RunAsync($"answer context | parse csv | {stages}", Table, new ScriptedChatClient())).Answer;
}
