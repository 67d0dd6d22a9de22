using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rlm.Docs;

/// <summary>
/// Writes JSON lines: <c>{"rlm-docs":1}</c>, the version of the format; <c>mail</c>, <c>place</c>, <c>text</c> and <c>gap</c> as they come; at last
/// <c>{"end":true}</c>, or <c>error</c> where nothing is read. Without one of these the reading broke off.
/// </summary>
internal sealed class RecordWriter : IRlmFileText, IDisposable
{
    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    public RecordWriter(Stream output)
    {
        _output = output;
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WriteNumber("rlm-docs"u8, 1);
        EndLine();
    }

    public void StartMail(string place, RlmMailHeader header)
    {
        _json.WriteStartObject();
        _json.WriteStartObject("mail"u8);
        _json.WriteString("place"u8, place);
        _json.WriteString("from"u8, header.From);
        _json.WriteString("to"u8, header.To);
        if (header.Date is { } date)
            _json.WriteString("date"u8, date);
        _json.WriteString("subject"u8, header.Subject);
        _json.WriteEndObject();
        EndLine();
    }

    public void StartPlace(string place) => WriteLine("place", place);

    public void Write(string text) => WriteLine("text", text);

    public void AddGap(string gap) => WriteLine("gap", gap);

    public void End()
    {
        _json.WriteStartObject();
        _json.WriteBoolean("end"u8, true);
        EndLine();
    }

    public void Fail(string problem) => WriteLine("error", problem);

    public void Dispose() => _json.Dispose();

    private void WriteLine(string name, string value)
    {
        _json.WriteStartObject();
        _json.WriteString(name, value);
        EndLine();
    }

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _line.Write("\n"u8);
        _output.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }
}
