using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Queues;

/// <summary>Where the queue of calls is.</summary>
internal static class QueueChoice
{
    /// <summary>The queue that is given, or that of the environment.</summary>
    /// <exception cref="MisuseException">There is none.</exception>
    public static string Require(string? given, CliHost host) =>
        given ?? (host.Variable(OptionCatalog.Workers.Variable!) is { Length: > 0 } url ? url : throw new MisuseException(
            $"nothing says where the queue is: {OptionCatalog.Workers.Name} postgres://USER@HOST/DATABASE, or {OptionCatalog.Workers.Variable} in the environment"));
}
