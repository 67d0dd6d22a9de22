namespace Rlm;

/// <summary>Why a model call gave no usable reply.</summary>
public enum ModelFailure
{
    /// <summary>No connection could be made: refused, no such host, no route.</summary>
    Unreachable,

    /// <summary>The connection ended before the whole reply had arrived.</summary>
    Disconnected,

    /// <summary>No secure connection: the certificate or the TLS handshake failed.</summary>
    Insecure,

    /// <summary>No whole reply within the time allowed for one request, or status 408.</summary>
    Timeout,

    /// <summary>Status 401 or 403 that says nothing of credit: the key is missing, wrong or not allowed to do this.</summary>
    Unauthorized,

    /// <summary>Status 404: no such path or no such model.</summary>
    NotFound,

    /// <summary>Status 429 that speaks neither of credit nor of the prompt's length: too many requests for now.</summary>
    RateLimited,

    /// <summary>
    /// Status 402, or another that says so, as with <c>insufficient_quota</c>: the account is out of credit or at
    /// its limit; waiting does not help.
    /// </summary>
    QuotaExhausted,

    /// <summary>The prompt is longer than the model's window.</summary>
    PromptTooLong,

    /// <summary>Any other status from 300 to 499: the endpoint does not take the request as it is.</summary>
    BadRequest,

    /// <summary>Status 500 and above.</summary>
    ServerError,

    /// <summary>The reply is not JSON, is cut off, or is not the JSON of the protocol.</summary>
    MalformedReply,

    /// <summary>The reply is well formed and holds no text.</summary>
    EmptyReply,

    /// <summary>The model or its filter refused, and gave no text.</summary>
    Refused,

    /// <summary>The limit of output tokens was used up before any text, as by reasoning.</summary>
    OutputLimit,

    /// <summary>The reply is larger than the client takes.</summary>
    ReplyTooLarge,

    /// <summary>No model could be chosen from what was given; nothing was sent.</summary>
    NotChosen,
}
