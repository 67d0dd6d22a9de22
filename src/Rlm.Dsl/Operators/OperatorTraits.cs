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

    /// <summary>Gives one item for each, in their order.</summary>
    GivesOneForEach = 1 << 6,

    /// <summary>Gives the items for which something holds that is asked of each alone.</summary>
    Filters = 1 << 7,

    /// <summary>With a number, gives the items of a stretch that is told by their places alone.</summary>
    Cuts = 1 << 8,

    /// <summary>Reads no item behind the first so many.</summary>
    TakesFirst = 1 << 9,

    /// <summary>Gives a row for each key, with its items.</summary>
    Groups = 1 << 10,

    /// <summary>Asks a root of its own, whatever its arguments.</summary>
    AsksRoot = 1 << 11,

    /// <summary>Gives the same items in an order that is told by what each is alone, equal ones as they were.</summary>
    Orders = 1 << 12,
}
