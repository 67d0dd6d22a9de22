using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>A value as a plan knows it: itself, or how large it is at most where it rests on replies that are not there yet.</summary>
internal sealed record PlannedValue
{
    private const int MaxRenderedBytes = 1 << 20;

    /// <summary>The value; null where it is not there yet.</summary>
    public Value? Known { get; private init; }

    /// <summary>Most items of the list; null where nobody can tell, or where it is not a list.</summary>
    public long? MaxItems { get; init; }

    /// <summary>Most estimated tokens of all of it as a prompt shows it; null where nobody can tell.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Most estimated tokens of an item; null where nobody can tell.</summary>
    public long? MaxItemTokens { get; init; }

    /// <summary>Most bytes of a text, or of each item that is one; null where nobody can tell, or where they are not texts.</summary>
    public long? MaxTextBytes { get; init; }

    /// <summary>Most items of all lists or groups in the list together; null where nobody can tell, or where there are none.</summary>
    public long? MaxParts { get; init; }

    /// <summary>What has to happen before it is there, as <c>`map llm "…"` has been asked</c>.</summary>
    public string After { get; init; } = "";

    public static PlannedValue Of(Value value) => new() { Known = value };

    /// <summary>A single value.</summary>
    public static PlannedValue Single(long? tokens, string after) => new() { MaxTokens = tokens, MaxItemTokens = tokens, After = after };

    /// <summary>A list of at most so many items of at most so many tokens.</summary>
    public static PlannedValue List(long? items, long? itemTokens, string after) => new()
    {
        MaxItems = items,
        MaxItemTokens = itemTokens,
        MaxTokens = items is { } count && itemTokens is { } tokens ? PlannedAmount.Product(count, tokens) : null,
        After = after,
    };

    /// <summary>The same as if it were not there: its size alone.</summary>
    public PlannedValue MeasureTexts()
    {
        if (Known is null)
            return this;
        if (ListValue.Keep(Known) is not ListValue list)
            return Single(TokensOf(Known), "");

        long longest = 0, all = 0;
        foreach (var item in list.Items)
        {
            long tokens = TokensOf(item);
            longest = Math.Max(longest, tokens);
            all += tokens;
        }

        return new() { MaxItems = list.KnownCount, MaxItemTokens = longest, MaxTokens = all };
    }

    /// <summary>About how many tokens a value takes in a prompt; a text is not decoded for it.</summary>
    private static long TokensOf(Value value) => value is TextValue text
        ? TextUnit.Tokens.Count(TextInput.Of(text).Slice)
        : value is RecordValue { Shape.TextField: not null } && Reading.AsText(value) is { LengthBytes: > MaxRenderedBytes } own
        ? TextUnit.Tokens.Count(TextInput.Of(own).Slice)
        : TokenEstimate.OfText(ValueRenderer.InTemplate(value));
}
