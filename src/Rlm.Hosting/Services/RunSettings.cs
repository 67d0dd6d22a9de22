using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Rlm.Hosting.Services;

/// <summary>
/// Reads settings from a configuration. The binder's source generator sets properties of an object that is there, and
/// <see cref="RlmOptions"/> cannot be changed; it also passes over keys that it does not know, and a limit that is misspelt would be none.
/// </summary>
internal static class RunSettings
{
    private static readonly Dictionary<string, Func<RlmOptions, string, RlmOptions>> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(RlmOptions.MaxCalls)] = (options, text) => options with { MaxCalls = Whole(text) },
        [nameof(RlmOptions.MaxSteps)] = (options, text) => options with { MaxSteps = Whole(text) },
        [nameof(RlmOptions.SampleItems)] = (options, text) => options with { SampleItems = Whole(text) },
        [nameof(RlmOptions.TableColumns)] = (options, text) => options with { TableColumns = Whole(text) },
        [nameof(RlmOptions.MaxDepth)] = (options, text) => options with { MaxDepth = Whole(text) },
        [nameof(RlmOptions.MaxTokens)] = (options, text) => options with { MaxTokens = Long(text) },
        [nameof(RlmOptions.MaxInputTokens)] = (options, text) => options with { MaxInputTokens = Long(text) },
        [nameof(RlmOptions.MaxOutputTokens)] = (options, text) => options with { MaxOutputTokens = Long(text) },
        [nameof(RlmOptions.MaxCostUsd)] = (options, text) =>
            options with { MaxCostUsd = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) },
        [nameof(RlmOptions.Timeout)] = (options, text) => options with { Timeout = TimeSpan.Parse(text, CultureInfo.InvariantCulture) },
        [nameof(RlmOptions.MaxMemoryBytes)] = (options, text) => options with { MaxMemoryBytes = Long(text) },
        [nameof(RlmOptions.Parallel)] = (options, text) => options with { Parallel = Whole(text) },
        [nameof(RlmOptions.RequestsPerMinute)] = (options, text) => options with { RequestsPerMinute = Whole(text) },
        [nameof(RlmOptions.TokensPerMinute)] = (options, text) => options with { TokensPerMinute = Long(text) },
        [nameof(RlmOptions.DirectTokens)] = (options, text) => options with { DirectTokens = Whole(text) },
        [nameof(RlmOptions.MaxShownChars)] = (options, text) => options with { MaxShownChars = Whole(text) },
        [nameof(RlmOptions.MaxAnswerChars)] = (options, text) => options with { MaxAnswerChars = Whole(text) },
        [nameof(RlmOptions.InstructionsBefore)] = (options, text) => options with { InstructionsBefore = text },
        [nameof(RlmOptions.Instructions)] = (options, text) => options with { Instructions = text },
        [nameof(RlmOptions.Strict)] = (options, text) => options with { Strict = bool.Parse(text) },
    };

    /// <summary>The options that can be configured.</summary>
    public static IEnumerable<string> Names => Settings.Keys;

    /// <exception cref="InvalidOperationException">A setting is not known, or its value cannot be read.</exception>
    public static void Apply(IConfiguration configuration, RlmServiceOptions options)
    {
        foreach (var setting in configuration.GetChildren())
        {
            if (setting.Key.Equals(nameof(RlmServiceOptions.RootKey), StringComparison.OrdinalIgnoreCase))
                options.RootKey = setting.Value;
            else if (setting.Key.Equals(nameof(RlmServiceOptions.SubKey), StringComparison.OrdinalIgnoreCase))
                options.SubKey = setting.Value;
            else if (setting.Key.Equals(nameof(RlmServiceOptions.ModelKeys), StringComparison.OrdinalIgnoreCase))
                TakeModels(setting, options);
            else
                options.Run = Take(setting, options.Run);
        }
    }

    private static void TakeModels(IConfigurationSection setting, RlmServiceOptions options)
    {
        foreach (var model in setting.GetChildren())
            options.ModelKeys[model.Key] = model.Value ?? throw new InvalidOperationException($"`{model.Path}` has no value.");
    }

    private static RlmOptions Take(IConfigurationSection setting, RlmOptions options)
    {
        if (!Settings.TryGetValue(setting.Key, out var take))
            throw new InvalidOperationException(
                $"`{setting.Path}` is not a setting of an agent; there are {string.Join(", ", Settings.Keys.Select(name => $"`{name}`"))}.");

        try
        {
            return setting.Value is { } value ? take(options, value) : throw new FormatException("it has no value");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new InvalidOperationException($"`{setting.Path}` cannot be `{setting.Value}`: {exception.Message}", exception);
        }
    }

    private static int Whole(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static long Long(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
