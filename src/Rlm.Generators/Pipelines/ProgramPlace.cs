using Microsoft.CodeAnalysis.Text;
using Rlm.Generators.Support;
using RoslynText = Microsoft.CodeAnalysis.Text.SourceText;

namespace Rlm.Generators.Pipelines;

/// <summary>Where a program stands.</summary>
internal abstract record ProgramPlace
{
    /// <summary>The place of a stretch of the program.</summary>
    public abstract SourcePlace PlaceOf(SourceSpan span);
}

/// <summary>A file that is all program.</summary>
internal sealed record ProgramFilePlace(string Path, string Program) : ProgramPlace
{
    public override SourcePlace PlaceOf(SourceSpan span)
    {
        var place = new TextSpan(span.Start, span.Length);
        return new SourcePlace(Path, place, RoslynText.From(Program).Lines.GetLinePositionSpan(place));
    }
}
