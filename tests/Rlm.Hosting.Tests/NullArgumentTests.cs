using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Rlm.Hosting.Tests;

/// <summary>A null where none may be is refused at once by the parameter's name, by every public constructor and method.</summary>
internal sealed class NullArgumentTests
{
    private static readonly ScriptedChatClient Client = new(_ => "a");

    private static readonly object[] Values =
    [
        "a", Client, new RlmAgent(Client), Array.Empty<RlmVariable>(), Array.Empty<ChatMessage>(), new ChatClientBuilder(Client), new ServiceCollection(),
        new ConfigurationBuilder().Build(), AIFunctionFactory.Create(() => 1, "one"),
    ];

    private static readonly Dictionary<Type, Func<object>> Owners = new()
    {
        [typeof(RlmChatClient)] = () => new RlmChatClient(Client),
    };

    [TestCaseSource(nameof(Parameters))]
    public void Call_Null_IsRefusedByName(MethodBase method, ParameterInfo parameter) => Assert.That(
        () => new NullArguments(Values, Owners).CallAsync(method, parameter), Throws.ArgumentNullException.With.Property("ParamName").EqualTo(parameter.Name));

    private static IEnumerable<TestCaseData> Parameters() =>
        from call in NullArguments.In(typeof(RlmChatClient).Assembly)
        select new TestCaseData(call.Method, call.Parameter)
            .SetArgDisplayNames($"{call.Method.DeclaringType!.Name}.{call.Method.Name}", $"{call.Parameter.Position}: {call.Parameter.Name}");
}
