using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

/// <summary>Resolves names, checks types and operators, and makes the bound program. Reports all that it finds.</summary>
internal sealed partial class ProgramBinder
{
    private static readonly string[] ItemNames = ["it", "index"];

    private readonly BindingEnvironment _environment;
    private readonly SourceText _source;
    private readonly Dictionary<string, VariableSymbol> _variables;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<Diagnostic> _reported = [];
    private readonly List<BoundStatement> _statements = [];

    private ProgramBinder(SourceText source, BindingEnvironment environment)
    {
        _source = source;
        _environment = environment;
        _variables = environment.Variables.ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
    }

    public static (BoundProgram Program, IReadOnlyList<Diagnostic> Diagnostics) Bind(SourceText source, ProgramSyntax program, BindingEnvironment environment)
    {
        var binder = new ProgramBinder(source, environment);
        binder._templateNames.UnionWith(TemplateNames(program));
        foreach (var statement in program.Statements)
            binder.BindStatement(statement);
        return (new BoundProgram(binder._statements), binder._diagnostics);
    }

    private void BindStatement(StatementSyntax statement)
    {
        switch (statement)
        {
            case LetSyntax let:
                BindLet(let);
                break;

            case AnswerSyntax answer:
                var answered = BindShown(answer.Value);
                _statements.Add(new BoundAnswer(answer.Span, answered));
                break;

            case AssertSyntax assert:
                var condition = BindCondition(assert.Condition, null);
                var message = assert.Message is null ? null : BindExpression(assert.Message, null);
                _statements.Add(new BoundAssert(assert.Span, condition, message, _source.TextAt(assert.Condition.Span)));
                break;

            case ShowSyntax { Value: { Source: BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax name } assignment } } show when IsAssignment(name, assignment):
                Report(DslDiagnostics.UnknownName, name.Span, $"there is no name `{name.Name}`; a value is named with `let`", $"write `let {_source.TextAt(show.Span)}`");
                BindLet(new LetSyntax(show.Span, new IdentifierSyntax(name.Span, name.Name), show.Value with { Source = assignment.Right }));
                break;

            case ShowSyntax show:
                var shown = BindShown(show.Value);
                _statements.Add(new BoundShow(show.Span, shown));
                break;
        }
    }

    // `rows = context | lines` reads as a comparison that nobody means.
    private bool IsAssignment(NameSyntax name, BinarySyntax assignment) => !_variables.ContainsKey(name.Name) && SignOf(assignment) == "=";

    private void BindLet(LetSyntax let)
    {
        var value = BindTemplateLet(let) ?? BindQuery(let.Value);
        if (Lexemes.Word(let.Name.Name, 0) != let.Name.Name.Length)
        {
            Report(DslDiagnostics.BadDefinition, let.Name.Span, "backticks name fields, and a `let` has a word for its name", "choose a word");
            return;
        }

        if (ItemNames.Contains(let.Name.Name))
        {
            Report(DslDiagnostics.BadDefinition, let.Name.Span, $"`{let.Name.Name}` is the item's own name and cannot be defined", "choose another name");
            return;
        }

        var symbol = new VariableSymbol(let.Name.Name, value.Type, value);
        _variables[let.Name.Name] = symbol;
        _statements.Add(new BoundLet(let.Span, symbol));
    }

    /// <summary>A pipeline at a statement's level, which may start with an operator on <c>context</c>, and may be paid.</summary>
    private BoundPipeline BindQuery(PipelineSyntax pipeline)
    {
        if (pipeline.Source is NameSyntax name && !_variables.ContainsKey(name.Name)
            && OperatorForms.Of(name.Name).FirstOrDefault(form => IsComplete(form.Shape)) is { } form)
        {
            var opener = form.ToStage(name.Span, new IdentifierSyntax(name.Span, name.Name), []);
            return BindPipeline(new PipelineSyntax(pipeline.Span, null, [opener, .. pipeline.Stages]), null);
        }

        return BindPipeline(pipeline, null);
    }

    /// <summary>A pipeline whose value is shown.</summary>
    private BoundPipeline BindShown(PipelineSyntax pipeline)
    {
        var shown = BindQuery(pipeline);
        return shown with { Source = RefusePattern(shown.Source) };
    }

    private BoundPipeline BindPipeline(PipelineSyntax pipeline, ItemScope? scope)
    {
        var source = pipeline.Source is null ? BindContext(pipeline)
            : pipeline.Stages.Count == 0 ? BindOperand(pipeline.Source, scope)
            : BindExpression(pipeline.Source, scope);
        var stages = new List<BoundStage>(pipeline.Stages.Count);
        var type = source.Type;
        foreach (var stage in pipeline.Stages)
        {
            var bound = BindStage(stage, type, scope, stages.Count == 0 ? source : null);
            if (bound is null)
            {
                type = RlmType.Unknown;
                continue;
            }

            if (bound.Operator.IsPaid && scope is not null)
            {
                Report(DslDiagnostics.PaidInsideItem, stage.Span, "a paid stage may not stand inside an item expression: its number of calls could not be told",
                    "use `| extend x = llm \"…\"` or `| map llm \"…\"` on the list, or `| reduce llm \"…\" by KEY` for one call a group");
            }

            stages.Add(bound);
            type = bound.Output;
        }

        // What a stage reads that is not bound, nobody knows.
        if (stages.Count == pipeline.Stages.Count)
            CheckUnusedColumns(stages);
        return new BoundPipeline(pipeline.Span, source, stages);
    }

    private BoundExpression BindContext(PipelineSyntax pipeline)
    {
        if (_variables.TryGetValue("context", out var context))
            return new BoundVariable(new SourceSpan(pipeline.Span.Start, 0), context.Type, context);

        Report(DslDiagnostics.UnknownName, pipeline.Stages[0].Head.Span, "there is no `context` for this operator to work on",
            "start with a variable, as in `NAME | lines`, or give a context");
        return Missing(pipeline.Span);
    }

    /// <summary>A pipeline as a value. One with paid stages is computed before the statement, as a variable of its own.</summary>
    private BoundExpression BindNested(PipelineSyntax pipeline, ItemScope? scope) => RefusePattern(BindNestedOperand(pipeline, scope));

    private BoundExpression BindNestedOperand(PipelineSyntax pipeline, ItemScope? scope)
    {
        var bound = BindPipeline(pipeline, scope);
        if (bound.Stages.Count == 0)
            return bound.Source;

        if (scope is not null || !bound.IsPaid)
            return new BoundNested(pipeline.Span, bound);

        var symbol = new VariableSymbol(_source.TextAt(pipeline.Span), bound.Type, bound);
        _statements.Add(new BoundLet(pipeline.Span, symbol));
        return new BoundVariable(pipeline.Span, bound.Type, symbol);
    }

    private static BoundLiteral Missing(SourceSpan span) => new BoundLiteral(span, RlmType.Unknown, null);

    private void Report(DiagnosticDescriptor descriptor, SourceSpan span, string message, string? help = null) => Report(new Diagnostic(descriptor, span, message, help));

    private void Report(Diagnostic diagnostic)
    {
        if (_diagnostics.Count < ParseLimits.MaxDiagnostics && _reported.Add(diagnostic))
            _diagnostics.Add(diagnostic);
    }
}
