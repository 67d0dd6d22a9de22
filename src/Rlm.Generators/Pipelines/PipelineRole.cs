namespace Rlm.Generators.Pipelines;

/// <summary>What a pipeline's parameter is for.</summary>
internal enum PipelineRole
{
    Model,
    Session,

    /// <summary>A variable that is a text.</summary>
    Text,

    /// <summary>A variable that is a text, given as a string.</summary>
    TextValue,

    /// <summary>A variable that is a list of documents.</summary>
    Documents,

    /// <summary>A variable that is any other value.</summary>
    Value,

    /// <summary>An object whose class has tools.</summary>
    Tools,
    Options,
    Cancellation,
}
