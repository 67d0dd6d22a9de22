using System.Net;

namespace Rlm;

/// <summary>Makes what the chat clients send with.</summary>
public static class ModelHttp
{
    /// <summary>A client for any number of endpoints and calls at a time; one for the whole process is enough.</summary>
    /// <remarks>
    /// It has no time limit of its own, since every call has one, follows no redirects, since they would carry the key
    /// elsewhere, and goes around the proxy for this machine's own addresses. An <see cref="HttpClient"/> would do,
    /// and takes longer for each call.
    /// </remarks>
    public static HttpMessageInvoker CreateClient() => new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = new LoopbackBypass(),
    });

    private sealed class LoopbackBypass : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => HttpClient.DefaultProxy.Credentials;
            set => HttpClient.DefaultProxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
