using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>Writes the JSON schema of a type that an answer must have.</summary>
internal static class AnswerSchema
{
    public static string Of(HostType type) => type switch
    {
        OptionalHostType optional => $"{{\"anyOf\":[{Of(optional.Inner)},{{\"type\":\"null\"}}]}}",
        ListHostType list => $"{{\"type\":\"array\",\"items\":{Of(list.Item)}}}",
        DictionaryHostType dictionary => $"{{\"type\":\"object\",\"additionalProperties\":{Of(dictionary.Value)}}}",
        LabelHostType labels => $"{{\"enum\":[{string.Join(",", labels.Members.Select(member => $"\"{member}\""))}]}}",
        RecordHostType record =>
            $"{{\"type\":\"object\",\"properties\":{{{string.Join(",", record.Properties.Select(property => $"\"{property.Field}\":{Of(property.Type)}"))}}}"
            + $",\"required\":[{string.Join(",", record.Properties.Select(property => $"\"{property.Field}\""))}]}}",
        ScalarHostType scalar => OfScalar(scalar.Kind),
        _ => throw new InvalidOperationException($"No answer is {type.Notation}."),
    };

    private static string OfScalar(ScalarKind kind) => kind switch
    {
        ScalarKind.Whole => "{\"type\":\"integer\"}",
        ScalarKind.Number => "{\"type\":\"number\"}",
        ScalarKind.Bool => "{\"type\":\"boolean\"}",
        ScalarKind.DateOnly => "{\"type\":\"string\",\"format\":\"date\"}",
        ScalarKind.DateTime => "{\"type\":\"string\",\"format\":\"date-time\"}",
        ScalarKind.DateTimeOffset => "{\"type\":\"string\",\"x-rlm-form\":\"TimeWithOffset\"}",
        ScalarKind.TimeSpan => "{\"type\":\"string\",\"x-rlm-form\":\"TimeSpan\"}",
        _ => "{\"type\":\"string\"}",
    };
}
