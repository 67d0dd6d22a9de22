using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rlm.Runtime.Execution;

namespace Rlm.Hosting.Services;

/// <summary>Refuses options that a run would refuse, and keys that nobody has registered, when the application starts.</summary>
internal sealed class ServiceOptionsValidator(IServiceProvider services) : IValidateOptions<RlmServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, RlmServiceOptions options)
    {
        string?[] failures = [FindFailure(options.Run, options.ModelKeys.Keys), FindMissing(options.RootKey), options.SubKey is null ? null : FindMissing(options.SubKey),
            .. options.ModelKeys.Values.Select(FindMissing)];
        string[] found = [.. failures.OfType<string>().Distinct()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? FindFailure(RlmOptions? options, IEnumerable<string> models)
    {
        if (options is null)
            return $"{nameof(RlmServiceOptions.Run)} is null.";

        try
        {
            OptionRules.Require(options, [.. models]);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>What is said of a client that is not registered; null for one that is, or where the container cannot tell.</summary>
    private string? FindMissing(object? key)
    {
        bool? isThere = key is null
            ? services.GetService<IServiceProviderIsService>()?.IsService(typeof(IChatClient))
            : services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IChatClient), key);
        return isThere != false ? null
            : key is null ? "There is no `IChatClient` without a key: register one, or set `RootKey`."
            : $"There is no `IChatClient` with the key `{key}`.";
    }
}
