using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rlm.Providers;
using Rlm.Providers.Wire;

namespace Rlm;

/// <summary>Asks endpoints what they offer.</summary>
public static class ModelCatalog
{
    private const int MaxIdChars = 300;

    /// <summary>The endpoint's models in its own order; may be empty.</summary>
    /// <param name="http">Sends the request.</param>
    /// <param name="endpoint">The model in it is not looked at and may be empty.</param>
    /// <param name="options">Null means the defaults with 20 seconds and two attempts.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="ModelException">The endpoint gave no list.</exception>
    public static Task<IReadOnlyList<ModelListing>> ListAsync(
        HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var transport = new ModelTransport(
            http, endpoint with { BaseUrl = AzureAddress.ListAddressOf(endpoint.BaseUrl) }, endpoint.Provider.ListPath, options ?? new() { Timeout = TimeSpan.FromSeconds(20), MaxAttempts = 2 });
        return transport.GetAsync(Read, cancellationToken);
    }

    /// <summary>The models of a server on this machine, or null when none answers within <paramref name="timeout"/>.</summary>
    /// <remarks>
    /// Tries the port with a bare socket first: on a machine without servers nothing is thrown, which costs milliseconds.
    /// </remarks>
    internal static async Task<IReadOnlyList<ModelListing>?> TryListLocalAsync(
        HttpMessageInvoker http, Uri baseUrl, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await ListensAsync(baseUrl, timeout, time, cancellationToken).ConfigureAwait(false))
            return null;

        try
        {
            var options = new ModelClientOptions { Timeout = timeout, MaxAttempts = 1, TimeProvider = time };
            return await ListAsync(http, new ModelEndpoint(ModelProvider.Common, baseUrl, ""), options, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    private static IReadOnlyList<ModelListing> Read(ReadOnlySpan<byte> json, FailureReader failures)
    {
        var data = JsonSerializer.Deserialize(json, ModelJsonContext.Wire.CatalogReply)?.Data
            ?? throw failures.Reply(ModelFailure.MalformedReply, "answered with no list of models");
        return
        [
            .. from entry in data
               let id = entry?.Id
               where id is { Length: > 0 and <= MaxIdChars } && !id.Any(char.IsControl)
               let window = entry.MaxModelLen ?? entry.ContextLength ?? entry.MaxInputTokens ?? entry.Meta?.NCtxTrain
               select new ModelListing(id, window is > 0 and <= int.MaxValue ? (int)window : null)
               {
                   Grammar = LocalServer.GrammarOf(entry.OwnedBy),
                   Owner = entry.OwnedBy,
               },
        ];
    }

    private static async Task<bool> ListensAsync(Uri url, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var connect = new SocketAsyncEventArgs { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, url.Port) };
        var ended = new TaskCompletionSource<SocketError>(TaskCreationOptions.RunContinuationsAsynchronously);
        connect.Completed += (_, args) => ended.TrySetResult(args.SocketError);
        if (!socket.ConnectAsync(connect))
            return connect.SocketError == SocketError.Success;

        var late = Task.Delay(timeout, time, cancellationToken);
        if (await Task.WhenAny(ended.Task, late).ConfigureAwait(false) == late)
        {
            Socket.CancelConnectAsync(connect);
            await ended.Task.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }

        return await ended.Task.ConfigureAwait(false) == SocketError.Success;
    }
}
