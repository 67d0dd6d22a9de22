using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Rlm.Server.Measures;

/// <summary>What the server has done since it started, as Prometheus reads it.</summary>
/// <remarks>Requests and runs under way are a meter's, too, for OpenTelemetry; calls and tokens are the library's own there.</remarks>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "Rlm.Server";

    /// <summary>Those that OpenTelemetry's conventions know; any other is the client's word.</summary>
    private static readonly HashSet<string> KnownMethods =
        ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _requestDuration;
    private readonly ConcurrentDictionary<(string Path, int Status), long> _requests = new();
    private readonly ConcurrentDictionary<string, long> _runs = new(StringComparer.Ordinal);
    private readonly DurationHistogram _requestTimes = new(), _runTimes = new();
    private readonly Lock _lock = new();
    private long _underWay, _forwarded, _calls, _inputTokens, _outputTokens;
    private decimal _costUsd;

    public ServerMetrics()
    {
        _requestDuration = _meter.CreateHistogram<double>("http.server.request.duration", "s", "Duration of a request.");
        _meter.CreateObservableUpDownCounter("http.server.active_requests", () => Interlocked.Read(ref _underWay), "{request}", "Requests under way.");
        _meter.CreateObservableUpDownCounter("rlm.server.runs.running", () => Queue().Running, "{run}", "Runs under way.");
        _meter.CreateObservableUpDownCounter("rlm.server.runs.waiting", () => Queue().Waiting, "{run}", "Runs that wait for a place.");
    }

    /// <summary>Gives the runs that are under way, and those that wait.</summary>
    public Func<(int Running, int Waiting)> Queue { get; set; } = static () => (0, 0);

    /// <summary>Counts a request that begins.</summary>
    public void BeginRequest() => Interlocked.Increment(ref _underWay);

    /// <summary>Counts a request that has ended.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, as endpoints call it.</param>
    /// <param name="status">The status that was sent.</param>
    /// <param name="time">How long it took; null for one whose time says nothing, such as a page that listens.</param>
    public void EndRequest(string method, string path, int status, TimeSpan? time)
    {
        Interlocked.Decrement(ref _underWay);
        _requests.AddOrUpdate((path, status), 1, static (_, count) => count + 1);
        if (time is not { } took)
            return;

        _requestTimes.Add(took);
        _requestDuration.Record(
            took.TotalSeconds, new TagList { { "http.request.method", KnownMethods.Contains(method) ? method : "_OTHER" }, { "http.route", path }, { "http.response.status_code", status } });
    }

    /// <summary>Counts a conversation that went to the model as it was.</summary>
    public void CountForwarded() => Interlocked.Increment(ref _forwarded);

    /// <summary>Counts a run.</summary>
    public void CountRun(string outcome, TimeSpan time)
    {
        _runs.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
        _runTimes.Add(time);
    }

    /// <summary>Counts what was spent.</summary>
    public void CountSpending(RlmUsage usage)
    {
        lock (_lock)
        {
            _calls += usage.Calls + usage.RootCalls;
            _inputTokens += usage.InputTokens;
            _outputTokens += usage.OutputTokens;
            _costUsd += usage.CostUsd ?? 0;
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>All of it, in the text format of Prometheus.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        Head("rlm_requests_total", "counter", "Requests by path and status; 499 for clients that went away.");
        foreach (var (key, count) in _requests.OrderBy(entry => entry.Key.Path, StringComparer.Ordinal).ThenBy(entry => entry.Key.Status))
            text.Append(CultureInfo.InvariantCulture, $"rlm_requests_total{{path=\"{key.Path}\",code=\"{key.Status}\"}} {count}\n");
        Head("rlm_requests_running", "gauge", "Requests that are under way.");
        Line("rlm_requests_running", Interlocked.Read(ref _underWay));
        Head("rlm_request_duration_seconds", "histogram", "How long requests took.");
        _requestTimes.Write(text, "rlm_request_duration_seconds");
        Head("rlm_forwarded_total", "counter", "Conversations that went to the model as they were.");
        Line("rlm_forwarded_total", Interlocked.Read(ref _forwarded));
        var (running, waiting) = Queue();
        Head("rlm_runs_running", "gauge", "Runs that are under way.");
        Line("rlm_runs_running", running);
        Head("rlm_runs_waiting", "gauge", "Runs that wait for a place.");
        Line("rlm_runs_waiting", waiting);
        Head("rlm_runs_total", "counter", "Runs by how they ended.");
        foreach (var (outcome, count) in _runs.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"rlm_runs_total{{outcome=\"{outcome}\"}} {count}\n");
        Head("rlm_run_duration_seconds", "histogram", "How long runs took, without their waiting.");
        _runTimes.Write(text, "rlm_run_duration_seconds");
        lock (_lock)
        {
            Head("rlm_calls_total", "counter", "Calls to models.");
            Line("rlm_calls_total", _calls);
            Head("rlm_tokens_total", "counter", "Tokens by direction.");
            Line("rlm_tokens_total{direction=\"in\"}", _inputTokens);
            Line("rlm_tokens_total{direction=\"out\"}", _outputTokens);
            Head("rlm_cost_usd_total", "counter", "US dollars, where prices are known.");
            text.Append(CultureInfo.InvariantCulture, $"rlm_cost_usd_total {_costUsd}\n");
        }

        return text.ToString();

        void Head(string name, string kind, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

        void Line(string name, long value) => text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }
}
