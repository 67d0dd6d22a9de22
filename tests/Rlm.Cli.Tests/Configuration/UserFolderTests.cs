using Rlm.Cli.Configuration;

namespace Rlm.Cli.Tests.Configuration;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class UserFolderTests
{
    [TestCase("/state", "/home/a", "/state/rlm")]
    [TestCase("", "/home/a", "/home/a/.local/state/rlm")]
    [TestCase("state", "/home/a", "/home/a/.local/state/rlm")]
    [TestCase("", "", null)]
    public void FindState_Environment_TellsTheFolder(string state, string home, string? path) =>
        Assert.That(UserFolder.FindState(name => name == "HOME" ? home : name == "XDG_STATE_HOME" ? state : null), Is.EqualTo(path));

    [Test]
    public void Write_FileOfAnyMode_IsTheUsersOwn()
    {
        string path = TestFiles.NewFile("old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        UserFolder.Write(path, "new");

        Assert.That((File.ReadAllText(path), UserFolder.IsOpenToOthers(path)), Is.EqualTo(("new", false)));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Has.Length.EqualTo(1));
    }

    [Test]
    public void Write_LinkToAFile_ChangesTheFile()
    {
        string target = TestFiles.NewFile("old"), link = Path.Combine(TestFiles.NewDirectory(), "link");
        File.CreateSymbolicLink(link, target);

        UserFolder.Write(link, "new");

        Assert.That((File.ReadAllText(target), new FileInfo(link).LinkTarget), Is.EqualTo(("new", target)));
    }
}
