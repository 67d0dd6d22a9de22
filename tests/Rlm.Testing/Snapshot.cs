using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Rlm.Testing;

/// <summary>Compares a text with a committed <c>Type.Method.verified.txt</c> beside the test, by Verify's file convention.</summary>
/// <remarks>
/// A difference or a missing file writes <c>.received.txt</c> and fails. <c>RLM_ACCEPT=1</c> copies received to verified
/// and is refused when <c>CI</c> is set.
/// </remarks>
public static class Snapshot
{
    /// <summary>Throws <see cref="SnapshotException"/> unless <paramref name="text"/> is what was verified.</summary>
    public static void Verify(string text, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        string stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{method}");
        Compare(text, stem + ".verified.txt", stem + ".received.txt");
    }

    /// <summary>The same for a committed file that people read, such as a page of the reference.</summary>
    /// <param name="text">What the file must hold.</param>
    /// <param name="path">The file, from the root of the repository.</param>
    /// <param name="testFile">The file of the test, from which the root is found.</param>
    public static void VerifyPage(string text, string path, [CallerFilePath] string testFile = "")
    {
        var root = new DirectoryInfo(Path.GetDirectoryName(testFile)!);
        while (!File.Exists(Path.Combine(root.FullName, "Rlm.sln")))
            root = root.Parent ?? throw new FileNotFoundException($"No Rlm.sln above {testFile}.");

        string page = Path.Combine(root.FullName, path);
        Compare(text, page, page + ".received.txt");
    }

    private static void Compare(string text, string verifiedPath, string receivedPath)
    {
        string received = text.ReplaceLineEndings("\n");
        string? verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n") : null;

        if (verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        if (Environment.GetEnvironmentVariable("RLM_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") is null)
        {
            File.WriteAllText(verifiedPath, received, new UTF8Encoding(false));
            return;
        }

        File.WriteAllText(receivedPath, received, new UTF8Encoding(false));
        throw new SnapshotException(verified is null
            ? $"{verifiedPath} does not exist; received:\n{received}"
            : $"{verifiedPath} differs:\n{Difference(verified, received)}");
    }

    private static string Difference(string verified, string received)
    {
        var lines = InlineDiffBuilder.Diff(verified, received).Lines.Where(line => line.Type != ChangeType.Unchanged);
        return string.Join('\n', lines.Select(line => (line.Type == ChangeType.Inserted ? "+ " : "- ") + line.Text));
    }
}
