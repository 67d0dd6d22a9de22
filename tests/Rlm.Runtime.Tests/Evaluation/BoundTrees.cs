using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tests.Operators;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>Builds bound trees and values by hand, and evaluates them.</summary>
internal static class BoundTrees
{
    public static BoundExpression It(int depth = 0) => new BoundItem(default, RlmType.Unknown, depth);

    public static BoundExpression ItsIndex => new BoundIndex(default, 0);

    public static BoundExpression Of(object? value) => value switch
    {
        BoundExpression expression => expression,
        int number => new BoundLiteral(default, RlmType.Number, (decimal)number),
        double number => new BoundLiteral(default, RlmType.Number, (decimal)number),
        string text => new BoundLiteral(default, RlmType.Text, text),
        _ => new BoundLiteral(default, RlmType.Unknown, value),
    };

    public static BoundExpression Field(string name, int depth = 0) => Field(It(depth), name);

    public static BoundExpression Field(BoundExpression target, string name) => new BoundField(default, RlmType.Unknown, target, name);

    public static BoundExpression Binary(object? left, BinaryOperator operation, object? right) =>
        new BoundBinary(default, RlmType.Unknown, operation, Of(left), Of(right));

    public static BoundExpression Equal(object? left, object? right) => Binary(left, BinaryOperator.Equal, right);

    public static BoundExpression Not(object? operand) => new BoundUnary(default, RlmType.Bool, UnaryOperator.Not, Of(operand));

    public static BoundExpression Call(string name, params object?[] arguments) => new BoundCall(
        default, RlmType.Unknown, FunctionCatalog.Find(name)!, [.. arguments.Select(argument => Of(argument))]);

    public static BoundExpression Aggregate(string name, BoundExpression? argument = null, object? parameter = null) =>
        new BoundAggregate(default, RlmType.Unknown, FunctionCatalog.Find(name)!, argument, parameter is null ? null : Of(parameter));

    public static BoundExpression Template(params object?[] parts) => new BoundTemplate(default, [.. parts.Select(Of)]);

    public static BoundExpression List(params object?[] items) => new BoundList(default, RlmType.Unknown, [.. items.Select(Of)]);

    public static BoundExpression Regex(string regex, string flags = "") => new BoundPattern(default, regex, flags, null, []);

    public static BoundExpression Neighbour(int offset, BoundExpression value) =>
        new BoundWindow(default, RlmType.Unknown, FunctionCatalog.Find(offset < 0 ? "prev" : "next")!, value, (decimal)Math.Abs(offset));

    public static BoundExpression Variable(Value value) => new BoundVariable(default, RlmType.Unknown, new ValueSymbol(value).Symbol);

    public static BoundBinding Named(string name, object? value) => new(default, name, Of(value));

    public static BoundOrder Order(BoundExpression key, bool descending = false) => new(default, key, descending);

    /// <summary>A stage; an argument is a word, a flag (true), bindings, orders, or else an expression.</summary>
    public static BoundStage Stage(string name, params (string Slot, object? Value)[] arguments) =>
        StageOf(name, RlmType.ListOf(RlmType.Unknown), false, arguments);

    public static BoundStage StageOf(string name, RlmType input, bool isLifted, params (string Slot, object? Value)[] arguments)
    {
        var signature = name == "call" ? OperatorCatalog.Function : OperatorCatalog.Find(name)!;
        return new(default, signature, [.. arguments.Select(
            argument => Argument(SlotNames.Find(signature, argument.Slot), argument.Value))], input, RlmType.Unknown, isLifted);
    }

    public static BoundExpression Pipe(BoundExpression source, params BoundStage[] stages) =>
        new BoundNested(default, new BoundPipeline(default, source, stages));

    public static Value Number(double number) => new NumberValue((decimal)number);

    public static Value Text(string text) => new TextValue(text);

    public static Value Label(string text, params string[] domain) => new TextValue(text) { Domain = domain };

    public static Value Any(object? value) => value switch
    {
        null => NoneValue.Instance,
        Value made => made,
        int number => Number(number),
        double number => Number(number),
        bool boolean => BoolValue.Of(boolean),
        string text => Text(text),
        TimeSpan duration => new DurationValue(duration),
        DateTime date => new DateValue(date.TimeOfDay == TimeSpan.Zero ? PointInTime.OfDay(date) : PointInTime.OfTime(date)),
        object?[] items => Items(items),
        _ => throw new ArgumentException($"No value of {value}", nameof(value)),
    };

    public static ListValue Items(params object?[] items) => ListValue.Of([.. items.Select(Any)]);

    /// <summary>A list that can be read once, as a streamed one is.</summary>
    public static ListValue Once(params object?[] items)
    {
        bool isRead = false;
        return ListValue.Stream(Read());

        IEnumerable<Value> Read()
        {
            Assert.That(isRead, Is.False, "The list was read twice.");
            isRead = true;
            foreach (object? item in items)
                yield return Any(item);
        }
    }

    /// <summary>Rows of the named fields, values row after row.</summary>
    public static ListValue Rows(string names, params object?[] values)
    {
        string[] fields = names.Split(' ');
        var shape = new RecordShape(fields);
        return ListValue.Of([.. values.Chunk(fields.Length).Select(row => new RecordValue(shape, [.. row.Select(Any)]))]);
    }

    /// <summary>The lines of a text, as slices.</summary>
    public static ListValue Lines(string text, string name = "a.txt")
    {
        var source = TextSource.FromString(text, name);
        List<Value> lines = [];
        int start = 0;
        foreach (string line in text.Split('\n'))
        {
            int length = System.Text.Encoding.UTF8.GetByteCount(line);
            lines.Add(new TextValue(new TextSlice(source, start, length)));
            start += length + 1;
        }

        return ListValue.Of([.. lines]);
    }

    public static EvaluationContext Run() => new(new ValueSymbol.Table(), CancellationToken.None)
    {
        Operators = OperatorTable.ByName,
        Clock = new DateTimeOffset(2026, 3, 17, 9, 5, 0, TimeSpan.FromHours(2)),
    };

    public static Value Evaluate(BoundExpression expression, Value? item = null, EvaluationContext? evaluation = null) =>
        ExpressionEvaluator.Evaluate(expression, item is null ? null : new Scope(item, 0, null, null), evaluation ?? Run());

    public static Value Evaluate(Value input, BoundStage stage, EvaluationContext? evaluation = null) =>
        StageEvaluator.Evaluate(input, stage, null, evaluation ?? Run());

    public static string Notes(EvaluationContext evaluation) => string.Join('\n', evaluation.Notes);

    /// <summary>The value in one line: records as <c>{a: 1}</c>, lists in brackets.</summary>
    public static string Show(Value value) => value switch
    {
        ListValue list => $"[{string.Join(", ", list.Items.Select(Show))}]",
        RecordValue record => $"{{{string.Join(", ", record.Shape.Names.Zip(record.Fields, (name, field) => $"{name}: {Show(field)}"))}}}",
        FailedValue => "failed",
        _ => ValueRenderer.InTemplate(value),
    };

    private static BoundArgument Argument(Slot slot, object? value) => new(default, slot, value switch
    {
        true => slot.Name,
        string word when slot.Takes(word) => word,
        BoundBinding[] bindings => bindings,
        BoundBinding binding => new[] { binding },
        BoundOrder[] orders => orders,
        BoundOrder order => new[] { order },
        _ => Of(value),
    });
}
