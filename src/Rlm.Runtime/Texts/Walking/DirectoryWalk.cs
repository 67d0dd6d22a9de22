
namespace Rlm.Runtime.Texts.Walking;

/// <summary>
/// Finds the files under a directory as ripgrep does: hidden and ignored ones are left out, and links, which may lead back up or nowhere.
/// Of a Maildir (https://cr.yp.to/proto/maildir.html) it finds the mails, those of its hidden folders among them.
/// </summary>
/// <param name="pattern">What the names have to match; null for all.</param>
internal sealed class DirectoryWalk(GlobPattern? pattern)
{
    private static readonly string[] MaildirFolders = ["cur", "new", "tmp"];
    private static readonly string[] OwnFiles = [".git", ".gitignore", ".ignore"];

    private readonly List<string> _names = [];

    /// <summary>How many files and directories the ignore files left out.</summary>
    public int Ignored { get; private set; }

    /// <summary>How many hidden files and directories were left out, without those that say how to walk.</summary>
    public int Hidden { get; private set; }

    /// <summary>How many directories below the first one cannot be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>How many links, which may lead back up or nowhere, were left out.</summary>
    public int Links { get; private set; }

    /// <summary>How many files and directories have names that are not UTF-8, by which they cannot be opened.</summary>
    public int Unnamed { get; private set; }

    /// <summary>The files' paths from the directory, with slashes, in ordinal order.</summary>
    /// <exception cref="TextException">A directory cannot be read.</exception>
    public List<string> Names(string directory)
    {
        var start = new DirectoryInfo(directory);
        try
        {
            Walk(start, "", IgnoreRules.Of(Path.TrimEndingDirectorySeparator(start.FullName)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TextException.Unreadable(directory, exception);
        }

        return [.. _names.Order(StringComparer.Ordinal)];
    }

    private void Walk(DirectoryInfo directory, string prefix, IgnoreRules rules)
    {
        bool isMaildir = IsMaildir(directory);
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            bool isDirectory = entry is DirectoryInfo;
            if (entry.Name.Contains('\uFFFD') && !Path.Exists(entry.FullName) && !entry.Name.StartsWith('.'))
            {
                Unnamed++;
                continue;
            }

            bool? isIgnored = rules.Ignores(entry.Name, isDirectory);
            bool isHidden = entry.Name.StartsWith('.') || (entry.Attributes & FileAttributes.Hidden) != 0;
            if (isMaildir)
            {
                // Beside the mails are those on their way, and lists of the server.
                bool isMail = entry is DirectoryInfo folder && (folder.Name is "cur" or "new" || IsMaildir(folder));
                isIgnored = isIgnored == true || !isMail;
                isHidden &= !isMail;
            }

            string name = prefix + entry.Name;
            if (isIgnored ?? isHidden)
            {
                if (!isHidden)
                    Ignored++;
                else if ((isDirectory || pattern is null || pattern.IsMatch(name)) && !OwnFiles.Contains(entry.Name))
                    Hidden++;
                continue;
            }

            if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
            {
                if (isDirectory || pattern is null || pattern.IsMatch(name))
                    Links++;
                continue;
            }

            if (entry is not DirectoryInfo inner)
            {
                if (pattern is null || pattern.IsMatch(name))
                    _names.Add(name);
            }
            else
            {
                WalkInner(inner, name + "/", rules);
            }
        }
    }

    private void WalkInner(DirectoryInfo directory, string prefix, IgnoreRules rules)
    {
        try
        {
            Walk(directory, prefix, rules.In(directory.Name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Unreadable++;
        }
    }

    private static bool IsMaildir(DirectoryInfo directory) =>
        Array.TrueForAll(MaildirFolders, folder => Directory.Exists(Path.Combine(directory.FullName, folder)));
}
