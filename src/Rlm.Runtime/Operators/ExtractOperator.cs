using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>A row for each match on a line; fields are slices of the text, or what <c>as</c> reads them as.</summary>
internal sealed class ExtractOperator : IOperator
{
    public string Name => "extract";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        var pattern = stage.Pattern("pattern");
        var captures = PatternCache.CapturePatternOf(pattern);
        var shape = new RecordShape(pattern.Captures);
        var declared = stage.TypeArgument("as")?.Required as RecordType;
        RlmType?[] types = [.. pattern.Captures.Select(name => declared?.Find(name)?.Type)];
        var note = evaluation.Running(stage, static () => new ExtractNote());
        return ListValue.OfRows(new RowSource(() => new ExtractRows(text, captures, shape, types, note, evaluation.CancellationToken)) { Shape = shape });
    }
}
