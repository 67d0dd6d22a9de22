using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Runtime.Journal;

/// <summary>
/// What a journal's name leads to: an ordinary file, found behind its links, and written by one process at a time
/// whatever name that calls it by.
/// </summary>
internal static partial class JournalTarget
{
    private const int ThisDirectory = -100, TypeMask = 0xF000, Ordinary = 0x8000, ModeOffset = 28, StatusBytes = 256;
    private const uint TypeAndMode = 0x3;
    private const int SetLockOfDescription = 37, TryAgain = 11, AccessDenied = 13;
    private const int Interrupted = 4, InvalidArgument = 22, ReadOnlyFileSystem = 30, NotSupported = 95;
    private const short WriteLock = 1;

    /// <summary>The path behind symbolic links, so that one file has one name.</summary>
    /// <exception cref="IOException">It is a directory, a pipe, a socket or a device.</exception>
    public static string Resolve(string path)
    {
        var named = new FileInfo(path);
        string real = named.LinkTarget is null ? path : named.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        if (Directory.Exists(real))
            throw new IOException($"the journal `{path}` is a directory; name a file in it");
        if (!IsOrdinary(real))
            throw new IOException(
                $"the journal `{path}` is a pipe, a socket or a device, which keeps nothing to go on from; name an ordinary file");
        return real;
    }

    /// <summary>Takes the file for this process alone; the system lets it go with the file.</summary>
    /// <returns>False where another process, or another journal of this one, writes the file.</returns>
    public static bool TryLock(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            return true;

        // A lock of the open file, not of its name or of the process: it sees through links, and no other handle's end gives it up.
        var whole = new FileLock { Type = WriteLock };
        return Control(file, SetLockOfDescription, ref whole) == 0 || Marshal.GetLastPInvokeError() is not (TryAgain or AccessDenied);
    }

    /// <summary>
    /// Waits until the disk has the file. Not by <see cref="FileStream.Flush(bool)"/>, which says nothing of a disk that fails.
    /// </summary>
    /// <exception cref="IOException">It does not take it.</exception>
    public static void ForceToDisk(FileStream file)
    {
        if (!OperatingSystem.IsLinux())
        {
            file.Flush(flushToDisk: true);
            return;
        }

        while (Synchronize(file.SafeFileHandle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            // Where there is nothing to be synchronized, there is nothing to fail.
            if (error is InvalidArgument or ReadOnlyFileSystem or NotSupported)
                return;
            if (error != Interrupted)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    private static bool IsOrdinary(string path)
    {
        if (!OperatingSystem.IsLinux())
            return true;

        Span<byte> status = stackalloc byte[StatusBytes];
        // What cannot be looked at, as what is not there yet, is told by whoever opens it.
        return ReadStatus(ThisDirectory, path, 0, TypeAndMode, status) != 0
            || (BitConverter.ToUInt16(status[ModeOffset..]) & TypeMask) == Ordinary;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadStatus(int directory, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, ref FileLock fileLock);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle file);

    /// <summary>The system's own on 64 bits; a length of 0 is the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
