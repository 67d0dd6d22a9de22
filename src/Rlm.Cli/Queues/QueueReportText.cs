using System.Text;
using System.Text.Json;
using Rlm.Cli.Output;

namespace Rlm.Cli.Queues;

/// <summary>What <c>rlm workers list</c> prints.</summary>
internal static class QueueReportText
{
    /// <summary>Two tables for people.</summary>
    public static string Write(QueueReport report)
    {
        string[][] workers =
        [
            ["WORKER", "SLOTS", "UNDER WAY", "MADE", "FAILED", "A MINUTE", "SEEN", "VERSION", "STATE"],
            .. report.Workers.Select(worker => new[]
            {
                worker.Name, Invariant($"{worker.Slots}"), Invariant($"{worker.UnderWay}"), Invariant($"{worker.Finished}"), Invariant($"{worker.Failed}"),
                Invariant($"{worker.PerMinute:0.#}"), Invariant($"{worker.SeenSeconds:0} s ago"), worker.Version,
                worker.IsSilent ? "silent" : worker.Trouble ?? "takes calls",
            }),
        ];
        string[][] runs =
        [
            ["RUN", "OWNER", "WAITING", "UNDER WAY", "LAPSED", "REPLIES", "OLDEST"],
            .. report.Runs.Select(run => new[]
            {
                run.Name, run.Owner, Invariant($"{run.Waiting}"), Invariant($"{run.UnderWay}"), Invariant($"{run.Lapsed}"), Invariant($"{run.Replies}"),
                Invariant($"{run.OldestSeconds:0} s"),
            }),
        ];
        return $"{(report.Workers.Count > 0 ? Align(workers) : "no worker is there\n")}\n{(report.Runs.Count > 0 ? Align(runs) : "no call waits\n")}";
    }

    /// <summary>One JSON object: <c>workers</c> and <c>runs</c>, times in seconds.</summary>
    public static string WriteJson(QueueReport report)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("workers");
            foreach (var worker in report.Workers)
            {
                writer.WriteStartObject();
                writer.WriteString("name", worker.Name);
                writer.WriteString("version", worker.Version);
                writer.WriteNumber("slots", worker.Slots);
                writer.WriteNumber("underWay", worker.UnderWay);
                writer.WriteNumber("made", worker.Finished);
                writer.WriteNumber("failed", worker.Failed);
                writer.WriteNumber("perMinute", Math.Round(worker.PerMinute, 1));
                writer.WriteNumber("seenSeconds", Math.Round(worker.SeenSeconds, 1));
                writer.WriteBoolean("silent", worker.IsSilent);
                writer.WriteString("trouble", worker.Trouble);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("runs");
            foreach (var run in report.Runs)
            {
                writer.WriteStartObject();
                writer.WriteString("name", run.Name);
                writer.WriteString("owner", run.Owner);
                writer.WriteNumber("waiting", run.Waiting);
                writer.WriteNumber("underWay", run.UnderWay);
                writer.WriteNumber("lapsed", run.Lapsed);
                writer.WriteNumber("replies", run.Replies);
                writer.WriteNumber("oldestSeconds", Math.Round(run.OldestSeconds, 1));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string Align(string[][] given)
    {
        // Names are what others have given.
        string[][] rows = [.. given.Select(row => row.Select(PlainText.OneLine).ToArray())];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        return text.ToString();
    }
}
