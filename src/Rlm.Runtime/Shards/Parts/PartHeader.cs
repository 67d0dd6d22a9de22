namespace Rlm.Runtime.Shards.Parts;

/// <summary>What a part says of itself: of which program, contexts and shard it is.</summary>
/// <param name="Version">The version of the library that made it.</param>
/// <param name="Program">The program.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Variables">The variables that the program was checked against.</param>
internal sealed record PartHeader(string Version, string Program, RlmShard Shard, IReadOnlyList<PartVariable> Variables)
{
    public static PartHeader Of(RlmProgram program, RlmShard shard, IReadOnlyList<RlmVariable> variables) => new(
        CurrentVersion, program.Source.Content, shard, [.. variables.Select(PartVariable.Of)]);

    /// <summary>The version of this library.</summary>
    public static string CurrentVersion { get; } = typeof(PartHeader).Assembly.GetName().Version!.ToString();

    public void Write(PartStream part)
    {
        part.WriteText(Version);
        part.WriteText(Program);
        part.WriteNumber(Shard.Number);
        part.WriteNumber(Shard.Count);
        part.WriteAll(Variables, static (part, variable) => variable.Write(part));
    }

    public static PartHeader Read(PartStream part) => new(
        part.ReadText(), part.ReadText(), new RlmShard((int)part.ReadNumber(), (int)part.ReadNumber()), part.ReadAll(PartVariable.Read));
}
