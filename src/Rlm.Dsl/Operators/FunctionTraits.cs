namespace Rlm.Dsl.Operators;

/// <summary>What binders, checks and evaluators need to know of a function beside its types.</summary>
[Flags]
internal enum FunctionTraits
{
    None = 0,

    /// <summary>Gives another value for none, so that one which cannot be read is not a loss.</summary>
    ReplacesNone = 1 << 0,

    /// <summary>Is how a program asks whether a value can be read, so that one which cannot is not a loss.</summary>
    AsksForReading = 1 << 1,

    /// <summary>Without an expression counts the items, and reads none of them.</summary>
    CountsItems = 1 << 2,

    /// <summary>Puts its value only in another form, so that its field's name still says what it is.</summary>
    KeepsMeaning = 1 << 3,

    /// <summary>Takes the name of a unit behind its value, by which its result may be called.</summary>
    TakesUnit = 1 << 4,

    /// <summary>Is understood by its name alone where the item is a text.</summary>
    IsBareOfText = 1 << 5,

    /// <summary>Is how many items there are, which is 0 where there is none.</summary>
    IsHowMany = 1 << 6,

    /// <summary>Takes a number as the text that it prints as.</summary>
    WritesNumbers = 1 << 7,
}

/// <summary>Values of which other languages write a function as a field.</summary>
[Flags]
internal enum FieldOwners
{
    None = 0,

    List = 1 << 0,

    Text = 1 << 1,

    /// <summary>A date, or a text that is read as one.</summary>
    Date = 1 << 2,
}
