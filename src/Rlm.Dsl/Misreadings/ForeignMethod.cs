using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Misreadings;

/// <summary>A method of another language that would give something else here.</summary>
/// <param name="Id">The dialect and the habit.</param>
/// <param name="Names">The method's names, with blanks between.</param>
/// <param name="Descriptor">What is wrong with it.</param>
/// <param name="Tell">What a call is told; null where it means the same.</param>
internal sealed record ForeignMethod(
    string Id, string Names, DiagnosticDescriptor Descriptor, Func<IReadOnlyList<CallArgumentSyntax>, DiagnosticSink, (string Message, string Help)?> Tell)
{
    /// <summary>Every method, dialect by dialect.</summary>
    public static IReadOnlyList<ForeignMethod> All { get; } = [.. PandasForms.Methods, .. PythonForms.Methods];

    /// <summary>What is wrong with a call as a method; null for nothing, and for a call as a function.</summary>
    public static (string Id, DiagnosticDescriptor Descriptor, string Message, string Help)? Find(
        IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, DiagnosticSink sink)
    {
        if (arguments.Count == 0 || arguments[0].Span.End >= name.Span.Start)
            return null;

        string written = sink.TextAt(name.Span);
        foreach (var method in All.Where(method => method.Names.Split(' ').Contains(written)))
        {
            if (method.Tell(arguments, sink) is var (message, help))
                return (method.Id, method.Descriptor, message, help);
        }

        return null;
    }
}
