namespace Rlm.Runtime.Tests.Texts.Sources;

/// <summary>Texts that cannot be read, alone and among others.</summary>
internal sealed class UnreadableTextsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("rlm-unread-").FullName;
        File.WriteAllBytes(Path.Combine(_folder, "b.gz"), [0x1F, 0x8B, 0x08, 0, 0, 0]);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("")]
    [TestCase("/*")]
    public async Task FromDirectoryOrGlob_OneOfManyIsDamaged_TheOthersAreReadAndItIsToldAsPartial(string glob)
    {
        File.WriteAllText(Path.Combine(_folder, "a.txt"), "one\n");
        File.WriteAllText(Path.Combine(_folder, "c.txt"), "two\n");

        var texts = TextSource.FromDirectoryOrGlob(_folder + glob);
        var result = await Language.ProgramRun.ResultOf(
            "answer docs | map \"{name} {size}\"", RlmVariable.Documents("docs", texts), new ScriptedChatClient());

        Assert.That(result.Answer, Is.EqualTo("a.txt 4\nb.gz 0\nc.txt 4"));
        Assert.That(result.IsPartial, Is.True);
        Assert.That(result.Reasons.Single(), Does.StartWith(
            "1 of the 3 texts of `docs`, such as `b.gz`, is not read in full: it is a damaged gzip file: "));
    }

    [TestCase("")]
    [TestCase("/*.gz")]
    [TestCase("/b.gz")]
    public void FromDirectoryOrGlob_NothingCanBeRead_IsAnError(string path) =>
        Assert.That(
            () => TextSource.FromDirectoryOrGlob(_folder + path),
            Throws.TypeOf<TextException>().With.Message.StartsWith($"`{Path.Combine(_folder, "b.gz")}` is a damaged gzip file: "));
}
