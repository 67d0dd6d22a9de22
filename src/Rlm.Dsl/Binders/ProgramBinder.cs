using Rlm.Dsl.Binding;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Binders;

/// <summary>Resolves names, checks types and operators, and makes the bound program. Reports all that it finds.</summary>
internal sealed class ProgramBinder(BindingContext context)
{
    private static readonly string[] ItemNames = ["it", "index"];

    public static (BoundProgram Program, IReadOnlyList<Diagnostic> Diagnostics) Bind(
        SourceText source, ProgramSyntax program, BindingEnvironment environment)
    {
        var context = new BindingContext(source, environment, CaptureBinder.NamesOfTemplates(program));
        var binder = new ProgramBinder(context);
        foreach (var statement in program.Statements)
            binder.BindStatement(statement);
        binder.CheckEnd();
        return (new BoundProgram(context.Statements), context.Sink.Found);
    }

    /// <summary>A program ends with its first answer; whoever wrote more wants it, too.</summary>
    private void CheckEnd()
    {
        var unreached = context.Statements.SkipWhile(static statement => statement is not BoundAnswer).Skip(1).ToList();
        if (unreached.Count > 0)
        {
            context.Report(
                DslDiagnostics.Unreached, SourceSpan.Between(unreached[0].Span.Start, unreached[unreached.Count - 1].Span.End),
                $"a program ends with its first `answer`: {(unreached.Count == 1 ? "this statement does" : $"these {unreached.Count} statements do")} not run",
                "put it before `answer`, or leave `answer` out: each value is shown then");
        }
    }

    private void BindStatement(StatementSyntax statement)
    {
        switch (statement)
        {
            case LetSyntax let:
                BindLet(let);
                break;

            case AnswerSyntax answer:
                var answered = context.Pipelines.BindShown(answer.Value);
                if (context.Environment.CheckAnswer(answered.Type) is var (problem, help))
                    context.Report(DslDiagnostics.WrongAnswer, answer.Value.Span, problem, help);
                context.Statements.Add(new BoundAnswer(answer.Span, answered));
                break;

            case AssertSyntax assert:
                var condition = context.Expressions.BindCondition(assert.Condition, null);
                var message = assert.Message is null ? null : context.Expressions.Bind(assert.Message, null);
                context.Statements.Add(new BoundAssert(assert.Span, condition, message, context.TextAt(assert.Condition.Span)));
                break;

            case ShowSyntax show:
                var shown = context.Pipelines.BindShown(show.Value);
                context.Statements.Add(new BoundShow(show.Span, shown));
                break;
        }
    }

    private void BindLet(LetSyntax let)
    {
        if (let.IsImplied && context.Variables.ContainsKey(let.Name.Name))
        {
            // Nobody compares a value with what a pipeline over it gives.
            bool isChanged = let.Value is { Source: NameSyntax source, Stages.Count: > 0 } && source.Name == let.Name.Name;
            context.Sink.Report(new Diagnostic(DslDiagnostics.BadDefinition, let.Name.Span,
                $"`{let.Name.Name}` has a value, and `=` may name a new one or compare it",
                $"write `let {context.TextAt(let.Span)}`{(isChanged ? "" : ", or compare with `==`")}")
            {
                Fix = isChanged ? new DiagnosticFix(new SourceSpan(let.Span.Start, 0), "let ") : null,
            });
        }

        var value = BindTemplateLet(let) ?? context.Pipelines.BindQuery(let.Value);
        if (Names.Word(let.Name.Name, 0) != let.Name.Name.Length)
        {
            context.Report(DslDiagnostics.BadDefinition, let.Name.Span,
                "backticks name fields, and a `let` has a word for its name", "choose a word");
            return;
        }

        if (ItemNames.Contains(let.Name.Name))
        {
            context.Report(DslDiagnostics.BadDefinition, let.Name.Span,
                $"`{let.Name.Name}` is the item's own name and cannot be defined", "choose another name");
        }

        var symbol = new VariableSymbol(let.Name.Name, value.Type, value);
        context.Variables[let.Name.Name] = symbol;
        context.Statements.Add(new BoundLet(let.Span, symbol));
    }

    /// <summary>
    /// A string with holes that a later <c>extract</c> reads: its holes are captures, and the value is a pattern. Null for any other.
    /// </summary>
    private BoundPipeline? BindTemplateLet(LetSyntax let) =>
        let.Value is { Stages.Count: 0, Source: TemplateSyntax { PlainText: null } template }
            && context.TemplateNames.Contains(let.Name.Name)
            ? new BoundPipeline(let.Value.Span, context.Captures.BindTemplate(template), [])
            : null;
}
