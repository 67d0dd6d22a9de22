using Rlm.Dsl;
using Rlm.Dsl.Operators;

namespace Rlm;

/// <summary>An operator of the language.</summary>
public sealed class RlmOperator
{
    private readonly OperatorSignature _signature;

    internal RlmOperator(OperatorSignature signature) =>
        (_signature, Usage, Options) = (signature, UsageLine.Of(signature), UsageLine.OptionsOf(signature));

    /// <summary>The name, unique: the head word, and what tells it from others with that word behind it (<c>map llm</c>).</summary>
    public string Name => _signature.Name;

    /// <summary>The word that opens the stage.</summary>
    public string Head => _signature.Head;

    /// <summary>What kind of work it does.</summary>
    public OperatorFamily Family => _signature.Family;

    /// <summary>What it does, in one line without a full stop.</summary>
    public string Summary => _signature.Summary;

    /// <summary>Its form in one line: words as they are, slots in capitals, options in brackets, alternatives between bars.</summary>
    public string Usage { get; }

    /// <summary>Each part of the form that may be left out, as it stands in the usage's brackets, with what it does.</summary>
    public IReadOnlyList<(string Form, string Text)> Options { get; }

    /// <summary>The words that may follow its own, each once, such as <c>by</c> and <c>ignore</c>.</summary>
    public IReadOnlyList<string> Words => [.. ProgramCompleter.WordsOf(_signature.Shape).SelectMany(static words => words.Split(' ')).Distinct()];

    /// <summary>What it takes.</summary>
    public OperatorInput Input => _signature.Input;

    /// <summary>Whether it calls a model.</summary>
    public bool IsPaid => _signature.IsPaid;

    /// <summary>Whether it may start a statement, working on <c>context</c>.</summary>
    public bool CanOpen => _signature.CanOpen;

    /// <summary>Programs with their results; never empty.</summary>
    public IReadOnlyList<OperatorExample> Examples => _signature.Examples;
}
