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
    public static string WriteJson(QueueReport report) => JsonSerializer.Serialize(
        report with
        {
            Workers =
            [
                .. report.Workers.Select(worker => worker with
                {
                    PerMinute = Math.Round(worker.PerMinute, 1),
                    SeenSeconds = Math.Round(worker.SeenSeconds, 1),
                }),
            ],
            Runs = [.. report.Runs.Select(run => run with { OldestSeconds = Math.Round(run.OldestSeconds, 1) })],
        },
        QueueJsonContext.Default.QueueReport);

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
