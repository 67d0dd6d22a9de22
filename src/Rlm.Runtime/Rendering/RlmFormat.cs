namespace Rlm;

/// <summary>How a value is written.</summary>
public enum RlmFormat
{
    /// <summary>As <see cref="RlmResult.Answer"/> is: an item a line, a list of records as a Markdown table.</summary>
    Markdown,

    /// <summary>An item a line, the fields of a record with tabs between them, without a header.</summary>
    Text,

    /// <summary>A list of records as a table whose columns are aligned with blanks, for reading.</summary>
    Table,

    /// <summary>CSV by RFC 4180 with a header.</summary>
    Csv,

    /// <summary>One JSON value: dates are ISO 8601, durations seconds, none and failed items null.</summary>
    Json,

    /// <summary>A JSON value a line, one for each item.</summary>
    JsonLines,
}
