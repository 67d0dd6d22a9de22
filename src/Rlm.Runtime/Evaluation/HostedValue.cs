using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>The values of the host's variables: a text, or a list of documents.</summary>
internal static class HostedValue
{
    private static readonly RecordShape Doc = new(["name", "text", "size"], textField: "text");

    public static Value Of(RlmVariable variable) => variable.IsDocuments
        ? ListValue.Of([.. variable.Sources.Select(DocOf)])
        : new TextValue(variable.Sources[0].Whole);

    private static RecordValue DocOf(TextSource source)
    {
        var text = new TextValue(source.Whole);
        return new RecordValue(Doc, [new TextValue(source.Name), text, new NumberValue(source.LengthBytes)], text);
    }
}
