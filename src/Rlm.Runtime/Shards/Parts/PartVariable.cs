using Rlm.Runtime.Journal;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>A variable as a part knows it.</summary>
/// <param name="Mark">Its name, and what tells that its texts are the same ones.</param>
/// <param name="IsDocuments">Whether programs see a list of documents.</param>
/// <param name="Texts">The names and lengths of its texts, of one that is made of a file the file's.</param>
internal sealed record PartVariable(ContextMark Mark, bool IsDocuments, IReadOnlyList<(string Name, long FileBytes)> Texts)
{
    public static PartVariable Of(RlmVariable variable) => new(
        ContextMark.Of(variable), variable.IsDocuments, [.. variable.Sources.Select(static source => (source.Name, source.FileBytes))]);

    public void Write(PartStream part)
    {
        part.WriteText(Mark.Name);
        part.WriteNumber(Mark.Texts);
        part.WriteNumber(Mark.Bytes);
        part.WriteText(Mark.Hash);
        part.WriteFlag(Mark.IsWhole);
        part.WriteFlag(IsDocuments);
        part.WriteAll(Texts, static (part, text) =>
        {
            part.WriteText(text.Name);
            part.WriteNumber(text.FileBytes);
        });
    }

    public static PartVariable Read(PartStream part) => new(
        new ContextMark(part.ReadText(), (int)part.ReadNumber(), part.ReadNumber(), part.ReadText(), part.ReadFlag()),
        part.ReadFlag(),
        part.ReadAll(static part => (part.ReadText(), part.ReadNumber())));
}
