using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Rlm.Runtime.Telemetry;

namespace Rlm;

/// <summary>What can be watched of runs: spans of an <see cref="ActivitySource"/> and histograms of a <see cref="Meter"/>.</summary>
/// <remarks>
/// Spans are <c>invoke_agent</c> (a question), <c>invoke_workflow</c> (a program by hand), <c>chat</c> (a root turn or a sub-call) and
/// <c>execute_tool</c>, with OpenTelemetry's <c>gen_ai.*</c> names. Prompts, replies and arguments are in none of them. Nothing is made
/// where nobody listens; a native application that never does leaves the code out by the feature switch <c>Rlm.Telemetry.IsSupported</c>.
/// </remarks>
public static class RlmTelemetry
{
    /// <summary>The name of the source and of the meter, as for <c>AddSource</c> and <c>AddMeter</c>.</summary>
    public const string Name = "Rlm";

    private static readonly double[] Seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly int[] Tokens =
        [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    private static readonly Meter Meter = new(Name);

    [FeatureSwitchDefinition("Rlm.Telemetry.IsSupported")]
    internal static bool IsSupported => !AppContext.TryGetSwitch("Rlm.Telemetry.IsSupported", out bool isOn) || isOn;

    internal static ActivitySource Source { get; } = new(Name);

    internal static Histogram<int> TokenUsage { get; } = Meter.CreateHistogram(
        GenAi.TokenUsage, "{token}", "Number of input and output tokens used.", tags: null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = Tokens });

    internal static Histogram<double> ChatDuration { get; } = CreateDuration(GenAi.ChatDuration, "Duration of a call to a model.");

    internal static Histogram<double> AgentDuration { get; } = CreateDuration(GenAi.AgentDuration, "Duration of a question's run.");

    internal static Histogram<double> WorkflowDuration { get; } = CreateDuration(GenAi.WorkflowDuration, "Duration of a program's run.");

    internal static Histogram<double> ToolDuration { get; } = CreateDuration(GenAi.ToolDuration, "Duration of a tool's call.");

    private static Histogram<double> CreateDuration(string name, string description) => Meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
}
