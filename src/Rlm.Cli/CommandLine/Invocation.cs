namespace Rlm.Cli.CommandLine;

/// <summary>A command line that was read; nothing has been opened or asked yet.</summary>
internal abstract record Invocation
{
    /// <summary>Whether stdout is kept for one JSON object, whatever happens.</summary>
    public virtual bool WantsJson => false;

    /// <summary>Whether workers and their queue have to do with it.</summary>
    public virtual bool NeedsQueue(CliHost host) => false;

    /// <summary>Does what the command line says, and gives the exit code.</summary>
    public abstract Task<int> RunAsync(CliHost host, CancellationToken cancellationToken);
}

/// <summary>A run that a journal keeps, and that can be run again from it.</summary>
internal abstract record JournaledInvocation(ContextArguments Contexts, RunArguments Run, OutputArguments Output) : Invocation
{
    public override bool WantsJson => Output.Json;

    public override bool NeedsQueue(CliHost host) => Run.FindQueue(host) is not null;

    public sealed override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken) => RunAsync(host, null, cancellationToken);

    /// <param name="host">The process around it.</param>
    /// <param name="replay">The journal that has every reply; null where models are asked.</param>
    /// <param name="cancellationToken">Interrupts the run.</param>
    public abstract Task<int> RunAsync(CliHost host, RlmJournal? replay, CancellationToken cancellationToken);
}
