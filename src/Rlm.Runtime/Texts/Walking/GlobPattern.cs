using System.IO.Enumeration;

namespace Rlm.Runtime.Texts.Walking;

/// <summary>A pattern over relative paths: <c>*</c> and <c>?</c> within a name, <c>**</c> for any directories.</summary>
internal sealed class GlobPattern(string pattern)
{
    private readonly string[] _segments = pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// The directory before the first segment that holds a wildcard, with its separator; empty for the working directory.
    /// </summary>
    public static string RootOf(string path)
    {
        int wildcard = path.AsSpan().IndexOfAny('*', '?');
        int separator = path.AsSpan(0, wildcard).LastIndexOfAny('/', Path.DirectorySeparatorChar);
        return path[..(separator + 1)];
    }

    public bool IsMatch(string path) => IsMatch(path.Split('/'), 0, 0);

    private bool IsMatch(string[] names, int name, int segment)
    {
        if (segment == _segments.Length)
            return name == names.Length;

        if (_segments[segment] == "**")
        {
            for (int skipped = name; skipped <= names.Length; skipped++)
            {
                if (IsMatch(names, skipped, segment + 1))
                    return true;
            }

            return segment == _segments.Length - 1;
        }

        return name < names.Length
            && FileSystemName.MatchesSimpleExpression(_segments[segment], names[name], ignoreCase: false)
            && IsMatch(names, name + 1, segment + 1);
    }
}
