using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>A model call that failed; the message is one line that says where, what, and what to do.</summary>
/// <remarks>The message never holds the API key, even where the server's own text does.</remarks>
public sealed class ModelException : Exception
{
    private readonly string _message;

    /// <summary>A failure with a message of its own, for chat clients outside this library.</summary>
    public ModelException(ModelFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(message);
        Failure = failure;
        _message = message;
    }

    /// <summary>What kind of failure it was.</summary>
    public ModelFailure Failure { get; }

    /// <summary>The address that was asked, without user, password or query; null when nothing was sent.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The HTTP status; null when no status arrived.</summary>
    public int? StatusCode { get; init; }

    /// <summary>How long the server asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many times the request was sent.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsTransient => Failure is ModelFailure.Unreachable or ModelFailure.Disconnected or ModelFailure.Timeout
        or ModelFailure.RateLimited or ModelFailure.ServerError or ModelFailure.MalformedReply or ModelFailure.EmptyReply;

    /// <summary>Whether every further call would fail the same way: nothing about the prompt or the moment is the reason.</summary>
    internal bool IsForAll => Failure is ModelFailure.Unauthorized or ModelFailure.NotFound or ModelFailure.QuotaExhausted
        or ModelFailure.Insecure or ModelFailure.NotChosen;

    /// <summary>One line: the endpoint, what happened, the first line of what the server said, and what to do.</summary>
    public override string Message => Attempts > 1 ? $"{_message} (after {Attempts} attempts)" : _message;

    /// <summary>The tokens that the provider charges although nothing came of them; null where it told none.</summary>
    internal UsageDetails? Usage { get; init; }

    /// <summary>Whether the error stood inside a reply of status 2xx.</summary>
    internal bool IsInsideReply { get; init; }

    /// <summary>
    /// Whether the provider may charge for the attempt: a reply had begun, or the request was sent and nobody knows what came of it. A
    /// refusal and a connection that could not be made cost nothing.
    /// </summary>
    internal bool MayBeCharged => Usage is not null || IsInsideReply
        || Failure is ModelFailure.MalformedReply or ModelFailure.EmptyReply or ModelFailure.Refused
        or ModelFailure.OutputLimit or ModelFailure.ReplyTooLarge or ModelFailure.Disconnected
        || (Failure == ModelFailure.Timeout && StatusCode is null);

    /// <summary>What the server said, bounded and without the key; empty when it said nothing.</summary>
    internal string ServerText { get; init; } = "";
}
