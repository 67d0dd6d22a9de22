using Rlm.Runtime.Texts.Sources;

namespace Rlm.Cli.Contexts;

/// <summary>A file that is fed to a program, which tells what went wrong with it from what went wrong with the program.</summary>
/// <param name="file">The file, which stays open.</param>
internal sealed class FedStream(Stream file) : ForwardStream(null)
{
    /// <summary>Why it could not be read; null where it could.</summary>
    public IOException? Fault { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return file.Read(buffer);
        }
        catch (IOException exception)
        {
            Fault = exception;
            throw;
        }
    }
}
