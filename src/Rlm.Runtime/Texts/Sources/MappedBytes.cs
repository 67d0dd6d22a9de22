using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>A stretch of a file that is read where the system keeps it, without a copy.</summary>
/// <remarks>
/// Only where the code of <c>mapped_bytes.c</c> is linked in, as into the native <c>rlm</c>: without its handler a file that is cut short
/// under the stretch would end the process. With it the bytes that are gone read as zeros, and <see cref="IsTorn"/> says so.
/// </remarks>
internal sealed unsafe partial class MappedBytes : IDisposable
{
    private static readonly Lazy<bool> IsReady = new(() => IsLinked && Start());

    private readonly byte* _start;
    private readonly int _skipped;
    private readonly int _length;
    private readonly int _number;
    private bool _isClosed;

    private MappedBytes(int number, byte* start, int skipped, int length)
    {
        _number = number;
        _start = start;
        _skipped = skipped;
        _length = length;
    }

    [FeatureSwitchDefinition("Rlm.MapsFiles")]
    private static bool IsLinked => AppContext.TryGetSwitch("Rlm.MapsFiles", out bool isLinked) && isLinked;

    /// <summary>The bytes, until the stretch is disposed.</summary>
    public ReadOnlySpan<byte> Span => new(_start + _skipped, _length);

    /// <summary>Whether the file became shorter while the bytes were read, so that some were zeros.</summary>
    public bool IsTorn => MapIsTorn(_number) != 0;

    /// <summary>The stretch; null where it cannot be mapped and has to be read.</summary>
    public static MappedBytes? TryOpen(SafeFileHandle file, long offset, int length)
    {
        if (!IsReady.Value)
            return null;

        int skipped = (int)(offset % Environment.SystemPageSize);
        int number = MapOpen((int)file.DangerousGetHandle(), offset - skipped, skipped + length, out byte* start);
        return number < 0 ? null : new MappedBytes(number, start, skipped, length);
    }

    public void Dispose()
    {
        if (_isClosed)
            return;

        _isClosed = true;
        MapClose(_number);
    }

    private static bool Start()
    {
        try
        {
            return MapStart() == 0;
        }
        catch (DllNotFoundException)
        {
            // The command line as it is built for `dotnet` has the switch of the native one, and not its code.
            return false;
        }
    }

    [LibraryImport("rlm_mapped_bytes", EntryPoint = "rlm_map_start")]
    private static partial int MapStart();

    [LibraryImport("rlm_mapped_bytes", EntryPoint = "rlm_map_open")]
    private static partial int MapOpen(int file, long offset, long length, out byte* start);

    [LibraryImport("rlm_mapped_bytes", EntryPoint = "rlm_map_is_torn")]
    private static partial int MapIsTorn(int number);

    [LibraryImport("rlm_mapped_bytes", EntryPoint = "rlm_map_close")]
    private static partial void MapClose(int number);
}
