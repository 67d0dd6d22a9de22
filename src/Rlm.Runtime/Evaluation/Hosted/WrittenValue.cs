using Rlm.Dsl.Types;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Hosted;

/// <summary>A value of the host as a text: what a prompt without cards shows, and what a journal tells it by.</summary>
internal static class WrittenValue
{
    /// <summary>A text as it is; a list or record as JSON; anything else as the language writes it. It is named after the type.</summary>
    public static TextSource Of(string name, RlmType type, Value value) => value switch
    {
        TextValue { Slice: { } slice } when slice.Length == slice.Source.LengthBytes => slice.Source,
        TextValue => TextSource.FromString(value.ToString()!, name),
        _ => TextSource.FromString(ScalarText.Of(value) ?? JsonText.Of(value), type.ToString()),
    };
}
