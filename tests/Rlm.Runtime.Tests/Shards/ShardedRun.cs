using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Shards;

/// <summary>What a program gives on one machine, and of the parts of shards.</summary>
internal static class ShardedRun
{
    /// <summary>The run of a program over variables, told in one text: what it shows and answers, and all that is said of it.</summary>
    public static async Task<string> TellAsync(string program, IReadOnlyList<RlmVariable> variables, IChatClient model, RlmOptions? options = null) =>
        Tell(await ProgramRun.RunAsync(options is null ? Open(variables, model) : new RlmSession(model, variables, options), program));

    /// <summary>The same from the parts of so many shards.</summary>
    /// <param name="program">The program.</param>
    /// <param name="variables">Makes the variables, anew for each shard.</param>
    /// <param name="model">The model.</param>
    /// <param name="count">How many shards.</param>
    public static async Task<string> TellMergedAsync(string program, Func<IReadOnlyList<RlmVariable>> variables, IChatClient model, int count)
    {
        using var folder = new PartFolder();
        await folder.MapAsync(program, variables, count);
        using var parts = RlmParts.Open(folder.Paths);
        var session = Open(parts.Variables, model);
        parts.RequireProgram(session.Compile(program));
        return Tell(await ProgramRun.RunAsync(session, program));
    }

    /// <summary>The same from what owners have, each a part of its own texts.</summary>
    public static async Task<string> TellUnitedAsync(string program, IReadOnlyList<Func<IReadOnlyList<RlmVariable>>> owners, IChatClient model)
    {
        using var folder = new PartFolder();
        var parts = new List<(string, string)>();
        foreach (var variables in owners)
            parts.Add(await folder.MapOwnerAsync(program, variables(), $"w{parts.Count}"));
        using var union = RlmUnion.Open(new RlmSession(model, owners[0]()).Compile(program), parts);
        return Tell(await ProgramRun.RunAsync(Open(union.Variables, model), program));
    }

    private static RlmSession Open(IReadOnlyList<RlmVariable> variables, IChatClient model) =>
        new(model, variables, new RlmOptions { Parallel = 1, MaxCalls = 100_000 });

    private static string Tell(ProgramRun run) => string.Join('\n',
        [
            $"{run.Result.Outcome} {run.Result.IsPartial}",
            .. run.Events.OfType<ValueShown>().Select(shown => $"shown: {shown.Text}\n{shown.Preview}"),
            $"answer: {run.Answer}",
            .. run.Notes.Select(note => $"note: {note}"),
            .. run.Result.Reasons.Select(reason => $"reason: {reason}"),
            .. run.Result.Citations.Select(citation => $"from: {citation}"),
            .. run.Result.Quotes.Select(quote => $"quote: {quote}"),
            .. run.Result.Diagnostics.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.Message} {diagnostic.Help}"),
            .. run.Result.Usage.Readings.Select(reading => $"read: {reading}"),
        ]);
}
