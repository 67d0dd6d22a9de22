namespace Rlm.Dsl.Misreadings;

/// <summary>When a row is asked, in order: what is told of a whole statement comes before what is told of its parts.</summary>
internal enum MisreadingStep
{
    /// <summary>A reserved word that was meant as a name.</summary>
    Name,

    /// <summary>A statement that opens as in another language.</summary>
    Statement,

    /// <summary>A stage whose head word is not an operator.</summary>
    Head,

    /// <summary>A bracket that is not closed.</summary>
    Bracket,

    /// <summary>The first word of a line.</summary>
    Opening,

    /// <summary>A line that says the right thing in another order.</summary>
    Line,

    /// <summary>A pipe too many.</summary>
    Pipe,

    /// <summary>A string in other quotes.</summary>
    String,

    /// <summary>A type or an option behind a call's prompt.</summary>
    Call,

    /// <summary>An operator that takes much in another notation.</summary>
    Operator,

    /// <summary>A relation between two operands.</summary>
    Relation,

    /// <summary>A habit that belongs to one operator.</summary>
    Stage,

    /// <summary>A stage in another order or with other words.</summary>
    StageForm,

    /// <summary>A token by what stands around it.</summary>
    Token,

    /// <summary>A word or sign that stands between operands elsewhere.</summary>
    Word,

    /// <summary>A pipe that is missing.</summary>
    MissingPipe,

    /// <summary>A pipeline as an operand.</summary>
    Operand,

    /// <summary>Whatever else does not fit.</summary>
    Rest,
}
