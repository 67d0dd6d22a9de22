using Rlm.Dsl.Diagnostics;

namespace Rlm.Dsl.Operators.Rules;

/// <summary><c>group similar</c> goes by one text, of which several fields may be parts.</summary>
internal static class SimilarKeys
{
    public static void Check(StageTyping stage, DiagnosticSink sink)
    {
        if (stage.FindArgument(Slots.By) is not { Value: IReadOnlyList<BoundBinding> { Count: > 1 } keys } by)
            return;

        sink.Report(DslDiagnostics.WrongArguments, by.Span, $"`group similar` goes by one text, and here are {keys.Count}",
            $"make one of them: `group similar \"{string.Join(" ", keys.Select(key => $"{{{key.Name}}}"))}\"`");
    }
}
