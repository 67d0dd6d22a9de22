using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Rlm.Cli.Report;

/// <summary>Data of a page: JSON in an element that no browser runs.</summary>
internal static class PageData
{
    /// <summary>
    /// Letters of all languages stay as they are; &lt;, &gt;, &amp;, quotes and the line ends of JavaScript are written by their numbers, so that no
    /// text of a run can end the element or begin a comment.
    /// </summary>
    private static readonly JsonWriterOptions Safe = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="attribute">The attribute by which the page finds the element.</param>
    /// <param name="write">Writes the value.</param>
    /// <param name="output">Where to.</param>
    public static void WriteElement(string attribute, Action<Utf8JsonWriter> write, Stream output)
    {
        output.Write(Encoding.UTF8.GetBytes($"<script type=\"application/json\" {attribute}>"));
        Write(write, output);
        output.Write("</script>\n"u8);
    }

    /// <summary>The data alone.</summary>
    public static void Write(Action<Utf8JsonWriter> write, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, Safe);
        write(writer);
    }

    /// <summary>The tokens of a program: start, length and kind of each, one after another.</summary>
    public static void WriteTokens(Utf8JsonWriter writer, string program)
    {
        writer.WriteStartArray("spans");
        foreach (var token in RlmLanguage.Highlight(program))
        {
            writer.WriteNumberValue(token.Span.Start);
            writer.WriteNumberValue(token.Span.Length);
            writer.WriteNumberValue((int)token.Kind);
        }

        writer.WriteEndArray();
    }

    /// <summary>A field with an array.</summary>
    public static void WriteRows<T>(Utf8JsonWriter writer, string name, IEnumerable<T> rows, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
            write(row);
        writer.WriteEndArray();
    }

    /// <summary>An array of texts; null stands for none.</summary>
    public static void WriteTexts(Utf8JsonWriter writer, params ReadOnlySpan<string?> texts)
    {
        writer.WriteStartArray();
        foreach (string? text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
