namespace Rlm.Providers.Wire;

/// <summary>
/// Sends calls by their path, to addresses of its own and with keys of its own. It keeps the time limit itself, which counts from when a call
/// is sent and not from when it is handed in.
/// </summary>
internal interface ICallSender
{
    /// <summary>The reply to one attempt.</summary>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    Task<HttpResponseMessage> SendAsync(string path, byte[] body, TimeSpan timeLimit, CancellationToken cancellationToken);
}
