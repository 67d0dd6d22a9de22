using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Texts.Matching;
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
        var regex = PatternCache.RegexOf(pattern, null);
        var lines = LinePattern.Of(pattern, null);
        var program = PatternCache.CaptureProgramOf(pattern);
        var template = pattern.Texts is { } texts ? CaptureTemplate.Of(texts) : null;
        var shape = new RecordShape(pattern.Captures);
        var declared = stage.TypeArgument("as")?.Required as RecordType;
        RlmType?[] types = [.. pattern.Captures.Select(name => declared?.Find(name)?.Type)];
        var note = evaluation.Running(stage, static () => new ExtractNote());
        return ListValue.OfRows(new RowSource(() => new ExtractRows(text, Captures(), shape, types, note, evaluation.CancellationToken)) { Shape = shape });

        LineCaptures Captures()
        {
            var byRegex = new LineCaptures.OfRegex(regex, pattern.Captures, lines, program);
            return template is null ? byRegex : new LineCaptures.OfTemplate(template, pattern.Captures.Count, byRegex);
        }
    }
}
