using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class GrepOperator : IOperator
{
    private const int MaxContext = 1_000_000;

    public string Name => "grep";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        var pattern = StageArguments.LinePattern(stage, stage.Has("ignoreCase"), scope, evaluation);
        bool isInverted = stage.Has("not");
        int around = Lines(stage, "around", scope, evaluation);
        int before = Math.Max(around, Lines(stage, "before", scope, evaluation));
        int after = Math.Max(around, Lines(stage, "after", scope, evaluation));
        if (before > 0 || after > 0)
            return text.Parts(LineSearch.WithContext(text.Slice, pattern, isInverted, before, after, evaluation.CancellationToken));

        return ListValue.OfRows(
            new RowSource(() => new TextRows.Matching(text, pattern, isInverted, evaluation.CancellationToken)) { HasTexts = true },
            () => LineSearch.Count(text.Slice, pattern, isInverted, evaluation.CancellationToken));
    }

    private static int Lines(BoundStage stage, string slot, Scope? scope, Evaluation evaluation) =>
        (int)Math.Min(StageArguments.Whole(stage, slot, "a number of lines", 0, 0, scope, evaluation), MaxContext);
}
