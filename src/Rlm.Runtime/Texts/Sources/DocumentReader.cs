namespace Rlm.Runtime.Texts.Sources;

/// <summary>The reader of the process, where the package that has one was registered.</summary>
internal static class DocumentReader
{
    /// <summary>What to do where there is none.</summary>
    public const string HowToAdd = "add the package Rlm.Documents and call `RlmDocuments.Register()` when the program starts";

    /// <summary>Null until it is registered. Whoever registers it last is asked.</summary>
    public static IDocumentReader? Registered { get; set; }
}
