using Rlm.Documents;
using Rlm.Runtime.Texts.Sources;

namespace Rlm;

/// <summary>The readers of HTML, Markdown and zstd, which the runtime goes without until they are registered.</summary>
public static class RlmDocuments
{
    /// <summary>
    /// Lets programs <c>parse html</c>, <c>parse markdown</c> and <c>parse table</c>, and <see cref="TextSource"/> open zstd files,
    /// in the whole process. To be called before the first text is opened; a second call changes nothing.
    /// </summary>
    public static void Register() => DocumentReader.Registered ??= new RegisteredReader();
}
