namespace Rlm.Dsl.Operators;

/// <summary>What checks, prompts and the order of stages need to know of an operator.</summary>
[Flags]
internal enum OperatorTraits
{
    None = 0,

    /// <summary>Reads its items themselves, whatever its arguments.</summary>
    ReadsItems = 1 << 0,

    /// <summary>Compares its items themselves where it has no arguments.</summary>
    ComparesItems = 1 << 1,

    /// <summary>Gives each item with fields added.</summary>
    AddsFields = 1 << 2,

    /// <summary>Gives a value that holds no item, only what its arguments read of them.</summary>
    DropsItems = 1 << 3,

    /// <summary>Takes the items with the greatest key, and with <c>per</c> so many of each group.</summary>
    TakesBest = 1 << 4,

    /// <summary>Asks once about all items, or once for each key, and not once for each item.</summary>
    AsksTogether = 1 << 5,
}
