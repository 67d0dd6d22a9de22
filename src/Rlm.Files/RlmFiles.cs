using Rlm.Files;

namespace Rlm;

/// <summary>The readers of files that are not texts, which the runtime refuses until they are registered.</summary>
public static class RlmFiles
{
    /// <summary>Reads PDF; each page is a place (<c>p12</c>), and a form feed on a line of its own parts pages.</summary>
    public static IRlmFileReader Reader { get; } = new FileReader();

    /// <summary>
    /// Lets <see cref="TextSource"/> open PDF in the whole process. To be called before the first text is opened; a second call changes
    /// nothing.
    /// </summary>
    public static void Register() => TextSource.RegisterReader(Reader);
}
