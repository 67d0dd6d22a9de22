using System.Text.Json;

namespace Rlm.Cli.Report;

/// <summary>Writes the page of a journal's runs: one file that asks for nothing else.</summary>
/// <param name="trace">The runs.</param>
/// <param name="name">What the journal is called.</param>
internal sealed class ReportWriter(JournalTrace trace, string name)
{
    /// <summary>Calls of one element, which is read as one.</summary>
    private const int CallsOfElement = 2_000;
    private const int MaxDamageTold = 20;

    private readonly int _calls = Math.Min(TextRoom.MaxCalls, trace.Runs.Sum(static run => run.Calls.Count));
    private bool _keepsPrompts;

    /// <summary>Writes the page; the texts of calls pass through one at a time.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isLive">Whether a server that it comes from tells it what is new.</param>
    public void Write(Stream output, bool isLive = false) => PageTemplate.Write("report.html", WriteElements, output, isLive);

    /// <summary>Writes what the page shows as one JSON object, for a page that is open.</summary>
    public void WriteData(Stream output) => PageData.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("calls");
        using (var calls = ReadCalls().GetEnumerator())
            WriteCalls(writer, calls, _calls);
        writer.WritePropertyName("data");
        WriteRuns(writer);
        writer.WriteEndObject();
    }, output);

    private void WriteElements(Stream output)
    {
        // The runs come last, since whether prompts are kept is known behind the calls.
        using var calls = ReadCalls().GetEnumerator();
        for (int left = _calls; left > 0; left -= CallsOfElement)
            PageData.WriteElement("data-calls", writer => WriteCalls(writer, calls, CallsOfElement), output);
        PageData.WriteElement("id=\"data\"", WriteRuns, output);
    }

    private IEnumerable<(TracedCall Call, TracedCallText Text)> ReadCalls() =>
        trace.Runs.SelectMany(static run => run.Calls).Take(_calls).Zip(trace.ReadTexts());

    private void WriteCalls(Utf8JsonWriter writer, IEnumerator<(TracedCall Call, TracedCallText Text)> calls, int most)
    {
        writer.WriteStartArray();
        for (int i = 0; i < most && calls.MoveNext(); i++)
            WriteCall(writer, calls.Current.Call, calls.Current.Text);
        writer.WriteEndArray();
    }

    /// <summary>A call as the fields that <c>calls.js</c> names, in their order.</summary>
    private void WriteCall(Utf8JsonWriter writer, TracedCall call, TracedCallText text)
    {
        int room = TextRoom.CharsOf(_calls, call.State != TracedCallState.Replied);
        writer.WriteStartArray();
        writer.WriteNumberValue(call.Stage ?? -1);
        writer.WriteNumberValue(call.Turn);
        writer.WriteStringValue(call.Root ?? "");
        writer.WriteStringValue(call.Model);
        writer.WriteNumberValue((long)call.At.TotalMilliseconds);
        writer.WriteNumberValue((long)call.Took.TotalMilliseconds);
        writer.WriteNumberValue((int)call.State);
        writer.WriteNumberValue(call.InputTokens);
        writer.WriteNumberValue(call.CachedInputTokens);
        writer.WriteNumberValue(call.OutputTokens);
        WriteCost(writer, call.CostUsd);
        writer.WriteNumberValue(call.Retries);
        writer.WriteStringValue(call.Reason);
        var (reply, leftOut) = TextRoom.Cut(text.Reply ?? "", room);
        writer.WriteStringValue(text.Reply is null ? null : reply);
        writer.WriteNumberValue(leftOut);
        if (text.Prompt.Count > 0)
            WritePrompt(writer, text.Prompt, room);
        writer.WriteEndArray();
    }

    private void WritePrompt(Utf8JsonWriter writer, IReadOnlyList<(string Role, string Text)> prompt, int room)
    {
        _keepsPrompts = true;
        writer.WriteStartArray();
        foreach (var (role, message) in prompt)
        {
            var (kept, leftOut) = TextRoom.Cut(message, room);
            writer.WriteStartArray();
            writer.WriteStringValue(role);
            writer.WriteStringValue(kept);
            writer.WriteNumberValue(leftOut);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private void WriteRuns(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("journal", name);
        writer.WriteBoolean("keepsPrompts", _keepsPrompts);
        writer.WriteStartArray("damage");
        if (trace.DamagedLines.Count > 0)
        {
            string lines = string.Join(", ", trace.DamagedLines.Take(MaxDamageTold)) + (trace.DamagedLines.Count > MaxDamageTold ? " …" : "");
            writer.WriteStringValue(
                $"The journal is damaged: {(trace.DamagedLines.Count == 1 ? "line" : "lines")} {lines}, or others before them, are left out. What they told is missing from stages, programs and calls.");
        }

        writer.WriteEndArray();
        writer.WriteStartArray("runs");
        int firstCall = 0;
        foreach (var run in trace.Runs)
        {
            int listed = Math.Clamp(_calls - firstCall, 0, run.Calls.Count);
            ReportRun.Write(writer, run, firstCall, listed);
            firstCall += listed;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>US dollars; null where nobody knows.</summary>
    internal static void WriteCost(Utf8JsonWriter writer, decimal? costUsd)
    {
        if (costUsd is { } cost)
            writer.WriteNumberValue(cost);
        else
            writer.WriteNullValue();
    }
}
