using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>How large an item is in a unit; one that is not a text is as large as it prints.</summary>
internal static class ItemSize
{
    public static long Of(Value item, TextUnit unit)
    {
        var text = Reading.AsText(item) ?? new TextValue(ValueRenderer.InTemplate(item));
        return Math.Max(unit == TextUnit.Lines ? 1 : 0, unit.Count(TextInput.Of(text).Slice));
    }
}
