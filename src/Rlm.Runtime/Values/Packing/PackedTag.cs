namespace Rlm.Runtime.Values.Packing;

/// <summary>What stands at the head of a packed value.</summary>
internal enum PackedTag : byte
{
    /// <summary>A value that is kept as it is: its index.</summary>
    Object,

    /// <summary>The index of the column that the text behind it is of.</summary>
    Column,

    /// <summary>A slice of the first source: how far it starts behind the last one of the value, and its length.</summary>
    Slice,

    /// <summary>A slice of another source: the source's index, start and length.</summary>
    SliceOfOther,

    /// <summary>A slice and its bytes.</summary>
    KnownSlice,

    /// <summary>A computed text without an origin: its characters.</summary>
    Computed,

    /// <summary>A computed text: its origin and characters.</summary>
    ComputedOf,

    /// <summary>A number of at most 63 bits and its sign, and its scale.</summary>
    Number,

    /// <summary>The same of a number that was read.</summary>
    ReadNumber,

    /// <summary>A record: its shape's index, origin and fields.</summary>
    Record,

    /// <summary>A row whose fields are parts of it: its layout's index, slice and bytes, and where each field lies.</summary>
    Row,

    /// <summary>What a text is ordered by: its column's index, counted from 1, and its bytes.</summary>
    TextKey,

    /// <summary>What a point in time is ordered by: its instant.</summary>
    TimeKey,
}
