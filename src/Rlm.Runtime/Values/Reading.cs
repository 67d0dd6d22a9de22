namespace Rlm.Runtime.Values;

/// <summary>Reads a value as another kind, as LANGUAGE's section 4 says; null where it cannot be read so.</summary>
internal static class Reading
{
    /// <summary>A text, a doc's or row's text, or null for anything else.</summary>
    public static TextValue? AsText(Value value) => throw new NotImplementedException();

    public static decimal? AsNumber(Value value) => throw new NotImplementedException();

    public static DateValue? AsDate(Value value) => throw new NotImplementedException();

    /// <summary>True, false, or null for none; a failed item is none.</summary>
    public static bool? AsBool(Value value) => throw new NotImplementedException();
}
