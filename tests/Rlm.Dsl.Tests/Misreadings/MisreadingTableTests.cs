using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Tests.Diagnostics;

namespace Rlm.Dsl.Tests.Misreadings;

/// <summary>Every row about another language has a case that it answers: what no program meets is dead, and goes away.</summary>
internal sealed class MisreadingTableTests
{
    private static readonly string[] Programs = [.. ErrorCases.All.Select(read => read.Body.Split(ErrorCases.Separator)[0])];

    [Test]
    public void Rows_Each_AnswerACase()
    {
        var answering = Programs.SelectMany(PlacesOf).Select(place => MisreadingTable.Find(place).Row.Id).ToHashSet();

        string[] dead = [.. MisreadingTable.Rows.Select(row => row.Id).Where(id => !answering.Contains(id))];
        Assert.That(dead, Is.Empty, string.Join("\n", dead));
    }

    [Test]
    public void Rows_Ids_AreUnique() => Assert.That(MisreadingTable.Rows.Select(row => row.Id), Is.Unique);

    [Test]
    public void Words_Each_HaveACase()
    {
        var told = Programs.SelectMany(program => ErrorCases.Compile(program) is var compiled
            ? compiled.Diagnostics.Select(diagnostic => (Word: compiled.Source.TextAt(diagnostic.Span), Diagnostic: diagnostic))
            : []).ToLookup(found => found.Word, found => found.Diagnostic);

        string[] untold = [.. ForeignWords.All.Where(row => !told[row.Key].Any(diagnostic => IsOf(row.Key, row.Value, diagnostic)))
            .Select(row => row.Key)];
        Assert.That(untold, Is.Empty, string.Join(" ", untold));
    }

    /// <summary>A program with each name, type and call of another language is told what its row says: none is shadowed.</summary>
    [Test]
    public void NamesTypesAndCalls_Each_AreToldByTheirRow()
    {
        var untold =
            from told in ForeignWords.ItemNames.Select(name => ($"context | lines | where {name} contains \"a\"", "write `it`"))
                .Concat(ForeignWords.Types.Select(row => ($"context | lines | map llm \"Which?\" as {row.Key}", $"write `as {row.Value}`")))
                .Concat(ForeignWords.Calls.Select(row => (
                    $"answer {row.Key}(context, 1)", row.Value.Replace("`x`", "`context`").Replace(" x`", " context`"))))
            let found = ErrorCases.Compile(told.Item1).Diagnostics
            where found.All(diagnostic => diagnostic.Help != told.Item2)
            select $"{told.Item1}: {string.Join("; ", found.Select(diagnostic => diagnostic.Help))}";

        Assert.That(untold, Is.Empty, string.Join("\n", untold));
    }

    [Test]
    public void Methods_Each_HaveACase()
    {
        var told = Programs.SelectMany(program => ErrorCases.Compile(program).Diagnostics).Select(diagnostic => diagnostic.Message).ToHashSet();

        Assert.That(
            ForeignMethod.All.Where(method => !Programs.Any(program => MethodsIn(program).Any(found => found.Id == method.Id && told.Contains(found.Message))))
                .Select(method => method.Id),
            Is.Empty);
    }

    private static IEnumerable<(string Id, string Message)> MethodsIn(string program)
    {
        var sink = new DiagnosticSink(new SourceText(program));
        return ProgramParser.Parse(new SourceText(program)).Program.Statements.SelectMany(statement => SyntaxTree.Descendants(statement))
            .Select(found => found.Node).OfType<CallSyntax>()
            .Select(call => ForeignMethod.Find(call.Function, call.Arguments, sink)).Where(found => found is not null)
            .Select(found => (found!.Value.Id, found.Value.Message));
    }

    /// <summary>A word that the catalogue has reaches no row.</summary>
    [Test]
    public void Words_OfTheCatalogue_HaveNoRow() =>
        Assert.That(ForeignWords.All.Keys.Where(word => OperatorForms.Of(word).Count > 0 || FunctionCatalog.Find(word) is not null), Is.Empty);

    // A call's help has the call's own arguments in it.
    private static bool IsOf(string word, string help, Diagnostic diagnostic) =>
        diagnostic.Help == help
            || (diagnostic.Descriptor == DslDiagnostics.UnknownFunction && diagnostic.Message == $"`{word}` is not a function");

    /// <summary>The places where statements of a program fail.</summary>
    private static IEnumerable<FailurePlace> PlacesOf(string program)
    {
        var source = new SourceText(program);
        var state = new ParseState(program);
        int position = Layout.SkipToStatement(program, 0);
        while (position < program.Length)
        {
            state.StartStatement();
            var reading = StatementReader.Read(program, position, state);
            if (reading.Failure is { Fatal: null } failure)
                yield return new FailurePlace(source, position, failure.Position, failure.Expected);
            if (reading.Failure is { Fatal: not null })
                yield break;

            position = reading.Failure is null
                ? Layout.SkipToStatement(program, reading.End)
                : Layout.SkipToNextStatement(program, Math.Max(position, state.FurthestPosition), state.CommonIndentation);
        }
    }
}
