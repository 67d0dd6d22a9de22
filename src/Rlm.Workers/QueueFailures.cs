using Npgsql;

namespace Rlm.Workers;

/// <summary>Turns what PostgreSQL and the way to it say into a <see cref="CallQueueException"/>.</summary>
internal static class QueueFailures
{
    private const string UndefinedFunction = "42883", UndefinedTable = "42P01", UndefinedSchema = "3F000", Denied = "42501";

    /// <summary>What the server is asked to stop and start, or is too busy for; the same succeeds a little later.</summary>
    private static readonly string[] Passing = ["57P01", "57P02", "57P03", "40001", "40P01", "53300", "55P03", "57014", "25006"];

    /// <summary>Does it, and tells what goes wrong.</summary>
    public static async Task<T> GuardAsync<T>(string place, Func<Task<T>> act)
    {
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            bool isPassing = exception.IsTransient || Passing.Contains(exception.SqlState);
            throw new CallQueueException($"the queue at {place} {Say(exception)}", isPassing, exception);
        }
        catch (NpgsqlException exception)
        {
            // A certificate that is not believed now is not believed later.
            bool isInsecure = exception.InnerException is System.Security.Authentication.AuthenticationException;
            string reason = (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw new CallQueueException($"the queue at {place} does not answer: {reason}", !isInsecure, exception);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or ObjectDisposedException)
        {
            throw new CallQueueException($"the queue at {place} does not answer: {exception.Message.TrimEnd('.')}", isTransient: true, exception);
        }
    }

    private static string Say(PostgresException exception) => exception.SqlState switch
    {
        UndefinedFunction or UndefinedTable or UndefinedSchema => "has no tables of rlm: make them with `rlm workers init`",
        Denied => $"refuses it ({exception.MessageText}): a run needs the role rlm_run, a worker rlm_worker",
        _ => $"says: {exception.MessageText.ReplaceLineEndings(" ")}",
    };
}
