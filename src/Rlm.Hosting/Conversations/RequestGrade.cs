namespace Rlm.Hosting.Conversations;

/// <summary>How surely an end of a long text is a request, the least first.</summary>
internal enum RequestGrade
{
    /// <summary>It is data.</summary>
    None,

    /// <summary>It is short, and not like the data.</summary>
    Plain,

    /// <summary>It begins as instructions do, or is a sentence beside data that are none.</summary>
    Instructs,

    /// <summary>It has a colon at its end, and words before it.</summary>
    Opens,

    /// <summary>It has a question mark at its end.</summary>
    Asks,
}
