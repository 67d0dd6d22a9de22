using System.Diagnostics;
using System.Text;

namespace Rlm.Runtime.Tests.Journal;

/// <summary>
/// Nothing of a journal that is not as it was written is ever taken for a reply, and one that is only begun can be gone on with.
/// </summary>
internal sealed class DamagedJournalTests : JournalFileFixture
{
    private const string Program = "answer context | lines | map llm \"Say {it}\" pack 1";
    private const string Context = "a\nb\nc";
    private const string Answer = "reply to a\nreply to b\nreply to c";

    [Test]
    public async Task Resume_AnyBitFlipped_GivesTheSameAnswerOrIsRefused()
    {
        byte[] whole = await WriteAsync();
        int refused = 0, asked = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(JournalPath, damaged);

            var model = Model();
            string? answer = await TryResumeAsync(model);

            Assert.That(answer, Is.Null.Or.EqualTo(Answer), $"byte {at}");
            refused += answer is null ? 1 : 0;
            asked += model.CallCount;
        }

        int head = Array.IndexOf(whole, (byte)'\n') + 1;
        Assert.That(refused, Is.EqualTo(head), "only a damaged head is refused");
        Assert.That(asked, Is.GreaterThan(0));
    }

    [Test]
    public async Task Resume_RandomDamage_GivesTheSameAnswerOrIsRefused()
    {
        byte[] whole = await WriteAsync();
        var random = new Random(20261128);
        for (int i = 0; i < 500; i++)
        {
            var damaged = whole.ToList();
            for (int change = random.Next(3); change >= 0; change--)
                Damage(damaged, random);
            await File.WriteAllBytesAsync(JournalPath, [.. damaged]);

            Assert.That(await TryResumeAsync(Model()), Is.Null.Or.EqualTo(Answer), Encoding.UTF8.GetString([.. damaged]));
        }
    }

    [TestCase("swapped replies", "\"reply to a\"", "\"reply to b\"")]
    [TestCase("changed reply", "\"reply to a\"", "\"reply to x\"")]
    public async Task Resume_ReplyChangedByHand_IsAskedAgainAndTold(string _, string from, string to)
    {
        string whole = Encoding.UTF8.GetString(await WriteAsync());
        await File.WriteAllTextAsync(JournalPath, whole.Replace(to, "\0", StringComparison.Ordinal).Replace(from, to, StringComparison.Ordinal)
            .Replace("\0", from, StringComparison.Ordinal));
        var model = Model();
        using var journal = RlmJournal.Resume(JournalPath, JournalSync.Off);

        var run = await ProgramRun.RunAsync(Program, Context, model, new RlmOptions { Journal = journal });

        Assert.That((run.Answer, model.CallCount), Is.EqualTo((Answer, to.Contains('x', StringComparison.Ordinal) ? 1 : 2)));
        Assert.That(
            run.Notes.Single(),
            Does.Match(
                $"^lines? [0-9, ]+ of the journal `{JournalPath}` (is|are) damaged, doubled, or behind missing ones: what they held is asked for again$"));
    }

    [TestCase(1, 2)]
    [TestCase(2, 1)]
    [TestCase(1, 1)]
    public async Task Resume_LinesMovedDoubledOrDropped_AreTold(int first, int second)
    {
        string[] lines = Encoding.UTF8.GetString(await WriteAsync()).TrimEnd('\n').Split('\n');
        int[] calls = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains("\"event\":\"call\"", StringComparison.Ordinal))];
        string[] changed = [.. lines];
        (changed[calls[1]], changed[calls[2]]) = (lines[calls[first]], lines[calls[second]]);
        await File.WriteAllTextAsync(JournalPath, string.Join('\n', changed) + "\n");

        using var journal = RlmJournal.Resume(JournalPath, JournalSync.Off);
        var run = await ProgramRun.RunAsync(Program, Context, Model(), new RlmOptions { Journal = journal });

        Assert.That(run.Answer, Is.EqualTo(Answer));
        Assert.That(run.Notes.Any(note => note.Contains("damaged", StringComparison.Ordinal)), Is.EqualTo((first, second) != (1, 2)));
    }

    [Test]
    public async Task Replay_Damaged_IsRefusedAndNamesTheLine()
    {
        string whole = Encoding.UTF8.GetString(await WriteAsync());
        await File.WriteAllTextAsync(JournalPath, whole.Replace("reply to b", "reply to x", StringComparison.Ordinal));

        Assert.That(() => RlmJournal.Replay(JournalPath), Throws.TypeOf<IOException>().With.Message.Match(
            "^lines \\d+, \\d+ of the journal .* are damaged, .*resuming it asks for what is lost$"));
        Assert.That(JournalAccount.Read(JournalPath).DamagedLines, Has.Count.EqualTo(2), "the reply and the answer");
    }

    [TestCase("")]
    [TestCase("{\"format\":\"rlm-jour")]
    [TestCase("{\"format\":\"rlm-journal\",\"formatVersion\":3,\"rlmVer")]
    public async Task Resume_EmptyOrTornHead_BeginsAnew(string torn)
    {
        await File.WriteAllTextAsync(JournalPath, torn);

        for (int i = 0; i < 2; i++)
            Assert.That(await TryResumeAsync(i == 0 ? Model() : new ScriptedChatClient()), Is.EqualTo(Answer));
        Assert.That(
            await File.ReadAllTextAsync(JournalPath),
            Does.StartWith("{\"format\":\"rlm-journal\",\"formatVersion\":3,").And.Contain("\"line\":1,\"sum\":\""));
    }

    [Test]
    public async Task Resume_FormatBefore_TakesItsRepliesAndGoesOn()
    {
        string[] lines = Encoding.UTF8.GetString(await WriteAsync()).TrimEnd('\n').Split('\n');
        string before = string.Join('\n', lines.Select(
            line => System.Text.RegularExpressions.Regex.Replace(line, ",\"line\":\\d+,\"sum\":\"[0-9a-f]{16}\"}$", "}"))) + "\n";
        await File.WriteAllTextAsync(JournalPath, before.Replace("\"formatVersion\":3", "\"formatVersion\":2", StringComparison.Ordinal));

        for (int i = 0; i < 2; i++)
            Assert.That(await TryResumeAsync(new ScriptedChatClient()), Is.EqualTo(Answer));
        Assert.That(JournalAccount.Read(JournalPath).DamagedLines, Is.Empty);
    }

    [Test]
    public void Resume_FormatToCome_IsRefused()
    {
        File.WriteAllText(JournalPath, "{\"format\":\"rlm-journal\",\"formatVersion\":4}\n");

        Assert.That(
            () => RlmJournal.Resume(JournalPath),
            Throws.TypeOf<IOException>().With.Message.Contains("has format version 4 and this rlm reads 2 and 3"));
    }

    [Test]
    public async Task Resume_OtherNameOfTheSameFile_IsRefusedWhileItIsWritten([Values("-s", "")] string kind)
    {
        await WriteAsync();
        string link = JournalPath + ".link";
        using (var made = Process.Start("ln", [.. kind.Length > 0 ? [kind] : Array.Empty<string>(), JournalPath, link]))
            await made.WaitForExitAsync();
        try
        {
            using var journal = RlmJournal.Resume(JournalPath, JournalSync.Off);

            Assert.That(
                () => RlmJournal.Resume(link), Throws.TypeOf<IOException>().With.Message.Contains("is being written by another process"));
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Test]
    public async Task Open_NoOrdinaryFile_IsRefusedInWords([Values("pipe", "device", "directory")] string kind)
    {
        string path = kind switch { "device" => "/dev/null", "directory" => Path.GetTempPath(), _ => JournalPath };
        if (kind == "pipe")
        {
            using var made = Process.Start("mkfifo", [path]);
            await made.WaitForExitAsync();
        }

        foreach (Action open in (Action[])[() => RlmJournal.Create(path), () => RlmJournal.Resume(path), () => RlmJournal.Replay(path),
            () => JournalAccount.Read(path)])
            Assert.That(open, Throws.TypeOf<IOException>().With.Message.StartsWith($"the journal `{path}` is a "));
    }

    private static ScriptedChatClient Model() => new(call => $"reply to {call.LastText.Split("<data>\n")[1][0]}");

    private static void Damage(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 200), bytes.Count - at);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(length, bytes.Count - 1));
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                var moved = bytes.GetRange(at, Math.Min(length, bytes.Count - 1));
                bytes.RemoveRange(at, moved.Count);
                bytes.InsertRange(random.Next(bytes.Count), moved);
                break;
            default:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, bytes.Count - 1));
                break;
        }
    }

    private async Task<byte[]> WriteAsync()
    {
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
            await ProgramRun.RunAsync(Program, Context, Model(), new RlmOptions { Journal = journal, Parallel = 1 });
        return await File.ReadAllBytesAsync(JournalPath);
    }

    /// <summary>The answer of a run that goes on; null where the journal is refused.</summary>
    private async Task<string?> TryResumeAsync(ScriptedChatClient model)
    {
        RlmJournal journal;
        try
        {
            journal = RlmJournal.Resume(JournalPath, JournalSync.Off);
        }
        catch (IOException)
        {
            return null;
        }

        using (journal)
            return (await ProgramRun.RunAsync(Program, Context, model, new RlmOptions { Journal = journal, Parallel = 1 })).Answer;
    }
}
