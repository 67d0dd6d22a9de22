using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>A row for each match on a line; fields are slices of the text, or what <c>as</c> reads them as.</summary>
internal sealed class ExtractOperator : TextOperator
{
    public override string Name => "extract";

    public override TextStage Prepare(BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var pattern = stage.Pattern("pattern");
        var declared = stage.TypeArgument("as")?.Required as RecordType;
        return new Stage(
            PatternCache.CapturePatternOf(pattern),
            new RecordShape(pattern.Captures),
            [.. pattern.Captures.Select(name => declared?.Find(name)?.Type)],
            evaluation.Running(stage, () => new ExtractNote(stage)),
            evaluation.CancellationToken);
    }

    private sealed class Stage(CapturePattern captures, RecordShape shape, IReadOnlyList<RlmType?> types, ExtractNote note, CancellationToken cancellationToken) : TextStage
    {
        public override RecordShape? Shape => shape;

        public override RowReader Open(TextInput text) => new ExtractRows(text, captures, shape, types, note, cancellationToken);
    }
}
