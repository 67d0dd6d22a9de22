using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Rlm.Server.Measures;

namespace Rlm.Server.Telemetry;

/// <summary>
/// Sends spans, metrics and logs to a collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or that of a signal alone, names one. OpenTelemetry's
/// other variables hold, too. What cannot be sent is dropped, and holds nothing up.
/// </summary>
/// <param name="variable">Looks a variable up.</param>
/// <param name="version">That of the server.</param>
internal sealed class OtlpExport(Func<string, string?> variable, string version) : IDisposable
{
    private const string ServiceName = "rlm-server", Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const int PortOfGrpc = 4317;

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Begins to export spans and metrics.</summary>
    public void Start()
    {
        if (IsSent("TRACES"))
        {
            _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe).AddSource(RlmTelemetry.Name, RequestSpan.Source)
                .AddOtlpExporter(Choose).Build();
        }

        if (IsSent("METRICS"))
        {
            _metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter(RlmTelemetry.Name, ServerMetrics.MeterName)
                .AddOtlpExporter(Choose).Build();
        }
    }

    /// <summary>Adds logs.</summary>
    public void AddTo(ILoggingBuilder logging)
    {
        if (!IsSent("LOGS"))
            return;

        var resource = ResourceBuilder.CreateDefault();
        Describe(resource);
        logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource).AddOtlpExporter(Choose));
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private bool IsSent(string signal) => !string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(variable($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase)
        && (variable(Endpoint) ?? variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is { Length: > 0 };

    private void Describe(ResourceBuilder resource) => resource.AddService(variable("OTEL_SERVICE_NAME") ?? ServiceName, serviceVersion: version);

    /// <summary>Where no variable names the protocol, the port does: 4317 is that of gRPC, all others take HTTP.</summary>
    private void Choose(OtlpExporterOptions options)
    {
        if (variable(Protocol) is null)
            options.Protocol = options.Endpoint.Port == PortOfGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
    }
}
