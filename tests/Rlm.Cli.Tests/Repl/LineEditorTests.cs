using System.Text;
using Rlm.Cli.Repl;

namespace Rlm.Cli.Tests.Repl;

internal sealed class LineEditorTests
{
    private static readonly Dictionary<string, ConsoleKeyInfo> Keys = new()
    {
        ["<left>"] = new('\0', ConsoleKey.LeftArrow, false, false, false),
        ["<right>"] = new('\0', ConsoleKey.RightArrow, false, false, false),
        ["<up>"] = new('\0', ConsoleKey.UpArrow, false, false, false),
        ["<down>"] = new('\0', ConsoleKey.DownArrow, false, false, false),
        ["<home>"] = new('\0', ConsoleKey.Home, false, false, false),
        ["<end>"] = new('\0', ConsoleKey.End, false, false, false),
        ["<delete>"] = new('\0', ConsoleKey.Delete, false, false, false),
        ["<back>"] = new('\b', ConsoleKey.Backspace, false, false, false),
        ["<tab>"] = new('\t', ConsoleKey.Tab, false, false, false),
    };

    [TestCase("abc", "abc")]
    [TestCase("bc<home>a<end>d", "abcd")]
    [TestCase("ac<left>b", "abc")]
    [TestCase("abx<back>c", "abc")]
    [TestCase("xabc<home><delete>", "abc")]
    [TestCase("one two<C-w>three", "one three")]
    [TestCase("one two<C-a><C-k>three", "three")]
    [TestCase("one two<C-u>three", "three")]
    [TestCase("one<C-b><C-b><C-f>X<C-e>Y", "onXeY")]
    [TestCase("a\U0001F600b", "a\U0001F600b")]
    [TestCase("a\U0001F600<back>b", "ab")]
    [TestCase("a\U0001F600<left><left>b", "ba\U0001F600")]
    [TestCase("<up>", "second")]
    [TestCase("<up><up>", "first")]
    [TestCase("<up><up><up>!", "first!")]
    [TestCase("typed<up><down>", "typed")]
    [TestCase("fir<C-r>", "first")]
    [TestCase("s<C-r><C-r>", "first")]
    [TestCase("<C-r>fir", "first")]
    [TestCase("<C-r>s", "second")]
    [TestCase("<C-r>s<C-r>", "first")]
    [TestCase("<C-r>sx<back><C-r>", "first")]
    [TestCase("<C-r>fir<left>!", "firs!t")]
    [TestCase("kept<C-r><C-g>!", "kept!")]
    [TestCase("x<C-r>second<C-c>y", "xy")]
    [TestCase("中文<left>a", "中a文")]
    [TestCase("xe\u0301<left>y", "xye\u0301")]
    [TestCase("xe\u0301<back>", "x")]
    [TestCase("\U0001F468\u200D\U0001F469\u200D\U0001F467x<left><left>y", "y\U0001F468\u200D\U0001F469\u200D\U0001F467x")]
    [TestCase("gr<tab>", "grep")]
    [TestCase("x gr<tab> y", "x grep y")]
    [TestCase("cou<tab>", "count")]
    [TestCase("coun<tab><tab>", "country")]
    [TestCase("z<tab>", "z")]
    public void Read_Keys_GiveTheLine(string keys, string line) => Assert.That(Edit(keys, out _), Is.EqualTo(line));

    [Test]
    public void Read_CharacterOfTwoHalves_IsShownWhole()
    {
        Edit("a\U0001F44Db", out string shown);

        Assert.That(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(shown), Throws.Nothing);
    }

    [Test]
    public void Read_CursorInTheLine_IsPutWhereTheTerminalSavedIt()
    {
        Edit("中文<left>", out string shown);

        Assert.That(shown, Does.Contain("\r> 中\u001b7文\u001b[K\u001b8"));
    }

    [Test]
    public void Read_WideLineLongerThanTheTerminal_IsCutByItsColumns()
    {
        Edit(string.Concat(Enumerable.Repeat("中", 50)), out string shown);

        Assert.That(shown.Split('\r').Max(part => part.Sum(character => character switch { '中' => 2, '>' or ' ' => 1, _ => 0 })), Is.EqualTo(38));
    }

    [Test]
    public void Read_SeveralWords_ShowsThem()
    {
        Edit("co<tab>", out string shown);

        Assert.That(shown, Does.Contain("\ncount    country  cot\n"));
    }

    [Test]
    public void Read_LineLongerThanTheTerminal_ShowsWhereTheCursorIs()
    {
        Edit($"{new string('a', 100)}xyz", out string shown);

        Assert.That(shown.Split('\r').Max(part => part.Replace("\u001b[K", "").Length), Is.LessThanOrEqualTo(40));
        Assert.That(shown, Does.Contain("xyz\u001b[K"));
    }

    [Test]
    public void Read_ControlC_GivesTheLineUp() => Assert.Throws<OperationCanceledException>(() => Edit("abc<C-c>", out _));

    [Test]
    public void Read_ControlD_EndsAnEmptyLineAndDeletesInAnother()
    {
        Assert.That(Edit("<C-d>", out _), Is.Null);
        Assert.That(Edit("abc<home><C-d>", out _), Is.EqualTo("bc"));
    }

    [Test]
    public void History_File_IsOfTheUserAloneAndReadAgain()
    {
        string path = Path.Combine(TestFiles.NewDirectory(), "state", "rlm", "history");
        var history = new LineHistory(path);
        history.Add("lines |\ncount");
        history.Add("lines | count");
        history.Add("lines # all\n| last");

        Assert.That(new LineHistory(path).Entries, Is.EqualTo(new[] { "lines | count", "lines # all", "| last" }));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void History_LongFile_IsCutToTheNewest()
    {
        string path = TestFiles.NewFile(string.Join('\n', Enumerable.Range(0, 2_500)) + "\n");

        Assert.That(new LineHistory(path).Entries, Is.EqualTo(Enumerable.Range(1_500, 1_000).Select(number => $"{number}")));
        Assert.That(File.ReadAllLines(path), Has.Length.EqualTo(1_000));
    }

    private static string? Edit(string keys, out string shown)
    {
        var pressed = new Queue<ConsoleKeyInfo>(Press(keys).Append(new('\r', ConsoleKey.Enter, false, false, false)));
        var history = new LineHistory(null);
        history.Add("first");
        history.Add("second");
        var terminal = new StringWriter { NewLine = "\n" };
        string[] words = ["count", "country", "cot", "grep"];
        var editor = new LineEditor(pressed.Dequeue, terminal, () => 40, history, (line, cursor) =>
        {
            int start = line.LastIndexOf(' ', Math.Max(0, cursor - 1)) + 1;
            return (start, [.. words.Where(word => word.StartsWith(line[start..cursor], StringComparison.Ordinal) && word != line[start..cursor])]);
        });
        string? line = editor.Read("> ");
        shown = terminal.ToString();
        return line;
    }

    private static IEnumerable<ConsoleKeyInfo> Press(string keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            int end = keys[i] == '<' ? keys.IndexOf('>', i) : -1;
            if (end < 0)
            {
                yield return new(keys[i], ConsoleKey.None, false, false, false);
                continue;
            }

            string name = keys[i..(end + 1)];
            i = end;
            yield return name.StartsWith("<C-", StringComparison.Ordinal)
                ? new((char)(name[3] - 'a' + 1), ConsoleKey.A + (name[3] - 'a'), false, false, true)
                : Keys[name];
        }
    }
}
