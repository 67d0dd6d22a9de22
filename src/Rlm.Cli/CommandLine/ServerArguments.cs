using System.Net;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

/// <summary>What a server listens to, and how much it takes.</summary>
/// <param name="Run">The model, and the limits of each run.</param>
/// <param name="Output">What is told on stderr.</param>
/// <param name="Listen">Where requests come from.</param>
internal sealed record ServerArguments(RunArguments Run, OutputArguments Output, IPEndPoint Listen)
{
    private const int DefaultPort = 8642;

    /// <summary>The name of the key that everybody sends; null for what the configuration says.</summary>
    public string? TokenKey { get; init; }

    /// <summary>From where on a conversation is run by the loop; null for what the model's window takes.</summary>
    public int? MinTokens { get; init; }

    /// <summary>Most runs at a time.</summary>
    public int ParallelRuns { get; init; }

    /// <summary>Most runs that wait.</summary>
    public int MaxQueue { get; init; }

    /// <summary>The largest request in bytes.</summary>
    public long MaxBodyBytes { get; init; }

    /// <summary>How long runs may go on once the server stops.</summary>
    public TimeSpan StopTime { get; init; }

    /// <summary>Whether stderr is a JSON object a line.</summary>
    public bool LogsJson { get; init; }

    /// <summary>Whether tokens of the configuration count.</summary>
    public bool ReadsConfiguration { get; init; }

    /// <summary>The profile that the command line names; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether a journal of each run is kept.</summary>
    public bool KeepsJournals { get; init; }

    /// <summary>The options as they were given, for the program that serves.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    public static ServerArguments Read(OptionReader reader)
    {
        var run = RunArguments.Read(reader);
        // A journal is made for each run, not one for them all.
        return new(run with { KeepsNone = true }, OutputArguments.Read(reader), ReadListen(reader))
        {
            TokenKey = reader.Text(OptionCatalog.TokenKey),
            MinTokens = (int?)reader.Whole(OptionCatalog.MinTokens, 1, 1_000_000_000),
            ParallelRuns = reader.Whole(OptionCatalog.ParallelRuns, 1, 1_024, 4),
            MaxQueue = reader.Whole(OptionCatalog.MaxQueue, 0, 100_000, 100),
            MaxBodyBytes = reader.Size(MaxBody, leastMiB: 1) ?? 256L << 20,
            StopTime = reader.Time(OptionCatalog.StopTime) ?? TimeSpan.FromSeconds(30),
            LogsJson = reader.Choice(LogFormat) == "json",
            ReadsConfiguration = !reader.IsGiven(NoConfiguration),
            Profile = reader.Text(OptionCatalog.Profile),
            KeepsJournals = !run.KeepsNone,
            Given = reader.Arguments,
        };
    }

    private static IPEndPoint ReadListen(OptionReader reader)
    {
        var usual = new IPEndPoint(IPAddress.Loopback, DefaultPort);
        if (reader.Text(OptionCatalog.Listen) is not { } text)
            return usual;

        string written = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? $"{IPAddress.Loopback}{text[9..]}"
            : text.StartsWith(':') ? $"{IPAddress.Loopback}{text}" : text;
        if (IPEndPoint.TryParse(written, out var place) && written.EndsWith(Invariant($":{place.Port}"), StringComparison.Ordinal))
            return place;

        reader.Fail($"{OptionCatalog.Listen.Name} `{text}` is not an address with a port: write 127.0.0.1:{DefaultPort} or [::1]:{DefaultPort}");
        return usual;
    }
}
