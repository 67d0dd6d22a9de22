using System.Globalization;
using Rlm.Cli.Output;

namespace Rlm.Cli.Report;

/// <summary>A run of the folder, as a list shows it.</summary>
/// <param name="Name">Its name.</param>
internal sealed record KeptRun(string Name)
{
    /// <summary>When it began, as its name has it.</summary>
    public string BeganAt => DateTime.TryParseExact(Name.Split('-', 3) is [var day, var time, ..] ? day + time : Name, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var began)
        ? began.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : Name;

    /// <summary>The question, else the command; why it cannot be told where the journal cannot be read.</summary>
    public required string Title { get; init; }

    /// <summary>How it ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>Calls that were made, those of the root included. A run that was resumed is several in its journal, which were all paid for.</summary>
    public int Calls { get; private init; }

    public long InputTokens { get; private init; }

    public long OutputTokens { get; private init; }

    /// <summary>US dollars; null where nobody knows.</summary>
    public decimal? CostUsd { get; private init; }

    /// <summary>What it took until now, or its end.</summary>
    public TimeSpan Elapsed { get; private init; }

    /// <summary>Reads the journal of a run.</summary>
    public static KeptRun Read(string name, string path)
    {
        try
        {
            var runs = JournalAccount.Read(path).Runs;
            if (runs is not [.., var last])
                return new(name) { Title = "", End = RunEnd.NeverBegan };

            return new(name)
            {
                Title = PlainText.OneLine(last.Question ?? string.Join(' ', last.Command)),
                End = RunEnd.Of(last.Outcome, last.IsPartial),
                Calls = runs.Sum(one => one.Calls + one.RootCalls),
                InputTokens = runs.Sum(one => one.InputTokens),
                OutputTokens = runs.Sum(one => one.OutputTokens),
                CostUsd = runs.Aggregate((decimal?)0, (sum, one) => sum + one.CostUsd),
                Elapsed = TimeSpan.FromTicks(runs.Sum(one => one.Elapsed.Ticks)),
            };
        }
        catch (IOException exception)
        {
            return new(name) { Title = exception.Message, End = RunEnd.Unreadable };
        }
    }
}
