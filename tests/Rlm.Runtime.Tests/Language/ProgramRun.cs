using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Language;

/// <summary>Runs a program in a session of its own.</summary>
internal static class ProgramRun
{
    public static async Task<RlmResult> ResultOf(string program, RlmVariable context, IChatClient model)
    {
        // One call after the other, so that scripted replies meet their items; enough calls for every sample.
        var session = new RlmSession(model, [context], new RlmOptions { Parallel = 1, MaxCalls = 2000 });
        RlmResult? result = null;
        await foreach (var happened in session.RunStreamingAsync(program))
            result = (happened as RunFinished)?.Result ?? result;

        var errors = result!.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.That(errors.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Message}"), Is.Empty);
        return result;
    }
}
