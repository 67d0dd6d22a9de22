using Rlm.Runtime.Values;

namespace Rlm.Runtime.Replies;

/// <summary>What a reply was read as: a value, or what is wrong with it in one line without a full stop.</summary>
internal readonly record struct ReplyReading(Value? Value, string? Problem)
{
    public static ReplyReading Of(Value value) => new(value, null);

    public static ReplyReading MakeWrong(string problem) => new(null, problem);
}
