using System.Diagnostics;
using System.Runtime.Versioning;
using Rlm.Runtime.Texts.Walking;

namespace Rlm.Runtime.Tests.Texts.Walking;

/// <summary>What ignore files leave out of a directory.</summary>
internal sealed class IgnoreRulesTests
{
    private static readonly string[] Parts = ["a", "b", "ab", "*.t", "?", "[ab]", "[!a]*", "**", "a*b", "build", @"\!a", "x y", "*"];

    private string _directory = "";

    private string? _home;
    private string? _configuration;

    [SetUp]
    public void MakeDirectory()
    {
        _directory = Directory.CreateTempSubdirectory("rlm-ignore-").FullName;
        (_home, _configuration) = (Environment.GetEnvironmentVariable("HOME"), Environment.GetEnvironmentVariable("XDG_CONFIG_HOME"));
        Environment.SetEnvironmentVariable("HOME", Path.Combine(_directory, "home"));
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", null);
    }

    [TearDown]
    public void RemoveDirectory()
    {
        Environment.SetEnvironmentVariable("HOME", _home);
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", _configuration);
        Directory.Delete(_directory, recursive: true);
    }

    [TestCase("a.log", "a.log", true)]
    [TestCase("a.log", "in/a.log", true)]
    [TestCase("/a.log", "in/a.log", false)]
    [TestCase("in/*.log", "in/a.log", true)]
    [TestCase("in/*.log", "in/deep/a.log", false)]
    [TestCase("in/**/a.log", "in/a.log", true)]
    [TestCase("in/**/a.log", "in/x/y/a.log", true)]
    [TestCase("in/**", "in/x/y/a.log", true)]
    [TestCase("**/deep", "in/deep", true)]
    [TestCase("a.log/", "a.log", false)]
    [TestCase("# a.log", "# a.log", false)]
    [TestCase(@"\#x", "#x", true)]
    [TestCase("a.log  ", "a.log", true)]
    [TestCase(@"a\ ", "a ", true)]
    [TestCase("[a-c].log", "b.log", true)]
    [TestCase("[!a-c].log", "b.log", false)]
    [TestCase("[a", "[a", false)]
    [TestCase("[]]x", "]x", true)]
    [TestCase("a?c", "a/c", false)]
    [TestCase("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    public void IsMatch_Pattern_FollowsGit(string pattern, string path, bool isMatch) =>
        Assert.That(IgnorePattern.Read(pattern)?.IsMatch(path, isDirectory: false) ?? false, Is.EqualTo(isMatch));

    [Test]
    public void FromDirectoryOrGlob_LinksAndOddNames_AreToldAsLeftOut()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            Assert.Ignore("Links need rights there, and names are Unicode.");
        string folder = Directory.CreateDirectory(Path.Combine(_directory, "links")).FullName;
        File.WriteAllText(Path.Combine(folder, "a.txt"), "text");
        File.CreateSymbolicLink(Path.Combine(folder, "b.txt"), Path.Combine(folder, "a.txt"));
        using (var made = System.Diagnostics.Process.Start("sh", ["-c", $"cd '{folder}' && echo x > \"$(printf 'n\\377.txt')\""]))
            made.WaitForExit();
        string? told = null;

        var texts = TextSource.FromDirectoryOrGlob(folder, note => told = note);
        // .NET cannot remove what it cannot name.
        using (var removed = System.Diagnostics.Process.Start("rm", ["-r", folder]))
            removed.WaitForExit();

        Assert.That(texts.Select(text => text.Name), Is.EqualTo(new[] { "a.txt" }));
        Assert.That(
            told, Is.EqualTo($"`{folder}`: 1 file; left out: 1 link, 1 name that is not UTF-8"));
    }

    [Test]
    public void FromDirectory_IgnoredAndBinaryFiles_AreLeftOutAndTold()
    {
        Write(".ignore", "*.log\n!keep.log\nout/\n!.shown\n");
        Write("a.log", "x");
        Write("keep.log", "x");
        Write("out/b.txt", "x");
        Write("in/.ignore", "!a.log\n");
        Write("in/a.log", "x");
        Write(".shown", "x");
        Write("binary", "x\0");
        Write(".gitignore", "keep.log\n");
        string? told = null;

        var names = TextSource.FromDirectoryOrGlob(_directory, note => told = note).Select(source => source.Name);

        Assert.That(names, Is.EqualTo(new[] { ".shown", "in/a.log", "keep.log" }), "without a repository .gitignore does not count");
        Assert.That(
            told, Is.EqualTo($"`{_directory}`: 3 files; left out: 1 binary file (`binary`), 2 ignored files or directories, which are read by their own paths"));
    }

    [TestCase("", "a.md,deep/b.md,deep/c.txt", "3 hidden files or directories")]
    [TestCase("/*.md", "a.md", "2 hidden files or directories")]
    public void FromDirectoryOrGlob_HiddenFilesAndDirectories_AreCounted(string glob, string texts, string leftOut)
    {
        foreach (string file in new[] { "a.md", ".b.md", "deep/b.md", "deep/c.txt", "deep/.c.txt", ".inner/d.md", ".git/HEAD", ".gitignore" })
            Write(file, "x");
        string? told = null;

        var names = TextSource.FromDirectoryOrGlob(_directory + glob, note => told = note).Select(source => source.Name);

        Assert.That(string.Join(',', names), Is.EqualTo(texts));
        Assert.That(told, Does.EndWith($"; left out: {leftOut}"));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void FromDirectory_DirectoryThatMayNotBeRead_IsLeftOutAndTold()
    {
        if (Environment.IsPrivilegedProcess)
            Assert.Ignore("Needs a user whom permissions bind.");
        Write("a.txt", "x");
        string closed = Directory.CreateDirectory(Path.Combine(_directory, "closed")).FullName;
        File.SetUnixFileMode(closed, UnixFileMode.None);
        string? told = null;

        var names = TextSource.FromDirectoryOrGlob(_directory, note => told = note).Select(source => source.Name).ToList();
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.That(names, Is.EqualTo(new[] { "a.txt" }));
        Assert.That(told, Is.EqualTo($"`{_directory}`: 1 file; left out: 1 directory that cannot be read"));
    }

    [TestCase("home/.config/git/ignore", "a.log\n", null, "", "b.log,c.log")]
    [TestCase("home/ex", "a.log\n", "home/.gitconfig", "[core]\n\texcludesFile = ~/ex\n", "b.log,c.log")]
    [TestCase("home/ex", "a.log\n", "home/.gitconfig", "[user]\nname = x\n[CORE]\nExcludesFile=\"~/ex\" # mine\n", "b.log,c.log")]
    [TestCase("home/ex", "a.log\n", "home/.gitconfig", "[core]\nexcludesFile = ~/none\nexcludesFile = ~/ex ; mine\n", "b.log,c.log")]
    [TestCase("home/ex", "a.log\n", "home/.config/git/config", "[core]\nexcludesFile = ~/ex\n", "b.log,c.log")]
    [TestCase("home/.config/git/ignore", "a.log\n", "home/.gitconfig", "[core]\nexcludesFile = ~/none\n", "a.log,b.log,c.log")]
    [TestCase("home/.config/git/ignore", "a.log\n", "home/.gitconfig", "[core]\nexcludesFile =\n", "b.log,c.log")]
    [TestCase("home/.config/git/ignore", "a.log\n", "home/.gitconfig", "[other]\nexcludesFile = ~/ex\n", "b.log,c.log")]
    [TestCase("home/.config/git/ignore", "*.log\n", "repo/.gitignore", "!b.log\n", "b.log")]
    [TestCase("home/.config/git/ignore", "!a.log\n", "repo/.gitignore", "*.log\n!c.log\n", "c.log")]
    [TestCase("home/.config/git/ignore", "/a.log\nrepo/b.log\n", null, "", "b.log,c.log")]
    public void FromDirectory_ExcludesOfTheUser_HoldInARepository(string file, string patterns, string? other, string text, string names)
    {
        foreach (string name in (string[])["repo/a.log", "repo/b.log", "repo/c.log", "plain/a.log"])
            Write(name, "x");
        Directory.CreateDirectory(Path.Combine(_directory, "repo", ".git"));
        Write(file, patterns);
        if (other is not null)
            Write(other, text);

        Assert.That(Walked(Path.Combine(_directory, "repo")), Is.EqualTo(names.Split(',')));
        Assert.That(Walked(Path.Combine(_directory, "plain")), Is.EqualTo(new[] { "a.log" }), "they are git's");
    }

    [Test]
    public void FromDirectory_RandomTrees_AreWalkedAsRipgrepDoes()
    {
        if (!File.Exists("/usr/bin/rg"))
            Assert.Ignore("ripgrep is not installed.");

        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            string root = Path.Combine(_directory, $"tree{seed}");
            foreach (string path in Paths(random))
                Write(Path.Combine(root, path), "x");
            if (random.Next(3) > 0)
                Directory.CreateDirectory(Path.Combine(root, ".git"));
            // In the repository's root, as git and ripgrep do there; elsewhere ripgrep takes these patterns from where it was started.
            Write("home/.config/git/ignore", Patterns(random));
            foreach (string directory in Directory.GetDirectories(root, "*", SearchOption.AllDirectories).Append(root)
                .Where(directory => !directory.EndsWith(".git", StringComparison.Ordinal)))
            {
                foreach (string name in new[] { ".gitignore", ".ignore" })
                {
                    if (random.Next(3) == 0)
                        Write(Path.Combine(directory, name), Patterns(random));
                }
            }

            string[] starts = ["",
                .. Directory.GetDirectories(root).Where(directory => !Path.GetFileName(directory).StartsWith('.')).Take(1)];
            foreach (string start in starts)
                Assert.That(
                    Walked(Path.Combine(root, start)),
                    Is.EqualTo(Ripgrep(root, Path.GetRelativePath(root, Path.Combine(root, start)))),
                    $"seed {seed}, {start}:\n{Rules(root)}");
        }
    }

    private static IEnumerable<string> Paths(Random random)
    {
        string[] names = ["a", "b", "ab", "c.t", "build", "!a", "x y", ".h"];
        for (int i = 0; i < 25; i++)
            yield return string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => names[random.Next(names.Length)]))
                + $"/f{random.Next(4)}.t";
    }

    private static string Patterns(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pattern(random) + "\n"));

    private static string Pattern(Random random)
    {
        string text = string.Join('/', Enumerable.Range(0, random.Next(1, 3))
            .Select(_ => random.Next(4) == 0 ? $"f{random.Next(4)}.t" : Parts[random.Next(Parts.Length)]));
        return $"{(random.Next(4) == 0 ? "!" : "")}{(random.Next(5) == 0 ? "/" : "")}{text}{(random.Next(5) == 0 ? "/" : "")}";
    }

    private static string[] Walked(string directory)
    {
        try
        {
            return [.. TextSource.FromDirectoryOrGlob(directory).Select(source => source.Name)];
        }
        catch (TextException)
        {
            return [];
        }
    }

    private static string[] Ripgrep(string root, string directory)
    {
        var start = new ProcessStartInfo("/usr/bin/rg", ["--files", directory]) { WorkingDirectory = root, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string[] names = [.. process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name[(directory.Length + 1)..])];
        process.WaitForExit();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private string Rules(string root) => string.Concat(Directory.GetFiles(root, ".*ignore", SearchOption.AllDirectories)
        .Append(Path.Combine(_directory, "home", ".config", "git", "ignore"))
        .Select(path => $"{Path.GetRelativePath(root, path)}: {File.ReadAllText(path).ReplaceLineEndings(" | ")}\n"));

    private void Write(string path, string text)
    {
        string full = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
