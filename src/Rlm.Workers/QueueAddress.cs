using System.Net;
using Npgsql;

namespace Rlm.Workers;

/// <summary>The address of a queue, <c>postgres://user@host:port/database</c>, as Npgsql wants it.</summary>
internal static class QueueAddress
{
    private const string Form = "postgres://USER@HOST/DATABASE";

    private static readonly Dictionary<string, SslMode> Modes = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    /// <summary>Reads an address; a password may stand in it, in PGPASSWORD or in a file of passwords.</summary>
    /// <remarks>Any other host than this machine's own is asked for a certificate of its name, unless <c>sslmode</c> says otherwise.</remarks>
    /// <exception cref="CallQueueException">It is none.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("postgres" or "postgresql"))
            throw Fail($"this is not the address of a queue: write {Form}");

        string database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/'));
        string[] login = url.UserInfo.Split(':', 2);
        var options = ReadOptions(url.Query);
        string host = options.GetValueOrDefault("host") ?? url.IdnHost;
        if (database.Length == 0 || database.Contains('/', StringComparison.Ordinal) || login[0].Length == 0 || host.Length == 0)
            throw Fail($"the address of the queue names no {(login[0].Length == 0 ? "user" : host.Length == 0 ? "host" : "database")}: write {Form}");

        bool isOwn = host.StartsWith('/') || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        var read = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = url.Port > 0 ? url.Port : 5432,
            Username = Uri.UnescapeDataString(login[0]),
            Database = database,
            SslMode = isOwn ? SslMode.Disable : SslMode.VerifyFull,
            ApplicationName = "rlm",
            Timeout = 15,
            CommandTimeout = 30,
            KeepAlive = 15,
            MaxPoolSize = 4,
        };
        if (login.Length > 1)
            read.Password = Uri.UnescapeDataString(login[1]);
        if (options.TryGetValue("sslmode", out string? mode))
            read.SslMode = Modes.TryGetValue(mode, out var known) ? known : throw Fail($"sslmode `{mode}` is none of {string.Join(", ", Modes.Keys)}");
        if (options.TryGetValue("sslrootcert", out string? root))
            read.RootCertificate = root;
        return read;
    }

    /// <summary>The address without password.</summary>
    public static string Display(NpgsqlConnectionStringBuilder address) =>
        $"postgres://{address.Host}{(address.Port == 5432 ? "" : $":{address.Port}")}/{address.Database}";

    private static Dictionary<string, string> ReadOptions(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length != 2 || pair[0] is not ("sslmode" or "sslrootcert" or "host"))
                throw Fail($"`{pair[0]}` is nothing that the address of a queue says: it may say sslmode, sslrootcert and host");
            options[pair[0]] = Uri.UnescapeDataString(pair[1]);
        }

        return options;
    }

    private static CallQueueException Fail(string message) => new(message, isTransient: false);
}
