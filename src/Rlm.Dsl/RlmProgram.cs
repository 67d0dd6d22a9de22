using Rlm.Dsl;
using Rlm.Dsl.Binders;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Misreadings.Fixes;
using Rlm.Dsl.Syntax;

namespace Rlm;

/// <summary>A program in the Rlm language, parsed, bound and type-checked as a whole.</summary>
public sealed class RlmProgram
{
    private RlmProgram(
        SourceText source, ProgramSyntax syntax, BoundProgram? bound,
        IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<BoundStatement> sound, object? owner)
    {
        Sound = sound;
        Owner = owner;
        Source = source;
        Syntax = syntax;
        Bound = bound;
        Diagnostics = diagnostics;
        Written = source;
        WrittenDiagnostics = diagnostics;
    }

    /// <summary>The text that was compiled: the program, with what can mean one thing only written as it is here, which hints tell.</summary>
    public SourceText Source { get; }

    /// <summary>What was found, in order of place. A program with an error does not run.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The text as it was written, which <see cref="Source"/> is too where nothing is read as something else.</summary>
    public SourceText Written { get; private init; }

    /// <summary>
    /// The same diagnostics with their places in <see cref="Written"/>, for an editor: the fix of what is read as something else writes it so.
    /// </summary>
    public IReadOnlyList<Diagnostic> WrittenDiagnostics { get; private init; }

    /// <summary>Whether a diagnostic is an error.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Whether it asks a model; false where it has errors.</summary>
    public bool IsPaid => !HasErrors && Bound!.Pipelines.Any(static pipeline => pipeline.IsPaid);

    /// <summary>The names of the variables that it reads and does not define itself, each once; empty where it has errors.</summary>
    public IReadOnlyList<string> Variables => HasErrors ? [] : [.. Bound!.HostVariables.Select(static symbol => symbol.Name).Distinct()];

    /// <summary>Whether its last statement shows or answers a value; false where it has errors.</summary>
    public bool EndsInValue => !HasErrors && Bound!.Statements is [.., BoundShow or BoundAnswer];

    internal ProgramSyntax Syntax { get; }

    /// <summary>Whose variables it was bound to; null for nobody's, so that it is only checked.</summary>
    internal object? Owner { get; }

    /// <summary>The bound program; null where the text did not parse.</summary>
    internal BoundProgram? Bound { get; }

    /// <summary>The statements that stand before the first error, whole and bound; all of them where there is none.</summary>
    internal IReadOnlyList<BoundStatement> Sound { get; }

    /// <summary>Compiles a program against a context that is one text.</summary>
    /// <param name="text">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <returns>The program with its diagnostics; never null, and no exception for a bad program.</returns>
    public static RlmProgram Compile(string text, string name = "program") => Compile(text, name, ["context"]);

    /// <summary>Compiles a program against variables that are texts or documents, before there is one: no column of a table is known.</summary>
    /// <param name="text">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="variables">The names of the variables.</param>
    /// <param name="operatorsPage">What helps call the page that lists the operators, such as a command; null for <c>docs/operators.md</c>.</param>
    /// <param name="documents">The names of the variables that are lists of documents; null for none.</param>
    /// <returns>The program with its diagnostics; never null, and no exception for a bad program.</returns>
    public static RlmProgram Compile(
        string text, string name, IEnumerable<string> variables, string? operatorsPage = null, IEnumerable<string>? documents = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(variables);
        var known = BindingEnvironment.WithTexts(variables, documents ?? []);
        return Compile(new SourceText(text, name), operatorsPage is null ? known : known with { OperatorsPage = operatorsPage });
    }

    /// <summary>Compiles a program, with what can mean one thing only read as that, and finds what of its helps can be applied as it stands.</summary>
    internal static RlmProgram Compile(SourceText source, BindingEnvironment environment)
    {
        var program = CompileAsWritten(source, environment);
        if (!program.HasErrors || MeantProgram.Find(source.Content, program.Diagnostics, text => CompileAsWritten(new SourceText(text), environment).Diagnostics) is not var (meant, hints, changes))
            return program;

        var read = CompileOnce(new SourceText(meant, source.Name), environment);
        IReadOnlyList<Diagnostic> found = [.. hints.Concat(read.Diagnostics).OrderBy(diagnostic => diagnostic.Span.Start)];
        return new RlmProgram(read.Source, read.Syntax, read.Bound, found, read.Sound, read.Owner)
        {
            Written = source,
            WrittenDiagnostics = [.. found.Select(diagnostic => WrittenPlaces.MoveBack(diagnostic, source, read.Source, changes))],
        };
    }

    /// <summary>Compiles a program as it stands, and finds what of its helps can be applied to it.</summary>
    internal static RlmProgram CompileAsWritten(SourceText source, BindingEnvironment environment)
    {
        var program = CompileOnce(source, environment);
        if (program.Diagnostics.Count == 0)
            return program;

        var diagnostics = FixFinder.AddFixes(
            source, program.Diagnostics, text => CompileOnce(new SourceText(text), environment).Diagnostics);
        return new RlmProgram(source, program.Syntax, program.Bound, diagnostics, program.Sound, program.Owner);
    }

    private static RlmProgram CompileOnce(SourceText source, BindingEnvironment environment)
    {
        var (syntax, parsing) = ProgramParser.Parse(source, [.. environment.Tools.Select(tool => tool.Name)]);
        var (bound, binding) = ProgramBinder.Bind(source, syntax, environment);
        var found = parsing.Count == 0 ? binding
            : [.. parsing, .. binding.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        return new RlmProgram(
            source, syntax, parsing.Count == 0 ? bound : null,
            [.. found.OrderBy(diagnostic => diagnostic.Span.Start).Select(diagnostic => WithWordsOf(environment, diagnostic))], SoundOf(source, bound, found), environment.Owner);
    }

    /// <summary>The diagnostic as the host's people know things: whoever reads a program knows nothing of its host.</summary>
    private static Diagnostic WithWordsOf(BindingEnvironment environment, Diagnostic diagnostic) =>
        diagnostic.Help is { } help && environment.OperatorsPage != DslDiagnostics.OperatorsPage
            ? diagnostic with { Help = help.Replace(DslDiagnostics.OperatorsPage, environment.OperatorsPage) }
            : diagnostic;

    private static IReadOnlyList<BoundStatement> SoundOf(SourceText source, BoundProgram program, IReadOnlyList<Diagnostic> diagnostics)
    {
        int end = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Span.Start).DefaultIfEmpty(int.MaxValue).Min();
        // A text that ends too early is told at its end, behind the statement that is not whole.
        bool isCut = end < int.MaxValue && string.IsNullOrWhiteSpace(source.Content.Substring(Math.Min(end, source.Content.Length)));
        return [.. program.Statements.Where(statement => statement.Span.End < end).Take(program.Statements.Count - (isCut ? 1 : 0))];
    }
}
