using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Queues;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Workers;

/// <summary><c>rlm workers</c>: the queue itself.</summary>
internal sealed class WorkersCommand() : Verb(
    "workers", "[init | list | forget RUN] --workers URL", "make the queue that workers take calls of; who is there, and what waits",
    "`init` makes the schema rlm, in a database of PostgreSQL 11 or later, and the roles rlm_owner, rlm_run and rlm_worker where it may; it can be run again. A user in the role rlm_run posts calls and sees its own, one in rlm_worker takes calls and "
    + "gives replies, and neither sees a table. `list`, as without an action, tells the workers and runs. `forget` removes the calls and replies of a run that nobody will resume.",
    [OptionCatalog.Workers, Lease, Json, .. Common],
    [
        ("rlm workers init --workers postgres://admin@db.example.com/rlm", "once, by who owns the database"),
        ("rlm workers --workers postgres://me@db.example.com/rlm", "who is there, and what waits"),
    ])
{
    public override IReadOnlyList<string> Words => ["init", "list", "forget"];

    public override Invocation Read(OptionReader reader)
    {
        var words = reader.Words;
        string action = words.Count > 0 ? words[0] : "list";
        if (action is not ("init" or "list" or "forget"))
            reader.Fail($"`{action}` is none of init, list and forget");
        else if (action == "forget" ? words.Count != 2 : words.Count > 1)
            reader.Fail(action == "forget" ? "rlm workers forget needs a RUN of `rlm workers list`" : $"`{words[1]}` is one argument too many");
        var lease = reader.Time(Lease);
        if (lease is not null && action != "init")
            reader.Fail("--lease is of rlm workers init");
        if (lease < TimeSpan.FromSeconds(1))
            reader.Fail("--lease is at least a second");
        return new WorkersInvocation(
            action, words.Count > 1 ? words[1] : "", reader.Text(OptionCatalog.Workers), lease, OutputArguments.Read(reader));
    }
}

/// <param name="Action">What to do.</param>
/// <param name="Run">The run to forget.</param>
/// <param name="QueueUrl">The queue; null for that of the environment.</param>
/// <param name="Lease">How long a worker may be silent; null for as it is.</param>
/// <param name="Output">How it is told.</param>
internal sealed record WorkersInvocation(string Action, string Run, string? QueueUrl, TimeSpan? Lease, OutputArguments Output) : Invocation
{
    public override bool NeedsQueue(CliHost host) => true;

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var server = host.RequireQueues();
        string url = QueueChoice.Require(QueueUrl, host);
        var status = new StatusWriter(host, Output);
        switch (Action)
        {
            case "init":
                status.Tell(await server.InitAsync(url, Lease, cancellationToken).ConfigureAwait(false));
                break;
            case "forget":
                long forgotten = await server.ForgetAsync(url, Run, cancellationToken).ConfigureAwait(false);
                if (forgotten == 0)
                    throw new MisuseException($"there is no run `{Run}` of yours in the queue: `rlm workers list` tells them");
                status.Tell($"{Runtime.Rendering.Amount.Of(forgotten, "call")} forgotten");
                break;
            default:
                var report = await server.ListAsync(url, cancellationToken).ConfigureAwait(false);
                host.WriteText(Output.Json ? QueueReportText.WriteJson(report) : QueueReportText.Write(report));
                break;
        }

        return ExitCodes.Answered;
    }
}
