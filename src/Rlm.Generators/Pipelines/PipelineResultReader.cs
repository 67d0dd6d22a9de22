using Microsoft.CodeAnalysis;
using Rlm.Generators.Support;
using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>Reads what a pipeline's method gives.</summary>
internal static class PipelineResultReader
{
    /// <summary>The result; null with the reason where a pipeline cannot give it, as the rest of a sentence.</summary>
    public static PipelineResult? Read(ITypeSymbol returned, out string? why)
    {
        why = null;
        if (returned is not INamedTypeSymbol { TypeArguments: [var awaited] } task
            || task.OriginalDefinition.ToDisplayString() is not ("System.Threading.Tasks.Task<TResult>" or "System.Threading.Tasks.ValueTask<TResult>"))
        {
            why = "does not return `Task<T>` or `ValueTask<T>`";
            return null;
        }

        string name = awaited.ToDisplayString();
        if (name is "string" or RuntimeNames.Result)
            return new PipelineResult(name == RuntimeNames.Result, null);

        bool isWhole = awaited is INamedTypeSymbol { TypeArguments.Length: 1 } whole
            && whole.ConstructedFrom.ToDisplayString() == RuntimeNames.Result + "<T>";
        var reader = new HostTypeReader(isMade: true);
        var type = reader.Read(isWhole ? ((INamedTypeSymbol)awaited).TypeArguments[0] : awaited);
        if (type is not null)
            return new PipelineResult(isWhole, type);

        why = $"returns what no program answers: {reader.Reason}";
        return null;
    }
}
