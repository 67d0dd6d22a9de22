using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Values as text, as LANGUAGE's section 4 says.</summary>
internal static class ValueRenderer
{
    /// <summary>As in a template's hole: a list joined with <c>", "</c>, a list of one as its item, a record as <c>field: value</c> lines.</summary>
    public static string InTemplate(Value value) => throw new NotImplementedException();

    /// <summary>As a whole answer: a list one item per line, a list of records as a table.</summary>
    public static string AsAnswer(Value value) => throw new NotImplementedException();

    public static string AsTable(Value value) => throw new NotImplementedException();

    public static string AsBullets(Value value) => throw new NotImplementedException();

    public static string AsCsv(Value value) => throw new NotImplementedException();

    public static string AsJson(Value value) => throw new NotImplementedException();

    public static string AsJsonLines(Value value) => throw new NotImplementedException();
}
