using Rlm.Runtime.Texts.Walking;

namespace Rlm.Runtime.Tests.Texts.Walking;

internal sealed class MaildirWalkTests
{
    private string _directory = "";

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("rlm-maildir-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Names_Maildir_AreItsMailsAndThoseOfItsFolders()
    {
        foreach (string name in (string[])["cur/1:2,S", "new/2", "tmp/3", "dovecot-uidlist", ".Sent/cur/4:2,", ".Sent/new/5", ".Sent/tmp/6", ".git/config", ".Sent/maildirfolder"])
            Write(name);

        var walk = new DirectoryWalk(null);

        Assert.That(walk.Names(_directory), Is.EqualTo(new[] { ".Sent/cur/4:2,", ".Sent/new/5", "cur/1:2,S", "new/2" }));
        Assert.That(walk.Ignored, Is.EqualTo(4), "two of tmp, two lists");
    }

    [Test]
    public void Names_FoldersCalledSoWithoutTheThird_AreAllFiles()
    {
        foreach (string name in (string[])["cur/1", "new/2", "notes.txt"])
            Write(name);

        Assert.That(new DirectoryWalk(null).Names(_directory), Is.EqualTo(new[] { "cur/1", "new/2", "notes.txt" }));
    }

    private void Write(string name)
    {
        string path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "From: a@x\n\nwords");
    }
}
