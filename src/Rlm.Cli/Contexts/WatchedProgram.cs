using System.ComponentModel;
using System.Diagnostics;

namespace Rlm.Cli.Contexts;

/// <summary>A program that reads files for this one: started, fed, and ended when it is late, when it is done with, and with the run.</summary>
internal sealed class WatchedProgram : IDisposable
{
    private readonly Process _process;
    private readonly bool _hasChildren;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private Task _feeding = Task.CompletedTask;
    private long _deadline;

    private WatchedProgram(Process process, bool hasChildren)
    {
        (_process, _hasChildren) = (process, hasChildren);
        _timer = TimeProvider.System.CreateTimer(_ => EndLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.ProcessExit += EndWithRun;
    }

    /// <summary>Whether it was ended since it took too long.</summary>
    public bool IsLate { get; private set; }

    /// <summary>What went wrong with the file that it was fed; null for nothing.</summary>
    public IOException? FileFault { get; private set; }

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Error => _process.StandardError;

    /// <summary>Its code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it, with its three streams piped.</summary>
    /// <param name="start">The program, with its arguments and its environment.</param>
    /// <param name="hasChildren">Whether it may have started others, which end with it.</param>
    /// <exception cref="Win32Exception">It cannot be run.</exception>
    public static WatchedProgram Start(ProcessStartInfo start, bool hasChildren)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new WatchedProgram(Process.Start(start)!, hasChildren);
    }

    /// <summary>Ends it when so much time has passed, unless this is said again. False where it was ended before.</summary>
    public bool EndAfter(TimeSpan time)
    {
        lock (_gate)
        {
            _deadline = TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
            return !IsLate && _timer.Change(time, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Takes what it writes as errors for nothing.</summary>
    public void PassOverErrors()
    {
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>Feeds it a file, while its output is read; on a thread of its own, since those of the pool may all wait for outputs.</summary>
    /// <param name="file">The file.</param>
    /// <param name="write">Writes the file to its input; <see cref="Stream.Close"/> ends that.</param>
    public void Feed(Stream file, Action<Stream, Stream> write) => _feeding = Task.Factory.StartNew(
        () => Write(file, write), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Waits until all that it is to read is written.</summary>
    public void WaitForFeeding() => _feeding.Wait();

    /// <summary>Waits until it has ended, by itself or since it was late.</summary>
    public void WaitForExit()
    {
        _process.WaitForExit();
        _feeding.Wait();
    }

    /// <summary>Ends it, where it has not ended by itself.</summary>
    public void End()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithRun;
        Kill();

        // It reads no more, and its input ends with it.
        _feeding.Wait();
        _process.WaitForExit();
        _timer.Dispose();
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private void Write(Stream file, Action<Stream, Stream> write)
    {
        var fed = new FedStream(file);
        var input = _process.StandardInput.BaseStream;
        try
        {
            write(fed, input);
        }
        catch (IOException)
        {
            // What ended before it read all tells why, or broke off. A file that cannot be read is not taken for a shorter one.
            FileFault = fed.Fault;
            if (FileFault is not null)
                Kill();
        }
    }

    // A run that is over, or ended from outside, leaves no program behind.
    private void EndWithRun(object? sender, EventArgs e) => Kill();

    private void EndLate()
    {
        lock (_gate)
        {
            // It may have been given more time while this was called.
            long left = _deadline - TimeProvider.System.GetTimestamp();
            if (left > 0)
            {
                _timer.Change(TimeSpan.FromSeconds((double)left / TimeProvider.System.TimestampFrequency), Timeout.InfiniteTimeSpan);
                return;
            }

            IsLate = true;
        }

        AppDomain.CurrentDomain.ProcessExit -= EndWithRun;
        Kill();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(_hasChildren);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
