using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rlm.Docs;

/// <summary>What a file that attacks its reader is left with.</summary>
internal static unsafe partial class Confinement
{
    private const int Processor = 0;
    private const int Core = 4;
    private const ulong MostSeconds = 3600;

    private static bool _isEntered;

    private static int OpenFiles => OperatingSystem.IsMacOS() ? 8 : 7;

    /// <summary>
    /// From here on the process opens nothing: neither a file nor a socket. It ends by itself where whoever called it is gone. A second call
    /// changes nothing.
    /// </summary>
    /// <param name="needsCryptography">Whether the system's library for it is to be loaded before, as for an encrypted PDF.</param>
    /// <remarks>Only a native binary, since any other opens the assemblies that it comes to.</remarks>
    public static void Enter(bool needsCryptography)
    {
        if (_isEntered)
            return;

        _isEntered = true;
        bool isNative = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is null;
        if (!isNative || OperatingSystem.IsWindows())
            return;

        if (needsCryptography)
            SHA256.HashData([]);
        Limit(OpenFiles, 0);
        Limit(Core, 0);
        Limit(Processor, MostSeconds);
    }

    private static void Limit(int resource, ulong most)
    {
        ulong* limit = stackalloc ulong[] { most, most };
        if (SetLimit(resource, limit) != 0)
            throw new IOException(Invariant($"the system does not take the limit {resource}"));
    }

    // https://man7.org/linux/man-pages/man2/setrlimit.2.html: the same numbers on x64 and arm64.
    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong* limit);
}
