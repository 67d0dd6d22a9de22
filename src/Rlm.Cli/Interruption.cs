using System.Runtime.InteropServices;

namespace Rlm.Cli;

/// <summary>Ctrl-C, SIGTERM and the end of the terminal: the first cancels the run, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt, _terminate, _hangUp;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);
    }

    /// <summary>Told of Ctrl-C in place of the run, and says whether that is enough; null for nobody.</summary>
    public Func<bool>? Caught { get; set; }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _hangUp.Dispose();
        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        if (context.Signal == PosixSignal.SIGINT && Caught?.Invoke() == true)
        {
            context.Cancel = true;
            return;
        }

        // Not cancelled the second time, so that the system's default ends the process.
        context.Cancel = !_source.IsCancellationRequested;
        if (context.Cancel)
            _source.Cancel();
    }
}
