using System.Runtime.InteropServices;

namespace Rlm.Runtime.Texts.Formats;

/// <summary>Tells files from pipes, sockets and devices without opening them, which may wait for a writer.</summary>
internal static unsafe partial class FileKind
{
    private const int CurrentFolder = -100;
    private const uint TypeMask = 1;
    private const int ModeOffset = 28;
    private const int StructBytes = 256;
    private const int RegularFile = 0x8000;
    private const int TypeBits = 0xF000;

    /// <summary>Whether the path is a pipe, socket or device; false where nobody can tell.</summary>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;

        byte* status = stackalloc byte[StructBytes];
        try
        {
            return StatX(CurrentFolder, path, 0, TypeMask, status) == 0 && (*(ushort*)(status + ModeOffset) & TypeBits) is not RegularFile;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return false;
        }
    }

    // https://man7.org/linux/man-pages/man2/statx.2.html: unlike stat, its struct is the same on all processors.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* status);
}
