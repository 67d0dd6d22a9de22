using System.Collections.Concurrent;

namespace Rlm.Cli.Contexts;

/// <summary>Programs that wait for the next file, so that many files do not start as many programs.</summary>
/// <param name="patience">How long one waits before it is ended.</param>
internal sealed class DocsPool(TimeSpan patience)
{
    private readonly ConcurrentBag<WatchedProgram> _waiting = [];

    /// <summary>One that waits; null where none does. It may have ended by itself.</summary>
    public WatchedProgram? Take()
    {
        while (_waiting.TryTake(out var program))
        {
            if (program.EndAfter(patience))
                return program;
            program.Dispose();
        }

        return null;
    }

    /// <summary>Has one wait that has told all of its file, which it has read to its end.</summary>
    public void Add(WatchedProgram program)
    {
        program.WaitForFeeding();
        if (program.EndAfter(patience))
            _waiting.Add(program);
        else
            program.Dispose();
    }
}
