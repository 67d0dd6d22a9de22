namespace Rlm.Providers.Wire;

/// <summary>The JSON of a list of models, the same for both providers as far as it is used.</summary>
internal static class CatalogWire
{
    internal sealed record Reply(IReadOnlyList<Entry?>? Data);

    internal sealed record Details
    {
        /// <summary>The window that the model was trained with, which the server may have made smaller.</summary>
        public long? NCtxTrain { get; init; }
    }

    internal sealed record Entry
    {
        public string? Id { get; init; }

        /// <summary>Whose it is; of servers that run models, which server it is.</summary>
        public string? OwnedBy { get; init; }

        /// <summary>vLLM.</summary>
        public long? MaxModelLen { get; init; }

        /// <summary>llama.cpp.</summary>
        public Details? Meta { get; init; }

        /// <summary>OpenRouter and others.</summary>
        public long? ContextLength { get; init; }

        /// <summary>Anthropic.</summary>
        public long? MaxInputTokens { get; init; }
    }
}
