using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>A value in the forms that a run was asked for, written while its texts are there.</summary>
/// <remarks>They stand beside the text of an event or a result, and make none different from another with that text.</remarks>
internal sealed class WrittenForms : IEquatable<WrittenForms>
{
    private readonly Dictionary<RlmFormat, string> _forms = [];

    /// <param name="value">The value.</param>
    /// <param name="type">Its type, which knows the fields of a list without items.</param>
    /// <param name="formats">The forms.</param>
    /// <param name="columns">The most columns of a line of a table; null for no limit.</param>
    public WrittenForms(Value value, RlmType type, IEnumerable<RlmFormat> formats, int? columns)
    {
        // Markdown is the text beside them.
        foreach (var format in formats.Where(static format => format != RlmFormat.Markdown))
            _forms[format] = Write(value, type, format, columns);
    }

    /// <summary>One of the forms; of what is no more than its text, such as the words of a model, any.</summary>
    /// <param name="forms">The forms; null for a text.</param>
    /// <param name="text">The text.</param>
    /// <param name="format">Which form.</param>
    /// <exception cref="ArgumentException">The run was not asked for it.</exception>
    public static string Of(WrittenForms? forms, string text, RlmFormat format) =>
        format == RlmFormat.Markdown ? text
        : forms is null ? Write(new TextValue(text), RlmType.Text, format, null)
        : forms._forms.GetValueOrDefault(format)
            ?? throw new ArgumentException($"The run was not asked for this form: name it in RlmOptions.Formats.", nameof(format));

    public bool Equals(WrittenForms? other) => other is not null;

    public override bool Equals(object? obj) => obj is WrittenForms;

    public override int GetHashCode() => 0;

    private static string Write(Value value, RlmType type, RlmFormat format, int? columns) => format switch
    {
        RlmFormat.Text => ValueRenderer.AsTabbed(value),
        RlmFormat.Table => ValueRenderer.IsTable(value, type) ? AlignedTable.Of(ValueRenderer.ItemsOf(value), type, columns) : ValueRenderer.AsAnswer(value),
        RlmFormat.Csv => ValueRenderer.AsCsv(value, type),
        RlmFormat.Json => ValueRenderer.AsJson(value),
        RlmFormat.JsonLines => ValueRenderer.AsJsonLines(value),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
