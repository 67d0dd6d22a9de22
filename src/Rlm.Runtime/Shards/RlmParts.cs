using Rlm.Runtime.Shards;

namespace Rlm;

/// <summary>What shards gave of the texts of a program, from which its answer is made.</summary>
/// <remarks>
/// A session over <see cref="Variables"/> gives the answer of one machine. Lines keep the numbers that they have in the whole texts.
/// </remarks>
public sealed class RlmParts : IDisposable
{
    private readonly PartSet _parts;

    private RlmParts(PartSet parts)
    {
        _parts = parts;
        Variables = parts.ReadVariables();
    }

    /// <summary>The variables that the program was checked against, as far as it asks for them.</summary>
    public IReadOnlyList<RlmVariable> Variables { get; }

    /// <summary>The shards without a part, from 1; empty where there are all.</summary>
    public IReadOnlyList<int> Missing => _parts.Missing;

    /// <summary>Reads parts.</summary>
    /// <param name="paths">The files, in any order.</param>
    /// <param name="allowsMissing">Whether shards may be missing. What rests on their texts is partial.</param>
    /// <exception cref="TextException">
    /// One cannot be read, is damaged, is of another version, program, set of texts or number of shards, is there twice, or is missing.
    /// </exception>
    public static RlmParts Open(IReadOnlyList<string> paths, bool allowsMissing = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.Count > 0
            ? new RlmParts(PartSet.Open(paths, allowsMissing))
            : throw new ArgumentException("There is no part.", nameof(paths));
    }

    /// <summary>Requires that the parts are of a program.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="TextException">They are of another one.</exception>
    public void RequireProgram(RlmProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.Source.Content != _parts.Program)
            throw new TextException(
                $"the part `{_parts.FirstPath}` is of another program; merge with the program that it was made with, or make all parts again");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in Variables.SelectMany(static variable => variable.Sources))
            source.Dispose();
    }
}
