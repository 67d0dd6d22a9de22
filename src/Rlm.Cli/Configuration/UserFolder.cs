namespace Rlm.Cli.Configuration;

/// <summary>The folders of this user, as the XDG base directories say, and files in them that nobody else may read.</summary>
internal static class UserFolder
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MostTries = 500;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>What is kept from run to run; null where there is no home.</summary>
    public static string? FindState(Func<string, string?> variable) => Find(variable, "XDG_STATE_HOME", ".local/state");

    /// <summary>What the user sets; null where there is no home.</summary>
    public static string? FindConfiguration(Func<string, string?> variable) => Find(variable, "XDG_CONFIG_HOME", ".config");

    /// <summary>The path with the user's home in place of a <c>~</c> before it.</summary>
    public static string Expand(string path, Func<string, string?> variable) =>
        (path == "~" || path.StartsWith("~/", StringComparison.Ordinal)) && variable("HOME") is { Length: > 0 } home ? home + path[1..] : path;

    /// <summary>Makes the folder of a file, if there is none.</summary>
    public static void CreateFor(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnFile | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file that is new, or that is made the user's own.</summary>
    public static FileStream OpenOwn(string path, FileMode mode)
    {
        CreateFor(path);
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
            return new(path, options);

        options.UnixCreateMode = OwnFile;
        var stream = new FileStream(path, options);
        File.SetUnixFileMode(stream.SafeFileHandle, OwnFile);
        return stream;
    }

    /// <summary>Writes a file of the user's own as a whole, or leaves it as it is.</summary>
    public static void Write(string path, string text)
    {
        string target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        string written = target + ".new";
        using (var writer = new StreamWriter(OpenOwn(written, FileMode.Create)))
            writer.Write(text);
        File.Move(written, target, overwrite: true);
    }

    /// <summary>Holds a file that is read and written anew, until what is given is disposed of: others who hold it wait.</summary>
    /// <exception cref="MisuseException">Somebody holds it for longer than a change takes.</exception>
    public static async Task<IDisposable> HoldAsync(string path, CancellationToken cancellationToken)
    {
        // The file itself is replaced by each change. What is held stays: one that is removed might be held twice.
        string held = path + ".lock";
        CreateFor(held);
        for (int tries = 0; tries < MostTries; tries++)
        {
            try
            {
                return new FileStream(held, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException))
            {
                await Task.Delay(BetweenTries, cancellationToken).ConfigureAwait(false);
            }
        }

        throw new MisuseException($"{path} is being changed by another rlm: try again");
    }

    /// <summary>Whether somebody else may read the file.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    private static string? Find(Func<string, string?> variable, string name, string underHome) =>
        variable(name) is { Length: > 0 } folder && Path.IsPathRooted(folder) ? Path.Combine(folder, "rlm")
        : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, underHome, "rlm")
        : null;
}
