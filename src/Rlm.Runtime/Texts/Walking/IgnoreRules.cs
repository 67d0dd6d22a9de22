
namespace Rlm.Runtime.Texts.Walking;

/// <summary>
/// Which files of a directory are left out, as ripgrep decides: <c>.ignore</c> goes before <c>.gitignore</c>, that before the repository's
/// <c>info/exclude</c> and that before the user's excludes for all repositories; of each kind the file that is deepest, and in it the last
/// line that matches. The files of git count in a repository only, up to its root.
/// </summary>
internal sealed class IgnoreRules
{
    private readonly IgnoreRules? _parent;
    private readonly string _directory;
    private readonly IReadOnlyList<IgnorePattern> _own;
    private readonly IReadOnlyList<IgnorePattern> _git;
    private readonly IReadOnlyList<IgnorePattern> _exclude;
    private readonly IReadOnlyList<IgnorePattern> _userExclude;
    private readonly bool _isRepository;
    private readonly bool _isInRepository;

    private IgnoreRules(string directory, IgnoreRules? parent)
    {
        _parent = parent;
        _directory = directory;
        _isRepository = Path.Exists(Path.Combine(directory, ".git"));
        _isInRepository = _isRepository || parent?._isInRepository == true;
        _own = Read(Path.Combine(directory, ".ignore"));
        _git = _isInRepository ? Read(Path.Combine(directory, ".gitignore")) : [];
        _exclude = _isRepository ? Read(Path.Combine(directory, ".git", "info", "exclude")) : [];
        _userExclude = _isRepository ? ReadUserExcludes() : [];
    }

    /// <summary>The rules in a directory, those of its parents included.</summary>
    /// <param name="directory">The full path, without a separator at its end.</param>
    public static IgnoreRules Of(string directory) =>
        new(directory, Path.GetDirectoryName(directory) is { Length: > 0 } parent ? Of(parent) : null);

    /// <summary>The rules in a directory of this one.</summary>
    public IgnoreRules In(string name) => new(Path.Combine(_directory, name), this);

    /// <summary>Whether an entry of this directory is left out; false where a rule takes it in, null where none is about it.</summary>
    public bool? Ignores(string name, bool isDirectory)
    {
        string path = Path.Combine(_directory, name);
        return Find(path, isDirectory, rules => rules._own, isGit: false)
            ?? Find(path, isDirectory, rules => rules._git, isGit: true)
            ?? Find(path, isDirectory, rules => rules._exclude, isGit: true)
            ?? Find(path, isDirectory, rules => rules._userExclude, isGit: true);
    }

    private bool? Find(string path, bool isDirectory, Func<IgnoreRules, IReadOnlyList<IgnorePattern>> patternsOf, bool isGit)
    {
        for (var rules = this; rules is not null; rules = isGit && rules._isRepository ? null : rules._parent)
        {
            var patterns = patternsOf(rules);
            if (patterns.Count == 0)
                continue;

            var relative = path.AsSpan(rules._directory.Length).TrimStart(Path.DirectorySeparatorChar);
            for (int i = patterns.Count - 1; i >= 0; i--)
            {
                if (patterns[i].IsMatch(relative, isDirectory))
                    return !patterns[i].IsNegated;
            }
        }

        return null;
    }

    private static IReadOnlyList<IgnorePattern> ReadUserExcludes()
    {
        try
        {
            return GitExcludes.Path() is { } path ? Read(path) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"git's configuration cannot be read: {TextException.ToOneLine(exception)}", exception);
        }
    }

    private static IReadOnlyList<IgnorePattern> Read(string path)
    {
        try
        {
            return File.Exists(path) ? [.. File.ReadLines(path).Select(IgnorePattern.Read).OfType<IgnorePattern>()] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"`{path}` cannot be read: {TextException.ToOneLine(exception)}", exception);
        }
    }
}
