using System.Text;

namespace Rlm.Cli.Mcp.Sessions;

/// <summary>Values that were too long to be shown whole, as the resources that results link to: the newest ones.</summary>
internal sealed class KeptResults
{
    /// <summary>The most characters of one; a longer value is shown by its preview alone.</summary>
    public const int MaxChars = 2_000_000;

    private const int MaxResults = 32;
    private const long MaxCharsOfAll = 16_000_000;
    private const string Prefix = "rlm://results/";

    private readonly Lock _lock = new();
    private readonly List<(McpResource Resource, string Text)> _results = [];
    private int _lastId;

    public IReadOnlyList<McpResource> Resources
    {
        get
        {
            lock (_lock)
                return [.. _results.Select(static result => result.Resource)];
        }
    }

    public McpResource Keep(string session, string what, string text)
    {
        lock (_lock)
        {
            string name = $"{session}-{++_lastId}";
            var resource = new McpResource(Prefix + name, name, what, "text/plain", Encoding.UTF8.GetByteCount(text));
            _results.Add((resource, text));
            while (_results.Count > MaxResults || _results.Sum(static result => (long)result.Text.Length) > MaxCharsOfAll)
                _results.RemoveAt(0);
            return resource;
        }
    }

    /// <summary>The text of a resource; null where there is none.</summary>
    public string? Find(string uri)
    {
        lock (_lock)
            return _results.FirstOrDefault(result => result.Resource.Uri == uri).Text;
    }
}
