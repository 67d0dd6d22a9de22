namespace Rlm.Providers.Wire;

/// <summary>Which optional parameters an endpoint's model takes, learnt from its refusals.</summary>
/// <remarks>
/// Reasoning models refuse a temperature or <c>max_tokens</c> with status 400. The call is then sent once more without it,
/// and later calls leave it out from the start. Safe for concurrent calls.
/// </remarks>
internal sealed class ParameterSupport(OptionalParameters taken)
{
    private static readonly (OptionalParameters Parameter, string Name)[] Names =
    [
        (OptionalParameters.Temperature, "temperature"),
        (OptionalParameters.TopP, "top_p"),
        (OptionalParameters.FrequencyPenalty, "frequency_penalty"),
        (OptionalParameters.PresencePenalty, "presence_penalty"),
        (OptionalParameters.Seed, "seed"),
        (OptionalParameters.Stop, "stop"),
        (OptionalParameters.MaxTokens, "max_tokens"),
        (OptionalParameters.CacheOptions, "prompt_cache_options"),
    ];
    private static readonly string[] RefusalSigns =
        ["unsupported", "not supported", "not support", "deprecated", "unrecognized", "not permitted", "unknown parameter"];

    /// <summary>What servers and the templates of models say of a role: OpenAI and vLLM, Gemma's and Mistral's templates, gateways.</summary>
    private static readonly string[] RoleSigns =
    [
        .. RefusalSigns, "does not support", "only user and assistant", "must alternate user/assistant", "invalid role", "unknown role", "unexpected role",
        "must be one of", "should be one of", "not one of", "invalid value",
    ];

    private int _taken = (int)taken;

    /// <summary>What may be sent.</summary>
    public OptionalParameters Taken => (OptionalParameters)Volatile.Read(ref _taken);

    /// <summary>Takes note of a refused parameter; true when the call is worth sending again without it.</summary>
    /// <param name="failure">How the endpoint refused.</param>
    /// <param name="offered">What the refused request was allowed to hold.</param>
    public bool Learn(ModelException failure, OptionalParameters offered)
    {
        string text = failure.ServerText;
        if (LearnRole(failure, offered))
            return true;

        if (failure.Failure != ModelFailure.BadRequest
            || !RefusalSigns.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase)))
            return false;

        foreach (var (parameter, name) in Names)
        {
            // The first one named: "use 'max_completion_tokens' instead" may follow.
            if (!offered.HasFlag(parameter) || !HoldsWord(text, name))
                continue;

            Interlocked.And(ref _taken, ~(int)parameter);
            return true;
        }

        return false;
    }

    /// <summary>Takes note of a role that is refused. llama.cpp answers what a template refuses with 500.</summary>
    private bool LearnRole(ModelException failure, OptionalParameters offered)
    {
        var refused = offered.HasFlag(OptionalParameters.SystemRole) ? OptionalParameters.SystemRole : offered & OptionalParameters.DeveloperRole;
        string text = failure.ServerText;
        if (refused == OptionalParameters.None || failure.Failure is not (ModelFailure.BadRequest or ModelFailure.ServerError)
            || !HoldsAny(text, ["role"]) || !HoldsAny(text, RoleSigns)
            || !HoldsAny(text, [refused == OptionalParameters.SystemRole ? "system" : "developer", "only user and assistant", "must alternate"]))
            return false;

        // `developer` is tried only where the server has a word for it.
        if (!HoldsAny(text, ["developer"]))
            refused |= OptionalParameters.DeveloperRole;
        Interlocked.And(ref _taken, ~(int)refused);
        return true;
    }

    private static bool HoldsAny(string text, ReadOnlySpan<string> signs)
    {
        foreach (string sign in signs)
        {
            if (text.Contains(sign, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool HoldsWord(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            int end = at + word.Length;
            if ((at == 0 || !IsWordPart(text[at - 1])) && (end == text.Length || !IsWordPart(text[end])))
                return true;
        }

        return false;

        static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';
    }
}
