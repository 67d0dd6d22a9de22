using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Rlm.Server.Telemetry;

/// <summary>Logs as a JSON object a line: <c>time</c>, <c>level</c>, <c>category</c>, <c>event</c>, <c>message</c>, and the fields of the message by their names.</summary>
/// <param name="output">Where to; locked for each line.</param>
/// <param name="least">What is of less weight is left out.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonLog(TextWriter output, LogLevel least, TimeProvider time) : ILoggerProvider
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();

    private LogLevel Least => least;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(string category, LogLevel level, EventId id, object? state, string message, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("level", level.ToString().ToLowerInvariant());
            writer.WriteString("category", category);
            writer.WriteString("event", id.Name);
            writer.WriteString("message", message.TrimEnd());
            if (state is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                // The template of the message is the one without a name.
                foreach (var (name, value) in fields.Where(static field => char.IsLetter(field.Key[0])))
                    WriteField(writer, JsonNamingPolicy.CamelCase.ConvertName(name), value);
            }

            if (exception is not null)
                writer.WriteString("exception", exception.GetType().Name);
            writer.WriteEndObject();
        }

        lock (_lock)
            output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteField(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int or long:
                writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number:
                writer.WriteNumber(name, number);
                break;
            case decimal number:
                writer.WriteNumber(name, number);
                break;
            case TimeSpan span:
                writer.WriteNumber(name, span.TotalSeconds);
                break;
            default:
                writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private sealed class Category(JsonLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None && logLevel >= log.Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Write(name, logLevel, eventId, state, formatter(state, exception), exception);
        }
    }

}
