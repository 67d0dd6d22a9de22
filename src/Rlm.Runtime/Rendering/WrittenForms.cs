using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>A value in the forms that a run was asked for, written while its texts are there.</summary>
/// <remarks>They stand beside the text of an event or a result, and make none different from another with that text.</remarks>
internal sealed class WrittenForms : IEquatable<WrittenForms>
{
    private readonly Dictionary<RlmFormat, WrittenText> _forms = [];

    /// <param name="value">The value.</param>
    /// <param name="type">Its type, which knows the fields of a list without items.</param>
    /// <param name="formats">The forms.</param>
    /// <param name="columns">The most columns of a line of a table; null for no limit.</param>
    public WrittenForms(Value value, RlmType type, IEnumerable<RlmFormat> formats, int? columns)
    {
        // Markdown is the text beside them.
        foreach (var format in formats.Where(static format => format != RlmFormat.Markdown))
            _forms[format] = Utf8Writer.TextOf(text => Write(text, value, type, format, columns));
    }

    /// <summary>One of the forms; of what is no more than its text, such as the words of a model, any.</summary>
    /// <param name="forms">The forms; null for a text.</param>
    /// <param name="text">The text.</param>
    /// <param name="format">Which form.</param>
    /// <exception cref="ArgumentException">The run was not asked for it.</exception>
    public static WrittenText Of(WrittenForms? forms, WrittenText text, RlmFormat format) =>
        format == RlmFormat.Markdown ? text
        : forms is null ? Utf8Writer.TextOf(form => Write(form, new TextValue(text), RlmType.Text, format, null))
        : forms._forms.GetValueOrDefault(format)
            ?? throw new ArgumentException($"The run was not asked for this form: name it in RlmOptions.Formats.", nameof(format));

    public bool Equals(WrittenForms? other) => other is not null;

    public override bool Equals(object? obj) => obj is WrittenForms;

    public override int GetHashCode() => 0;

    private static void Write(Utf8Writer text, Value value, RlmType type, RlmFormat format, int? columns)
    {
        switch (format)
        {
            case RlmFormat.Text:
                TabbedTable.Write(text, value);
                break;
            case RlmFormat.Table when ValueRenderer.IsTable(value, type):
                AlignedTable.Write(text, ValueRenderer.ItemsOf(value), type, columns);
                break;
            case RlmFormat.Table:
                ValueRenderer.WriteAnswer(text, value);
                break;
            case RlmFormat.Csv:
                CsvTable.Write(text, value, type);
                break;
            case RlmFormat.Json:
                JsonText.Write(text, value);
                break;
            case RlmFormat.JsonLines:
                JsonText.WriteLines(text, value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }
}
