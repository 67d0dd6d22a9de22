using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>The values of the host's variables: a text, a list of documents, or any other.</summary>
internal static class HostedValue
{
    private static readonly RecordShape Doc = new(["name", "text", "size"], textField: "text");

    public static Value Of(RlmVariable variable) => variable.Hosted is { Type: var type, Value: var value } && type != RlmType.Text ? value
        : variable.IsDocuments
        ? ListValue.Of([.. variable.Sources.Select(DocOf)])
        : new TextValue(variable.Sources[0].Whole);

    private static RecordValue DocOf(TextSource source)
    {
        var text = new TextValue(source.Whole);
        return new RecordValue(Doc, [new TextValue(source.Name), text, new NumberValue(source.LengthBytes)], text);
    }
}
