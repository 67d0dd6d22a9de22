using Rlm.Cli.Contexts;
using Rlm.Runtime.Texts;

namespace Rlm.Cli.Tests.Contexts;

internal sealed class ContextFilesTests
{
    private string _root = "";

    [SetUp]
    public void MakeFiles()
    {
        _root = TestFiles.NewDirectory();
        foreach (string name in (string[])["b.txt", "a.txt", "c.log", ".hidden", "sub/d.txt", "sub/deep/e.txt", ".git/config"])
        {
            string path = Path.Combine(_root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
        }
    }

    [TearDown]
    public void DeleteFiles() => Directory.Delete(_root, recursive: true);

    [TestCase("", "a.txt b.txt c.log sub/d.txt sub/deep/e.txt")]
    [TestCase("/", "a.txt b.txt c.log sub/d.txt sub/deep/e.txt")]
    [TestCase("/*.txt", "a.txt b.txt")]
    [TestCase("/?.txt", "a.txt b.txt")]
    [TestCase("/**/*.txt", "a.txt b.txt sub/d.txt sub/deep/e.txt")]
    [TestCase("/s*/*.txt", "sub/d.txt")]
    [TestCase("/sub/**", "d.txt deep/e.txt")]
    public void List_DirectoryOrGlob_IsInOrderOfName(string pattern, string names) =>
        Assert.That(string.Join(' ', ContextFiles.List(_root + pattern).Select(file => file.Name)), Is.EqualTo(names));

    [Test]
    public void List_Paths_LeadToTheFiles() =>
        Assert.That(ContextFiles.List(_root).Select(file => File.ReadAllText(file.Path)), Is.EqualTo(ContextFiles.List(_root).Select(file => file.Name)));

    [Test]
    public void List_LinkToAParent_IsNotFollowed()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "sub", "loop"), _root);

        Assert.That(ContextFiles.List(_root), Has.Count.EqualTo(5));
    }

    [Test]
    public void List_FileNamedLikeAGlob_IsThatFile()
    {
        string path = Path.Combine(_root, "what?.txt");
        File.WriteAllText(path, "");

        Assert.That(ContextFiles.IsMany(path), Is.False);
        Assert.That(ContextFiles.List(path), Is.EqualTo(new[] { (path, "what?.txt") }));
    }

    [TestCase("/*.csv", "no file matches")]
    [TestCase("/none/*.csv", "cannot be read")]
    public void List_NothingThere_Throws(string pattern, string what) =>
        Assert.That(() => ContextFiles.List(_root + pattern), Throws.InstanceOf<TextException>().With.Message.StartsWith(_root + pattern).And.Message.Contains(what));

    [Test]
    public void List_EmptyDirectory_Throws()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_root, "empty")).FullName;

        Assert.That(() => ContextFiles.List(empty), Throws.InstanceOf<TextException>().With.Message.EqualTo($"{empty}: no file in the directory"));
    }
}
