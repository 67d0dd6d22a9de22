using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rlm.Hosting.Services;

namespace Rlm;

/// <summary>Registers agents with a container.</summary>
/// <remarks>
/// An agent is one for the application, as its chat clients are, since any number of runs share it; give another lifetime where those are
/// registered with one. Options are checked when the host starts, or else when the agent is first asked for.
/// </remarks>
public static class RlmServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="IRlmAgent"/>, which tells a log of its runs, and the <see cref="RlmAgent"/> below it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets models and limits; null for the client without a key and the defaults.</param>
    /// <param name="lifetime">How long an agent lives.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddRlm(
        this IServiceCollection services, Action<RlmServiceOptions>? configure = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, Options.DefaultName, configure);
        services.TryAdd(new ServiceDescriptor(
            typeof(RlmAgent), static provider => Make(provider, Options.DefaultName), lifetime));
        services.TryAdd(new ServiceDescriptor(
            typeof(IRlmAgent), static provider => Log(provider, provider.GetRequiredService<RlmAgent>()), lifetime));
        return services;
    }

    /// <summary>
    /// The same, set by a configuration such as <c>{ "RootKey": "large", "SubKey": "small", "MaxCalls": 100, "Timeout": "00:02:00" }</c>.
    /// A setting that is not known is refused.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section of the agent.</param>
    /// <param name="configure">Sets what a configuration cannot hold, such as tools; null for nothing.</param>
    /// <param name="lifetime">How long an agent lives.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddRlm(
        this IServiceCollection services, IConfiguration configuration, Action<RlmServiceOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddRlm(
            options =>
            {
                RunSettings.Apply(configuration, options);
                configure?.Invoke(options);
            },
            lifetime);
    }

    /// <summary>Registers an agent under a key, beside others.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key, and the name of the agent's options.</param>
    /// <param name="configure">Sets models and limits; null for the client without a key and the defaults.</param>
    /// <param name="lifetime">How long an agent lives.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddKeyedRlm(
        this IServiceCollection services, string key, Action<RlmServiceOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(key);
        AddOptions(services, key, configure);
        services.TryAdd(new ServiceDescriptor(typeof(RlmAgent), key, static (provider, key) => Make(provider, (string)key!), lifetime));
        services.TryAdd(new ServiceDescriptor(
            typeof(IRlmAgent), key, static (provider, key) => Log(provider, provider.GetRequiredKeyedService<RlmAgent>(key)), lifetime));
        return services;
    }

    private static void AddOptions(IServiceCollection services, string name, Action<RlmServiceOptions>? configure)
    {
        var options = services.AddOptions<RlmServiceOptions>(name);
        if (configure is not null)
            options.Configure(configure);
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RlmServiceOptions>, ServiceOptionsValidator>());
    }

    private static RlmAgent Make(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<RlmServiceOptions>>().Get(name);
        var models = options.Run.Models.ToDictionary(StringComparer.Ordinal);
        foreach (var (model, key) in options.ModelKeys)
            models[model] = Find(provider, key);
        return new RlmAgent(
            Find(provider, options.RootKey), options.SubKey is null ? null : Find(provider, options.SubKey), options.Run with { Models = models });
    }

    private static IChatClient Find(IServiceProvider provider, object? key) =>
        key is null ? provider.GetRequiredService<IChatClient>() : provider.GetRequiredKeyedService<IChatClient>(key);

    private static IRlmAgent Log(IServiceProvider provider, RlmAgent agent) =>
        provider.GetService<ILogger<RlmAgent>>() is { } logger ? new LoggedRlmAgent(agent, logger) : agent;
}
