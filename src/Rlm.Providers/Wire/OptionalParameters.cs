namespace Rlm.Providers.Wire;

/// <summary>The parts of a request that some models do not take.</summary>
[Flags]
internal enum OptionalParameters
{
    None = 0,
    Temperature = 1,
    TopP = 2,
    FrequencyPenalty = 4,
    PresencePenalty = 8,
    Seed = 16,
    Stop = 32,

    /// <summary>Spelt <c>max_completion_tokens</c> where it is not taken.</summary>
    MaxTokens = 64,

    /// <summary>The role <c>system</c>. Where it is not taken, instructions have the next role.</summary>
    SystemRole = 128,

    /// <summary>The role <c>developer</c>. Where it is not taken either, instructions stand at the start of what the user says.</summary>
    DeveloperRole = 256,

    All = 511,

    /// <summary><c>prompt_cache_options</c>, which OpenAI's models have since GPT-5.6 and no other.</summary>
    CacheOptions = 512,
}
