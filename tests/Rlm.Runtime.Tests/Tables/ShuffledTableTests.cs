namespace Rlm.Runtime.Tests.Tables;

/// <summary>The order of a table's rows changes no answer but the order of rows.</summary>
internal sealed class ShuffledTableTests
{
    private const int TableCount = 300;

    private static readonly string[][] Columns =
    [
        ["1.1", "1.10", "1.2", "A17", "02134", "2134"],
        ["0,125", "1,500", "2,5", "1.234,56", "", "3"],
        ["1,500", "1,234,567", "12", "-", "1.5"],
        ["1,500", "2,5", "1,234.5", "7"],
        ["31/12/2025", "02/01/2026", "03/04/2026", "04/03/2026", ""],
        ["31/12/2025", "02/01/2026", "12/30/2025"],
        ["2015-6-9", "2015-6-30", "2015-6-10", "soon"],
        ["4", "Unknown", "87", "", "12"],
        ["€ 5", "€1,234.50", "€ 7"],
        ["€ 5", "$ 7", "3"],
        ["12%", "7 %", "100%"],
        ["b", "a", "10", "9", "ä", "B"],
        ["10E2", "2024_01", "+49151", "x"],
    ];

    private static readonly string[] Programs =
    [
        "parse csv | count by x | map \"{x}: {count}\" | sort by lower(it)",
        "parse csv | sum x",
        "parse csv | average x",
        "parse csv | median x",
        "parse csv | sum x by k | sort by k | map \"{k} {sum}\"",
        "parse csv | max x",
        "parse csv | min x by k | sort by k | map \"{k} {min}\"",
        "parse csv | distinct by x | sort by x, \"v{x}\" | get x",
        "parse csv | distinct by x | sort by x desc, \"v{x}\" | get x",
        "parse csv | top 2 by x with ties | get x | distinct | sort by it, \"v{it}\"",
        "parse csv | where x > 5 | count",
        "parse csv | where x > date(\"2026-02-01\") | count",
        "parse csv | count by m = month(x) | sort by m | map \"{m} {count}\"",
        "parse csv | select x | distinct by x | sort by x, \"v{x}\" | to json",
    ];

    [Test]
    public async Task Run_ShuffledRows_GivesTheSame()
    {
        var random = new Random(7);
        int told = 0;
        for (int i = 0; i < TableCount; i++)
        {
            string[] values = Columns[i % Columns.Length];
            string[] rows =
                [.. Enumerable.Range(0, 2 + random.Next(30)).Select(_ => $"{"ab"[random.Next(2)]};{values[random.Next(values.Length)]}")];
            string program = Programs[random.Next(Programs.Length)];
            string? first = await AnswerOf(program, rows);
            random.Shuffle(rows);
            Assert.That(await AnswerOf(program, rows), Is.EqualTo(first), $"{program}\n{string.Join('\n', rows)}");
            told += string.IsNullOrEmpty(first) ? 0 : 1;
        }

        Assert.That(told, Is.GreaterThan(TableCount / 2));
    }

    private static async Task<string?> AnswerOf(string program, string[] rows)
    {
        var run = await ProgramRun.RunAsync($"answer {program}", $"k;x\n{string.Join('\n', rows)}\n", new OfflineChatClient());
        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty, program);
        return run.Answer;
    }
}
