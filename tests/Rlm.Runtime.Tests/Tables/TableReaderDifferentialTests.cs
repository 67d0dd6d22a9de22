using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rlm.Runtime.Tests.Tables;

/// <summary>Tables as Rlm reads them, beside how python's csv module does: the same cells, groups, sums, and order.</summary>
internal sealed class TableReaderDifferentialTests
{
    private const int TableCount = 2_000;

    // Cells by name, so that nothing is lost in what an answer prints.
    private const string Program = """
        let rows = context | parse csv
        let known = rows | where month(d) != none
        answer {cells: rows, groups: (rows | count by code), distinct: (rows | distinct by code | get id), sum: (rows | sum n), sums: (rows | sum n by code),
            order: (rows | sort by n | get id), down: (rows | sort by n desc, id desc | get id), days: (known | sort by d | get id), greatest: (rows | max n), last: (rows | max d),
            above: (rows | where n > 100 | get id), months: (known | count by m = month(d))} | to json
        """;

    private const string Reader = """
        import csv, io, json, sys
        from datetime import datetime
        from decimal import Decimal

        def number(text, comma):
            text = text.replace('.', '').replace(',', '.') if comma else text.replace(',', '')
            try:
                return Decimal(text)
            except ArithmeticError:
                return None

        def groups(keys):
            counts = {}
            for key in keys:
                counts[key] = counts.get(key, 0) + 1
            return [[str(key), str(count)] for key, count in counts.items()]

        for line in sys.stdin:
            told = json.loads(line)
            reader = csv.DictReader(io.StringIO(told['text'], newline=''), delimiter=told['delimiter'], doublequote=not told['escaped'],
                                    escapechar='\\' if told['escaped'] else None, strict=True)
            rows = list(reader)
            for row in rows:
                row['number'] = number(row['n'], told['comma'])
                row['time'] = datetime.strptime(row['d'], '%d/%m/%Y' if told['dayFirst'] else '%Y-%m-%d') if row['d'] else None

            def order(row, sign):
                last = 0 if row['number'] is not None else 1 if row['n'] else 2
                return (last, sign * row['number'] if last == 0 else 0)

            # Rows of which not one has a number have no sum; no row sums to 0.
            def total(rows):
                read = [row['number'] for row in rows if row['number'] is not None]
                return plain(sum(read, Decimal(0))) if read or not rows else ''

            sums = {}
            for row in rows:
                sums.setdefault(row['code'], []).append(row)
            read = [row for row in rows if row['number'] is not None]
            dated = [row for row in rows if row['time']]
            plain = lambda value: format(value.normalize() if value else Decimal(0), 'f')
            print(json.dumps({
                'cells': [[row[name] for name in ('id', 'code', 'n', 'd', 'word')] for row in rows],
                'groups': groups(row['code'] for row in rows),
                'distinct': [next(row['id'] for row in rows if row['code'] == key) for key, _ in groups(row['code'] for row in rows)],
                'sum': total(rows),
                'sums': [[key, total(value)] for key, value in sums.items()],
                'order': [row['id'] for row in sorted(rows, key=lambda row: order(row, 1))],
                'down': [row['id'] for row in sorted(sorted(rows, key=lambda row: -int(row['id'])), key=lambda row: order(row, -1))],
                'days': [row['id'] for row in sorted(dated, key=lambda row: row['time'])],
                'greatest': plain(max(row['number'] for row in read)),
                'last': max(row['time'] for row in dated).strftime('%Y-%m-%d'),
                'above': [row['id'] for row in read if row['number'] > 100],
                'months': groups(row['time'].month for row in dated),
            }))
        """;

    [Test]
    public async Task Parse_GeneratedTables_AreWhatPythonReads()
    {
        GeneratedTable[] tables = [.. Enumerable.Range(0, TableCount).Select(GeneratedTable.Of)];
        string[] expected = await ReadByPythonAsync(tables);
        Assert.That(expected, Has.Length.EqualTo(TableCount));

        for (int i = 0; i < tables.Length; i++)
        {
            var run = await ProgramRun.RunAsync(Program, tables[i].Text, new OfflineChatClient());
            string context =
                $"table {i}:\n{tables[i].Text}\n{string.Join('\n', run.Result.Diagnostics.Select(diagnostic => diagnostic.Message))}";
            Assert.That(run.Answer, Is.Not.Null, context);
            Assert.That(Described(run.Answer!, tables[i]).ToJsonString(), Is.EqualTo(JsonNode.Parse(expected[i])!.ToJsonString()), context);
        }
    }

    /// <summary>What python reads of each table, a line of JSON each.</summary>
    private static async Task<string[]> ReadByPythonAsync(GeneratedTable[] tables)
    {
        var start = new ProcessStartInfo("python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8
        };
        start.ArgumentList.Add("-X");
        start.ArgumentList.Add("utf8");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Reader);
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync();
        foreach (var table in tables)
        {
            await python.StandardInput.WriteLineAsync(new JsonObject
            {
                ["text"] = table.Text,
                ["delimiter"] = table.Delimiter.ToString(),
                ["escaped"] = table.IsEscaped,
                ["comma"] = table.HasDecimalComma,
                ["dayFirst"] = table.IsDayFirst,
            }.ToJsonString());
        }

        python.StandardInput.Close();
        string lines = await output;
        await python.WaitForExitAsync();
        Assert.That(python.ExitCode, Is.Zero);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Rlm's answer in the form of the other reader's.</summary>
    private static JsonObject Described(string answer, GeneratedTable table)
    {
        using var json = JsonDocument.Parse(answer);
        var root = json.RootElement;
        return new JsonObject
        {
            ["cells"] = Array("cells", row => ArrayOf(row.EnumerateObject().Select(cell => cell.Value), Text)),
            ["groups"] = Array("groups", row => Fields(row, "code", "count")),
            ["distinct"] = Array("distinct", Text),
            ["sum"] = Text(root.GetProperty("sum")),
            ["sums"] = Array("sums", row => Fields(row, "code", "sum")),
            ["order"] = Array("order", Text),
            ["down"] = Array("down", Text),
            ["days"] = Array("days", Text),
            ["greatest"] = Plain(root.GetProperty("greatest").ToString(), table),
            ["last"] = Day(root.GetProperty("last").ToString(), table),
            ["above"] = Array("above", Text),
            ["months"] = Array("months", row => Fields(row, "m", "count")),
        };

        JsonArray Array(string name, Func<JsonElement, JsonNode> map) => ArrayOf(root.GetProperty(name).EnumerateArray(), map);
    }

    private static JsonArray ArrayOf(IEnumerable<JsonElement> items, Func<JsonElement, JsonNode> map) => new([.. items.Select(map)]);

    private static JsonArray Fields(JsonElement row, params string[] names) => new([.. names.Select(name => Text(row.GetProperty(name)))]);

    // Python does not tell a cell without anything from an empty text in quotes.
    private static JsonNode Text(JsonElement value) => JsonValue.Create(value.ValueKind == JsonValueKind.Null ? "" : value.ToString());

    private static string Plain(string number, GeneratedTable table) =>
        decimal.Parse(table.HasDecimalComma ? number.Replace(".", "", StringComparison.Ordinal)
            .Replace(',', '.') : number.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            .ToString("0.############", CultureInfo.InvariantCulture);

    private static string Day(string date, GeneratedTable table) =>
        DateTime.ParseExact(date, table.IsDayFirst ? "dd/MM/yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
