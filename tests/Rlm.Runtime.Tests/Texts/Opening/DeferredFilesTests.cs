using System.Collections.Concurrent;
using System.Globalization;
using Rlm.Runtime.Journal;

namespace Rlm.Runtime.Tests.Texts.Opening;

/// <summary>Files of a folder that are read when they are used.</summary>
internal sealed class DeferredFilesTests
{
    private const int Many = 200;

    private string _directory = "";

    [SetUp]
    public void MakeFolder()
    {
        _directory = Directory.CreateTempSubdirectory("rlm-deferred-").FullName;
        for (int i = 0; i < Many; i++)
            File.WriteAllText(Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{i:000}.odd")), string.Create(CultureInfo.InvariantCulture, $"text {i}"));
    }

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [TestCase("context | count", "200", 0)]
    [TestCase("context | first 1", "text 0", 1)]
    [TestCase("context | grep /text/ | first 1", "text 0", 1)]
    public async Task Run_ProgramThatNeedsFew_ReadsThoseAlone(string program, string answer, int reads)
    {
        var reader = new WordReader();

        var result = await RunAsync(program, reader);

        Assert.That((result.Answer, result.IsPartial, reader.Read.Count), Is.EqualTo((answer, false, reads)));
    }

    [Test]
    public async Task Run_FewFromTheStart_ReadsLittleAhead()
    {
        var reader = new WordReader();

        await RunAsync("context | first 3", reader);

        Assert.That(reader.Read, Has.Count.InRange(3, 3 + (2 * Environment.ProcessorCount)));
    }

    [Test]
    public async Task Run_All_ReadsEachOnceInOrder()
    {
        var reader = new WordReader();

        var result = await RunAsync("context | map \"{name} {it}\" | last 2", reader);

        Assert.That(result.Answer, Is.EqualTo("198.odd text 198\n199.odd text 199"));
        Assert.That(reader.Read.Values, Is.All.EqualTo(1));
        Assert.That(reader.Read, Has.Count.EqualTo(Many));
    }

    [TestCase("context | first 1", false)]
    [TestCase("context | grep /text/ | count", true)]
    public async Task Run_ReadersGap_IsToldWhereItWasNeeded(string program, bool isPartial)
    {
        File.WriteAllText(Path.Combine(_directory, "100.odd"), "!it is sealed");

        var result = await RunAsync(program, new WordReader());

        Assert.That(result.IsPartial, Is.EqualTo(isPartial));
        Assert.That(string.Join('\n', result.Reasons), isPartial ? Does.Contain("`100.odd`, is not read in full: it is sealed") : Is.Empty);
    }

    [Test]
    public async Task Run_FirstIsRefused_ReadsOnToOneThatIsNot()
    {
        File.WriteAllText(Path.Combine(_directory, "000.odd"), "!it is sealed");
        File.WriteAllText(Path.Combine(_directory, "001.odd"), "!it is sealed");
        var reader = new WordReader();

        var result = await RunAsync("context | first 1 | map \"{name} {size}\"", reader);

        Assert.That((result.Answer, result.IsPartial, reader.Read.Count), Is.EqualTo(("000.odd 0", true, 3)));
    }

    [TestCase("context | map size")]
    [TestCase("context | first 1")]
    public async Task Run_AllAreRefused_Fails(string program)
    {
        foreach (string file in Directory.GetFiles(_directory))
            File.WriteAllText(file, "!it is sealed");

        var result = await RunAsync(program, new WordReader());

        Assert.That((result.Outcome, result.Answer), Is.EqualTo((RlmOutcome.Failed, default(string))));
        Assert.That(result.Diagnostics.Single().Message, Does.Contain("it is sealed"));
    }

    [Test]
    public void ContextMark_FilesThatAreNotRead_ShowsThatOneChanged()
    {
        var reader = new WordReader();
        var before = ContextMark.Of(Open(reader));
        File.WriteAllText(Path.Combine(_directory, "199.odd"), "text 1-9");

        Assert.That(ContextMark.Of(Open(reader)), Is.Not.EqualTo(before));
        Assert.That(reader.Read, Is.Empty);
    }

    [Test]
    public void ContextMark_AnotherReader_IsAnotherContext()
    {
        var before = ContextMark.Of(Open(new WordReader { Name = "cat" }));

        Assert.That(ContextMark.Of(Open(new WordReader { Name = "cat" })), Is.EqualTo(before));
        Assert.That(ContextMark.Of(Open(new WordReader { Name = "tac" })), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Run_MailOfAFolderThatIsRefused_IsAMailWithoutFields()
    {
        var reader = new WordReader(RlmFileContent.Mail);
        File.WriteAllText(Path.Combine(_directory, "001.odd"), "!it is sealed");

        var result = await RunAsync("context | first 3 | map \"{name} {subject}\"", reader);

        Assert.That((result.Answer, result.IsPartial), Is.EqualTo(("000.odd text 0\n001.odd \n002.odd text 2", true)));
    }

    private RlmVariable Open(WordReader reader) => RlmVariable.Documents("context", TextSource.FromDirectoryOrGlob(_directory, reader: reader));

    private async Task<RlmResult> RunAsync(string program, WordReader reader) =>
        (await ProgramRun.RunAsync(new RlmSession(new ScriptedChatClient(), [Open(reader)]), $"answer {program}")).Result;

    /// <summary>Reads what a file says, and refuses what begins with an exclamation mark.</summary>
    private sealed class WordReader(RlmFileContent content = RlmFileContent.Text) : IRlmFileReader
    {
        /// <summary>How often each file was read.</summary>
        public ConcurrentDictionary<string, int> Read { get; } = [];

        public string Name { get; init; } = "";

        public string IdentityOf(string path) => Name;

        public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => path.EndsWith(".odd", StringComparison.Ordinal) ? content : null;

        void IRlmFileReader.Read(string path, Stream file, IRlmFileText text)
        {
            Read.AddOrUpdate(path, 1, static (_, count) => count + 1);
            using var reader = new StreamReader(file);
            string words = reader.ReadToEnd();
            if (words is ['!', .. var reason])
                throw new InvalidDataException(reason);
            if (content == RlmFileContent.Mail)
                text.StartMail("", new RlmMailHeader("Ann", "Ben", null, words));
            text.Write(words);
        }
    }
}
