using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Language;

/// <summary>Runs a program in a session of its own.</summary>
internal static class ProgramRun
{
    public static async Task<RlmResult> ResultOf(string program, RlmVariable context, IChatClient model) =>
        (await ShownOf(program, [context], model)).Result;

    /// <summary>The result, and what the statements before it show.</summary>
    public static async Task<(RlmResult Result, IReadOnlyList<string> Shown)> ShownOf(string program, IReadOnlyList<RlmVariable> variables, IChatClient model)
    {
        // One call after the other, so that scripted replies meet their items; enough calls for every sample.
        var session = new RlmSession(model, variables, new RlmOptions { Parallel = 1, MaxCalls = 2000 });
        RlmResult? result = null;
        List<string> shown = [];
        await foreach (var happened in session.RunStreamingAsync(program))
        {
            result = (happened as RunFinished)?.Result ?? result;
            if (happened is ValueShown { Text: var text })
                shown.Add(text);
        }

        var errors = result!.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.That(errors.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Message}"), Is.Empty);
        return (result, shown);
    }
}
