namespace Rlm.Cli.Mcp.Sessions;

/// <summary>A conversation of a host: contexts, and the variables that its programs left.</summary>
/// <param name="id">What the host calls it by.</param>
/// <param name="programs">Runs its programs.</param>
/// <param name="contexts">The contexts as they were named, by the paths that they were opened by.</param>
/// <param name="notes">What was found when they were opened, such as files of a folder that are left out.</param>
internal sealed class KeptSession(string id, RlmSession programs, IReadOnlyList<string> contexts, IReadOnlyList<string> notes)
{
    public string Id => id;

    /// <summary>Runs its programs, with the model and the limits of the last one.</summary>
    public RlmSession Programs { get; private set; } = programs;

    public IReadOnlyList<string> Contexts => contexts;

    public IReadOnlyList<string> Notes => notes;

    /// <summary>Programs of one session wait for each other.</summary>
    public Turns Turns { get; } = new(1);

    public void Use(McpModels models, Func<RlmOptions, RlmOptions> change) => Programs = Programs.With(models.Sub, change(models.Options));
}
