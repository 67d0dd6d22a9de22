namespace Rlm.Dsl.Syntax;

/// <summary>What a token is where it stands, as far as its text does not say it.</summary>
internal enum TokenRole
{
    /// <summary>A keyword, a bracket, a sign that is the same everywhere, or a value.</summary>
    Plain,

    /// <summary>A name, or any other word beside the keywords.</summary>
    Word,

    /// <summary>An operator between two operands.</summary>
    Binary,

    /// <summary>Another sign with blanks around it, such as that of a definition.</summary>
    Sign,

    /// <summary>A sign without blanks around it.</summary>
    Tight,

    /// <summary>What stands between two stages; it has no text where it was left out.</summary>
    Pipe,
}
