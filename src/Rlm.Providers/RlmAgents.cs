using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>Agents over models that are found by their names.</summary>
public static class RlmAgents
{
    /// <summary>What all their clients send with.</summary>
    private static readonly Lazy<HttpMessageInvoker> Http = new(ModelHttp.CreateClient);

    extension(RlmAgent)
    {
        /// <summary>An agent over models by name, as in <c>RlmAgent.Create("gpt-5", "gpt-5-mini", maxCalls: 200)</c>.</summary>
        /// <remarks>
        /// Each model is found by its name and the environment, as <see cref="ModelChooser"/> does it, but for servers on this machine,
        /// which are not looked for: <c>OPENAI_BASE_URL</c> names one. Nothing is sent before the first question.
        /// </remarks>
        /// <param name="model">The model that writes programs.</param>
        /// <param name="subModel">The model of sub-calls; null for the same.</param>
        /// <param name="maxCalls">Most sub-calls of a run; null for what the options say.</param>
        /// <param name="maxSteps">Most root turns; null for what the options say.</param>
        /// <param name="options">Other limits and settings; null for the defaults.</param>
        /// <exception cref="ModelException">Nothing says where a model is, or it is the offline one, which has no name here.</exception>
        /// <exception cref="ArgumentException">A name is blank, or an option cannot be held to.</exception>
        public static RlmAgent Create(
            string model, string? subModel = null, int? maxCalls = null, int? maxSteps = null, RlmOptions? options = null)
        {
            options ??= new RlmOptions();
            return Make(
                model,
                subModel,
                options with { MaxCalls = maxCalls ?? options.MaxCalls, MaxSteps = maxSteps ?? options.MaxSteps },
                Environment.GetEnvironmentVariable,
                Http.Value);
        }
    }

    internal static RlmAgent Make(
        string model, string? subModel, RlmOptions options, Func<string, string?> environment, HttpMessageInvoker http)
    {
        var root = Connect(model, environment, http);
        return new RlmAgent(root, subModel is null || subModel == model ? root : Connect(subModel, environment, http), options);
    }

    private static IChatClient Connect(string model, Func<string, string?> environment, HttpMessageInvoker http)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var common = ModelProvider.Common;
        var chooser = new ModelChooser(
            environment,
            (_, _) => throw new InvalidOperationException("A model that is named is not looked for in a list."),
            (_, _) => throw new ModelException(
                ModelFailure.NotChosen,
                $"Nothing says where the model `{model}` is: set {string.Join(" or ", ModelProvider.All.Select(provider => provider.KeyVariable))}, or {common.UrlVariable} for another server."));

        // Nothing is asked where a model is named, so that the choice is made at once.
        var selection = chooser.ChooseAsync(model, baseUrl: null).GetAwaiter().GetResult();
        return selection.Endpoint?.CreateClient(http) ?? throw new ModelException(
            ModelFailure.NotChosen, "The offline model has no name here: make an `OfflineChatClient` of Rlm.Offline, and an agent of it.");
    }
}
