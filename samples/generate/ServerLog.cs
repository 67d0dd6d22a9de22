using System.Globalization;

/// <summary>One day of a shop's servers in 10,000 lines, with an outage from 14:02 to 14:31.</summary>
internal static class ServerLog
{
    private const int LineCount = 10_000;
    private static readonly string[] Web = ["web-01", "web-02", "web-03", "web-04"];
    private static readonly string[] Api = ["api-01", "api-02"];

    private static readonly (string Method, string Path, int Weight, int Median)[] Endpoints =
    [
        ("GET", "/api/orders", 20, 110), ("GET", "/api/products", 26, 60), ("GET", "/api/search", 16, 220), ("GET", "/api/cart", 14, 80),
        ("POST", "/api/cart", 9, 130), ("POST", "/api/orders", 6, 260), ("POST", "/api/payments", 5, 480), ("GET", "/health", 12, 4),
    ];

    public static string Write()
    {
        Dice dice = new(1403);
        List<string> lines = [];
        DateTime time = new(2026, 3, 1, 0, 0, 7, DateTimeKind.Utc);
        int script = 0;
        int traces = 0;
        while (lines.Count < LineCount)
        {
            while (script < Story.Length && TimeSpan.Parse(Story[script].Clock, CultureInfo.InvariantCulture) <= time.TimeOfDay)
            {
                lines.Add($"2026-03-01 {Story[script].Clock} {Story[script].Text}");
                script++;
            }

            bool outage = time.TimeOfDay >= new TimeSpan(14, 6, 0) && time.TimeOfDay < new TimeSpan(14, 31, 0);
            Add(outage ? Outage(dice) : Usual(dice));
            if (outage && traces < 7 && lines[^1].Contains("timed out", StringComparison.Ordinal) && dice.Chance(12))
            {
                traces++;
                lines.Add("    System.TimeoutException: The wait for a connection ended after 30 s");
                lines.Add("       at Shop.Data.ConnectionPool.Rent(TimeSpan wait)");
                lines.Add($"       at Shop.{(traces % 2 == 0 ? "Carts.CartStore" : "Orders.OrderStore")}.Load(Int32 id)");
            }

            time = time.AddSeconds(outage ? dice.Between(1, 4) : Gap(time.Hour));
        }

        return string.Join('\n', lines.Take(LineCount)) + "\n";

        void Add(string text) => lines.Add($"{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {text}");

        // Fewer requests at night; the mean fills the day with the wanted number of lines.
        int Gap(int hour) => hour < 6 ? dice.Between(5, 27) : hour < 9 ? dice.Between(2, 15) : hour < 22 ? dice.Between(1, 14) : dice.Between(3, 18);
    }

    private static string Usual(Dice dice)
    {
        int kind = dice.Below(1000);
        if (kind < 22)
            return $"INFO  host=worker-01 job={dice.Pick(["invoice-mail", "stock-sync", "thumbnail", "newsletter"])} done items={dice.Between(1, 90)} took={dice.Between(120, 4800)}ms";
        if (kind < 29)
            return $"WARN  host=db-01 replication lag={dice.Between(2, 9)}s";
        if (kind < 35)
            return $"WARN  host={dice.Pick(Api)} card gateway slow, attempt={dice.Between(2, 3)} took={dice.Between(2000, 4900)}ms";
        if (kind < 39)
            return $"ERROR host={dice.Pick(Api)} POST /api/payments took={dice.Between(900, 4000)}ms status=502 card gateway closed the connection";
        if (kind < 41)
            return $"ERROR host=worker-01 job=thumbnail failed: picture {dice.Between(1000, 9999)} is no JPEG";
        (string method, string path, int _, int median) = Endpoint(dice);
        string host = dice.Pick(path is "/api/payments" or "/api/orders" ? Api : Web);
        int tookMs = Math.Max(1, median * dice.Between(45, 160) / 100);
        if (kind < 52 && path != "/health")
            return $"WARN  host={host} slow request {method} {path} took={tookMs + dice.Between(1900, 3600)}ms status=200";
        int status = path == "/health" ? 200 : dice.Chance(2) ? 404 : method == "POST" ? 201 : 200;
        return $"INFO  host={host} {method} {path} took={tookMs}ms status={status}";
    }

    private static string Outage(Dice dice)
    {
        int kind = dice.Below(100);
        (string method, string path, int _, int median) = Endpoint(dice);
        string host = dice.Pick(path is "/api/payments" or "/api/orders" ? Api : Web);
        if (kind < 12)
            return $"ERROR host={dice.Pick([.. Api, .. Web])} connection pool exhausted: 50 of 50 in use, {dice.Between(4, 61)} waiting";
        if (kind < 40 && path != "/health")
            return $"ERROR host={host} {method} {path} took={30_000 + dice.Between(1, 90)}ms status=504 timed out waiting for a connection";
        if (kind < 58 && path != "/health")
            return $"WARN  host={host} slow request {method} {path} took={dice.Between(6000, 29_000)}ms status=200";
        return $"INFO  host={host} {method} {path} took={median * dice.Between(60, 300) / 100}ms status=200";
    }

    private static (string Method, string Path, int Weight, int Median) Endpoint(Dice dice)
    {
        int at = dice.Below(Endpoints.Sum(e => e.Weight));
        foreach ((string Method, string Path, int Weight, int Median) endpoint in Endpoints)
        {
            at -= endpoint.Weight;
            if (at < 0)
                return endpoint;
        }

        return Endpoints[0];
    }

    private static readonly (string Clock, string Text)[] Story =
    [
        ("00:30:00", "INFO  host=worker-01 job=backup started"),
        ("00:52:41", "INFO  host=worker-01 job=backup done items=214 took=1361000ms"),
        ("03:12:19", "FATAL host=worker-01 disk full on /var/spool, stopping"),
        ("03:12:55", "INFO  host=worker-01 started version=4.11.7"),
        ("11:47:30", "INFO  host=worker-02 deploy version=4.12.0 by=release-bot"),
        ("13:58:03", "INFO  host=worker-02 job=stock-report started by=manual rows=48211 connections=one-per-row"),
        ("14:02:11", "WARN  host=db-01 connections 160 of 200"),
        ("14:03:40", "WARN  host=db-01 connections 181 of 200"),
        ("14:05:26", "WARN  host=db-01 connections 200 of 200, worker-02 holds 143"),
        ("14:06:02", "ERROR host=web-03 connection pool exhausted: 50 of 50 in use, 12 waiting"),
        ("14:19:42", "FATAL host=api-02 no connection for 600 s, stopping"),
        ("14:21:05", "FATAL host=api-01 no connection for 600 s, stopping"),
        ("14:23:30", "FATAL host=web-03 health check failed 5 times, leaving the cluster"),
        ("14:24:10", "WARN  host=web-01 no api host answers, serving the sorry page"),
        ("14:29:48", "INFO  host=worker-02 job=stock-report killed by=on-call"),
        ("14:30:05", "INFO  host=db-01 connections 57 of 200"),
        ("14:30:20", "INFO  host=api-01 started version=4.11.7"),
        ("14:30:26", "INFO  host=api-02 started version=4.11.7"),
        ("14:30:58", "INFO  host=web-03 started version=4.11.7"),
        ("14:40:00", "INFO  host=worker-02 deploy version=4.11.7 by=on-call"),
    ];
}
