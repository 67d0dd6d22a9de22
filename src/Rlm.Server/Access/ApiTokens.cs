using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rlm.Cli;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Configuration;
using Rlm.Cli.Runs;
using Rlm.Server.Protocol;

namespace Rlm.Server.Access;

/// <summary>Who may ask: everybody on this machine where there is no token, else whoever sends one.</summary>
internal sealed class ApiTokens
{
    private const string Everybody = "local", Bearer = "Bearer ", Basic = "Basic ";

    private readonly List<(byte[] Hash, ApiCaller Caller)> _tokens = [];
    private readonly ApiCaller? _everybody;

    private ApiTokens(IEnumerable<(string Secret, TokenSettings Settings)> tokens, TimeProvider time)
    {
        _tokens.AddRange(tokens.Select(token => (HashOf(token.Secret), new ApiCaller(token.Settings, time))));
        _everybody = _tokens.Count == 0 ? new(new(Everybody, "") { SeesRuns = true }, time) : null;
    }

    /// <summary>Whether a token must be sent.</summary>
    public bool AreRequired => _everybody is null;

    /// <summary>Whether a token has a limit of cost, which needs prices.</summary>
    public bool LimitCost { get; private init; }

    /// <summary>Reads the tokens that are set, with their keys.</summary>
    /// <exception cref="MisuseException">One has no key, or a server for other machines has no token.</exception>
    public static ApiTokens Read(ServerArguments arguments, CliHost host)
    {
        var settings = (arguments.ReadsConfiguration ? ConfiguredOptions.Read(host, arguments.Profile, _ => { }).Tokens : []).ToList();
        if (arguments.TokenKey is { } key)
            settings.Add(new(key, key));
        if (settings.Count == 0 && !IPAddress.IsLoopback(arguments.Listen.Address))
        {
            throw new MisuseException(
                $"{arguments.Listen} is for other machines, so that requests need a token: rlm keys set clients, and --token-key clients; "
                + "or listen to 127.0.0.1");
        }

        return new(settings.Select(token => (SecretOf(token, host), token)), arguments.Run.Options.TimeProvider)
        {
            LimitCost = settings.Any(token => token.MaxCostUsd is not null),
        };
    }

    /// <summary>Who sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isForBrowsers">Whether a browser may send the token as a password. It does so for every page that leads here, so that nothing that spends may take it.</param>
    /// <exception cref="ApiException">Nobody who may.</exception>
    public ApiCaller Find(HttpRequest request, bool isForBrowsers)
    {
        if (_everybody is not null)
            return _everybody;

        string given = request.Headers.Authorization.ToString();
        string secret = given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? given[Bearer.Length..].Trim()
            : isForBrowsers && given.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && FindPassword(given[Basic.Length..].Trim()) is { } password ? password
            : throw Unauthorized("A token is needed: send `Authorization: Bearer TOKEN`.", isForBrowsers);

        byte[] hash = HashOf(secret);
        ApiCaller? found = null;
        // All are compared, so that the time tells nothing.
        foreach (var (known, caller) in _tokens)
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? caller : found;
        return found ?? throw Unauthorized("The token is none of this server's.", isForBrowsers);
    }

    /// <summary>The password of NAME:PASSWORD in Base64; null where there is none.</summary>
    private static string? FindPassword(string credentials)
    {
        byte[] bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out int count))
            return null;

        string text = Encoding.UTF8.GetString(bytes, 0, count);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : text[(colon + 1)..];
    }

    private static string SecretOf(TokenSettings token, CliHost host) => ModelKeys.Find(host, token.Key) ?? throw new MisuseException(
        $"the token `{token.Name}` has the key `{token.Key}`, and there is none of that name: rlm keys set {token.Key}, "
        + "or set the variable of that name");

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static ApiException Unauthorized(string message, bool isForBrowsers) =>
        new(401, "invalid_request_error", "invalid_api_key", message) { Challenge = isForBrowsers ? "Basic realm=\"rlm: the token as the password\", charset=\"UTF-8\"" : "Bearer" };
}
