using System.Text.Json;
using Rlm.Cli.Output;

namespace Rlm.Cli.Report;

/// <summary>Writes the page that lists the runs of the folder, which a server tells what is new.</summary>
/// <param name="runs">The runs, the newest first.</param>
internal sealed class RunsWriter(IReadOnlyList<KeptRun> runs)
{
    public void Write(Stream output) =>
        PageTemplate.Write("runs.html", page => PageData.WriteElement("id=\"data\"", WriteRuns, page), output, isLive: true);

    /// <summary>Writes the list alone, for a page that is open.</summary>
    public void WriteData(Stream output) => PageData.Write(WriteRuns, output);

    private void WriteRuns(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var run in runs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", run.Name);
            writer.WriteString("began", run.BeganAt);
            writer.WriteString("title", TextRoom.Cut(run.Title, RunOutline.MaxTitleChars).Kept);
            writer.WriteString("outcome", run.End.Word);
            writer.WriteString("tone", run.End.Tone);
            writer.WriteNumber("calls", run.Calls);
            writer.WriteNumber("input", run.InputTokens);
            writer.WriteNumber("output", run.OutputTokens);
            writer.WritePropertyName("cost");
            ReportWriter.WriteCost(writer, run.CostUsd);
            writer.WriteString("took", UsageText.Of(run.Elapsed));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
