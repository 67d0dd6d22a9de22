namespace Rlm.Offline.Replies;

/// <summary>A reply type, read from the language's notation.</summary>
internal sealed record ReplyType(ReplyKind Kind, bool IsOptional = false)
{
    public static readonly ReplyType Text = new(ReplyKind.Text);

    public IReadOnlyList<string> Labels { get; init; } = [];

    public ReplyType? Item { get; init; }

    public IReadOnlyList<(string Name, ReplyType Type)> Fields { get; init; } = [];

    public bool IsJson => Kind is ReplyKind.ListOf or ReplyKind.Record;
}
