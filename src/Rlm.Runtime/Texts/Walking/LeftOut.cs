namespace Rlm.Runtime.Texts.Walking;

/// <summary>What a walk leaves out of a directory, as a note lists it.</summary>
internal static class LeftOut
{
    private const int MostNamed = 3;

    /// <summary>What was left out, each kind with how many; null for nothing.</summary>
    /// <param name="walk">The walk, at its end.</param>
    /// <param name="binaries">The files that are not texts.</param>
    /// <param name="special">How many pipes, sockets and devices there were.</param>
    public static string? Describe(DirectoryWalk walk, IReadOnlyList<string> binaries, int special)
    {
        string[] kinds =
        [
            .. Binaries(binaries),
            .. Kind(special, "pipe, socket or device", "pipes, sockets or devices"),
            .. Kind(walk.Links, "link", "links"),
            .. Hidden(walk.Hidden),
            .. Kind(walk.Unreadable, "directory that cannot be read", "directories that cannot be read"),
            .. Kind(walk.Unnamed, "name that is not UTF-8", "names that are not UTF-8"),
            .. Kind(
                walk.Ignored,
                "ignored file or directory, which is read by its own path",
                "ignored files or directories, which are read by their own paths"),
        ];
        return kinds.Length == 0 ? null : string.Join(", ", kinds);
    }

    /// <summary>The same of files that are not on this machine.</summary>
    /// <param name="binaries">The files that are not texts.</param>
    /// <param name="hidden">How many are hidden, or in hidden folders.</param>
    public static string? Describe(IReadOnlyList<string> binaries, int hidden)
    {
        string[] kinds = [.. Binaries(binaries), .. Hidden(hidden)];
        return kinds.Length == 0 ? null : string.Join(", ", kinds);
    }

    private static string[] Binaries(IReadOnlyList<string> binaries)
    {
        string examples = $"{string.Join(", ", binaries.Take(MostNamed))}{(binaries.Count > MostNamed ? ", …" : "")}";
        return Kind(binaries.Count, $"binary file ({examples})", $"binary files ({examples})");
    }

    private static string[] Hidden(int count) => Kind(count, "hidden file or directory", "hidden files or directories");

    private static string[] Kind(int count, string one, string many) =>
        count == 0 ? [] : [Invariant($"{count:N0} {(count == 1 ? one : many)}")];
}
