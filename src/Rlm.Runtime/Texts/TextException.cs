namespace Rlm;

/// <summary>
/// A text cannot be read: it is missing, not readable, no file, changed while it was read, or too large for what was asked.
/// </summary>
/// <remarks>The message is one line that names the text and says what to do.</remarks>
public sealed class TextException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the system says, in one line.</summary>
    internal static string ToOneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    /// <summary>That the system does not give what is in a file or directory.</summary>
    internal static TextException Unreadable(string path, Exception exception) =>
        new($"`{path}` cannot be read: {ToOneLine(exception)}", exception);
}
