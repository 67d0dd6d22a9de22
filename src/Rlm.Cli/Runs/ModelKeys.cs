using Rlm.Cli.Configuration;

namespace Rlm.Cli.Runs;

/// <summary>The environment of a choice of models, with the keys that the user keeps.</summary>
internal static class ModelKeys
{
    /// <summary>Looks variables up, and for those of keys the kept ones behind them.</summary>
    /// <param name="host">The process around it.</param>
    /// <param name="name">The key that the endpoint has, by its name; null for what the environment says.</param>
    /// <exception cref="MisuseException">When it is looked up: there is no key of that name, or the file of keys is wrong.</exception>
    public static Func<string, string?> WithKey(CliHost host, string? name)
    {
        var kept = new Lazy<KeyFile>(() => KeyFile.Read(host.Variable));
        var named = new Lazy<string?>(() => name is null ? null : Find(name) ?? throw new MisuseException(
            $"there is no key `{name}`: rlm keys set {name}, or set the variable of that name"));
        return variable => ModelProvider.KeyVariables.Contains(variable)
            ? named.Value ?? Find(variable)
            : host.Variable(variable);

        string? Find(string key) => ModelKeys.Find(host, key, kept);
    }

    /// <summary>A key by its name: a variable, or what the user keeps; null for none.</summary>
    /// <exception cref="MisuseException">The file of keys is wrong.</exception>
    public static string? Find(CliHost host, string key) => Find(host, key, new(() => KeyFile.Read(host.Variable)));

    private static string? Find(CliHost host, string key, Lazy<KeyFile> kept) =>
        host.Variable(key) is { Length: > 0 } set ? set : kept.Value.Find(key);
}
