using System.Reflection;

namespace Rlm.Testing;

/// <summary>Calls of the public members of libraries, each with null for one argument that may not be it.</summary>
/// <param name="values">What stands for an argument that is not null.</param>
/// <param name="owners">What methods are called on, by type.</param>
public sealed class NullArguments(IReadOnlyList<object> values, IReadOnlyDictionary<Type, Func<object>> owners)
{
    /// <summary>The parameters that take no null, of all public constructors and methods, with the method that has them.</summary>
    public static IEnumerable<(MethodBase Method, ParameterInfo Parameter)> In(params Assembly[] libraries)
    {
        var nullability = new NullabilityInfoContext();
        return
            from library in libraries
            from type in library.GetExportedTypes()
            where !type.IsInterface && !type.Name.Contains('<', StringComparison.Ordinal) && type.GetMethod("<Clone>$") is null && !type.IsSubclassOf(typeof(Attribute)) && !type.IsSubclassOf(typeof(Exception))
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Concat<MethodBase>(type.GetConstructors())
            where !method.IsAbstract && (!method.IsSpecialName || method is ConstructorInfo)
            let closed = method is MethodInfo { IsGenericMethodDefinition: true } open ? open.MakeGenericMethod(typeof(int)) : method
            from parameter in closed.GetParameters()
            where !parameter.ParameterType.IsValueType && !parameter.IsOut && nullability.Create(parameter).WriteState == NullabilityState.NotNull
            select (closed, parameter);
    }

    /// <summary>Calls the method to its end with null for the parameter.</summary>
    public async Task CallAsync(MethodBase method, ParameterInfo parameter)
    {
        object?[] arguments = [.. method.GetParameters().Select(each => each == parameter ? null : ValueOf(each))];
        object? result = method is ConstructorInfo constructor ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null)
            : method.Invoke(method.IsStatic ? null : owners[method.DeclaringType!](), BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (result is Task task)
            await task.WaitAsync(TimeSpan.FromSeconds(5));
        else if (result is IAsyncEnumerable<object> stream)
            await using (var each = stream.GetAsyncEnumerator())
                await each.MoveNextAsync();
    }

    private object? ValueOf(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType == typeof(int) ? 1
        : parameter.Name == "type" && parameter.ParameterType == typeof(string) ? "number"
        : parameter.Name == "schema" && parameter.ParameterType == typeof(string) ? "{}"
        : values.FirstOrDefault(parameter.ParameterType.IsInstanceOfType) ?? throw new ArgumentException($"Nothing stands for a {parameter.ParameterType}.");
}
