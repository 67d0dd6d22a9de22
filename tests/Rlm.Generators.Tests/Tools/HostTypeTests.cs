using System.Globalization;
using System.Text.Json;

namespace Rlm.Generators.Tests.Tools;

/// <summary>Every type through a tool that gives back what it takes.</summary>
internal sealed class HostTypeTests
{
    private const string Types = """
        public enum Colour { Red, DarkBlue = 5, @class }
        public sealed record Point(int X, string? Label);
        public readonly record struct Line(Point From, int? Width);
        public class Plain { public int Id { get; init; } public DateOnly? When { get; set; } }
        """;

    [TestCase("string", "text", "\"a\\n\\u00e4\"")]
    [TestCase("byte", "number", "255")]
    [TestCase("sbyte", "number", "-128")]
    [TestCase("short", "number", "-3")]
    [TestCase("ushort", "number", "3")]
    [TestCase("int", "number", "-2147483648")]
    [TestCase("uint", "number", "4294967295")]
    [TestCase("long", "number", "9223372036854775807")]
    [TestCase("ulong", "number", "18446744073709551615")]
    [TestCase("float", "number", "1.5")]
    [TestCase("double", "number", "-0.25")]
    [TestCase("decimal", "number", "12345678901234567890.5")]
    [TestCase("bool", "bool", "true")]
    [TestCase("DateOnly", "date", "\"2026-03-01\"")]
    [TestCase("DateTime", "date", "\"2026-03-01T10:20:30\"")]
    [TestCase("DateTimeOffset", "date", "\"2026-03-01T10:20:30+02:00\"")]
    [TestCase("int[]", "list of number", "[1,2]")]
    [TestCase("List<string>", "list of text", "[\"a\"]")]
    [TestCase("IReadOnlyList<bool>", "list of bool", "[]")]
    [TestCase("IReadOnlyCollection<DateOnly>", "list of date", "[\"2026-03-01\"]")]
    [TestCase("IEnumerable<double>", "list of number", "[1.5]")]
    [TestCase("ICollection<int>", "list of number", "[1]")]
    [TestCase("IList<int>", "list of number", "[1]")]
    [TestCase("int?", "number?", "1")]
    [TestCase("int?", "number?", "null")]
    [TestCase("string?", "text?", "null")]
    [TestCase("DateTime?", "date?", "\"2026-03-01T00:00:00\"")]
    [TestCase("string[]?", "list<text>?", "null")]
    [TestCase("string[]?", "list<text>?", "[\"a\"]")]
    [TestCase("char", "text", "\"x\"")]
    [TestCase("Guid", "text", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    [TestCase("Guid?", "text?", "null")]
    [TestCase("Uri", "text", "\"https://x.org/a?b=1\"")]
    [TestCase("TimeSpan", "duration", "90.5")]
    [TestCase("TimeSpan", "duration", "-0.0000001")]
    [TestCase("TimeSpan?", "duration?", "null")]
    [TestCase("List<TimeSpan>", "list of duration", "[1,2]")]
    [TestCase("Colour", "one of [\"Red\", \"DarkBlue\", \"class\"]", "\"DarkBlue\"")]
    [TestCase("Colour?", "one of [\"Red\", \"DarkBlue\", \"class\"]?", "\"class\"")]
    [TestCase("Colour[]", "list of one of [\"Red\", \"DarkBlue\", \"class\"]", "[\"Red\",\"class\"]")]
    [TestCase("Colour?[]", "list<one of [\"Red\", \"DarkBlue\", \"class\"]?>", "[\"Red\",null]")]
    [TestCase("List<int?>", "list<number?>", "[1,null]")]
    [TestCase("List<string?>?", "list<text?>?", "[\"\",null]")]
    [TestCase("int[][]", "list of list of number", "[[1],[]]")]
    [TestCase("Point", "{x: number, label: text?}", "{\"x\":1,\"label\":null}")]
    [TestCase("Point?", "{x: number, label: text?}?", "null")]
    [TestCase("IReadOnlyList<Point>", "list of {x: number, label: text?}", "[{\"x\":1,\"label\":\"a\"}]")]
    [TestCase("Line", "{from: {x: number, label: text?}, width: number?}", "{\"from\":{\"x\":1,\"label\":null},\"width\":2}")]
    [TestCase("Plain", "{id: number, when: date?}", "{\"id\":3,\"when\":\"2026-03-01\"}")]
    [TestCase("(int Count, string Name)", "{count: number, name: text}", "{\"count\":1,\"name\":\"a\"}")]
    [TestCase("(int, DateOnly?)[]", "list of {item1: number, item2: date?}", "[{\"item1\":1,\"item2\":null}]")]
    [TestCase("(int A, int B)?", "{a: number, b: number}?", "null")]
    [TestCase("Dictionary<string, int>", "list of {key: text, value: number}", "[{\"key\":\"a\",\"value\":1}]")]
    [TestCase("IReadOnlyDictionary<Colour, Point?>", "list of {key: one of [\"Red\", \"DarkBlue\", \"class\"], value: {x: number, label: text?}?}", "[{\"key\":\"Red\",\"value\":null}]")]
    [TestCase("IDictionary<int, List<string>>?", "list<{key: number, value: list of text}>?", "[{\"key\":1,\"value\":[\"a\"]}]")]
    public async Task Echo_Value_ComesBack(string type, string notation, string json)
    {
        var tool = Tool(
            $"{Types} [RlmTools] public static partial class Echo {{ [RlmTool(\"Echoes.\")] public static {type} Same({type} value) => value; }}");

        Assert.That(tool.ResultType, Is.EqualTo(notation));
        Assert.That(
            tool.Parameters,
            Is.EqualTo(new[] { new RlmToolParameter(
                "value", Required(notation)) }));
        AssertIsKnown(tool);

        var result = await tool.InvokeAsync([json == "null" ? null : JsonDocument.Parse(json).RootElement], default);
        Assert.That(result?.GetRawText()
            .Replace("\\u002B", "+", StringComparison.Ordinal)
            .Replace("\\u00E4", "\\u00e4", StringComparison.Ordinal) ?? "null", Is.EqualTo(json));
    }

    [TestCase("public record Point(int X, int Y);", "Point", "new(1, 2)", "{x: number, y: number}", """{"x":1,"y":2}""")]
    [TestCase("public record struct Point(int X, int? Y);", "Point?", "new Point(1, null)", "{x: number, y: number?}?", """{"x":1,"y":null}""")]
    [TestCase("public record Point(int X, int Y);", "Point?[]", "[new(1, 2), null]", "list<{x: number, y: number}?>", """[{"x":1,"y":2},null]""")]
    [TestCase("public record Point(int X, int Y);", "HashSet<Point>", "[new(1, 2)]", "list of {x: number, y: number}", """[{"x":1,"y":2}]""")]
    [TestCase("public record Leg(Point From, Point? To); public record Point(int X);", "Leg", "new(new(1), null)", "{from: {x: number}, to: {x: number}?}", """{"from":{"x":1},"to":null}""")]
    [TestCase("public class Base { public int Id => 1; public int this[int i] => i; public static int No => 0; internal int Not => 0; } public class Row : Base { public string URL => \"u\"; public string IOPath { get; private set; } = \"p\"; public string Hidden { private get; set; } = \"\"; }",
        "Row", "new()", "{id: number, url: text, ioPath: text}", """{"id":1,"url":"u","ioPath":"p"}""")]
    [TestCase("public interface INamed { string Name { get; } } public interface IRow : INamed { int @class { get; } } public class Row : IRow { public string Name => \"n\"; public int @class => 2; }",
        "IRow", "new Row()", "{class: number, name: text}", """{"class":2,"name":"n"}""")]
    [TestCase("", "List<List<int?>?>", "[[1, null], null]", "list<list<number?>?>", "[[1,null],null]")]
    public async Task Result_Record_IsItsPublicProperties(string types, string type, string value, string notation, string json)
    {
        var tool = Tool(
            $"{types} [RlmTools] public static partial class Echo {{ [RlmTool(\"Gives.\")] public static {type} Fetch() => {value}; }}");

        Assert.That(tool.ResultType, Is.EqualTo(notation));
        AssertIsKnown(tool);
        Assert.That((await tool.InvokeAsync([], default))?.GetRawText(), Is.EqualTo(json));
    }

    [Test]
    public async Task Parameter_ComputedProperty_IsNotAskedFor()
    {
        var tool = Tool("""
            public sealed record Square(int Side) { public int Area => Side * Side; private Square() : this(0) { } }
            [RlmTools] public static partial class Echo { [RlmTool("Echoes.")] public static Square Same(Square value) => value; }
            """);

        Assert.That((tool.Parameters[0].Type, tool.ResultType), Is.EqualTo(("{side: number}", "{side: number, area: number}")));
        Assert.That(
            (await tool.InvokeAsync([JsonDocument.Parse("""{"side":3,"area":1}""").RootElement], default))?.GetRawText(),
            Is.EqualTo("""{"side":3,"area":9}"""));
    }

    [TestCase("int value = -1", "-1")]
    [TestCase("short value = -1", "-1")]
    [TestCase("byte value = 7", "7")]
    [TestCase("ulong value = ulong.MaxValue", "18446744073709551615")]
    [TestCase("float value = 1.5f", "1.5")]
    [TestCase("double value = 1e20", "1E+20")]
    [TestCase("double value = double.NaN", "NaN")]
    [TestCase("double value = double.NegativeInfinity", "-Infinity")]
    [TestCase("decimal value = 0.10m", "0.10")]
    [TestCase("bool value = true", "True")]
    [TestCase("string value = \"a\\\"\\n\"", "a\"\n")]
    [TestCase("string? value = null", "")]
    [TestCase("int? value = 3", "3")]
    [TestCase("long? value = null", "")]
    [TestCase("long? value = 4", "4")]
    [TestCase("DateOnly value = default", "01/01/0001")]
    [TestCase("int[]? value = null", "")]
    [TestCase("DayOfWeek value = DayOfWeek.Friday", "Friday")]
    [TestCase("DayOfWeek? value = DayOfWeek.Friday", "Friday")]
    [TestCase("TimeSpan value = default", "00:00:00")]
    [TestCase("char value = '\\''", "'")]
    public async Task Default_ArgumentLeftOut_IsTaken(string parameter, string text)
    {
        var tool = Tool(
            $"[RlmTools] public static partial class Echo {{ [RlmTool(\"Echoes.\")] public static string Same({parameter}) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"{{value}}\"); }}");

        Assert.That(tool.Parameters[0].IsOptional);
        Assert.That((await tool.InvokeAsync([], default))?.GetString(), Is.EqualTo(text));
        Assert.That((await tool.InvokeAsync([null], default))?.GetString(), Is.EqualTo(text));
    }

    [TestCase("2026-03-01", "2026-03-01")]
    [TestCase("2026-03-01T23:30:00-05:00", "2026-03-01")]
    public async Task Date_InIsoForm_KeepsTheDayAsWritten(string text, string date)
    {
        var tool = Tool(
            "[RlmTools] public static partial class Echo { [RlmTool(\"Echoes.\")] public static DateOnly Same(DateOnly value) => value; }");

        Assert.That((await tool.InvokeAsync([JsonDocument.Parse($"\"{text}\"").RootElement], default))?.GetString(), Is.EqualTo(date));
    }

    [TestCase("Sides Fetch() => default;", "`Sides` is a set of flags")]
    [TestCase("Dictionary<Node, int> Fetch() => [];", "`Node` holds itself (in `Node.Next`)")]
    [TestCase("Dictionary<(int A, int B), int> Fetch() => [];", "are not single values")]
    [TestCase("object Fetch() => 1;", "`object` has no counterpart in the language")]
    [TestCase("int[,] Fetch() => new int[1, 1];", "has no counterpart in the language")]
    [TestCase("Node Fetch() => new();", "`Node` holds itself (in `Node.Next`)")]
    [TestCase("Twice Fetch() => new();", "two properties of `Twice` are the field `name`")]
    [TestCase("Empty Fetch() => new();", "`Empty` has no public property that can be read")]
    public void Result_Unsupported_SaysWhy(string method, string reason)
    {
        var run = new GeneratorRun($$"""
            public class Node { public int Value => 1; public Node? Next => null; }
            public class Twice { public int Name => 1; public int name => 1; }
            public class Empty { }
            [Flags] public enum Sides { Left = 1, Right = 2 }
            [RlmTools] public static partial class Echo { [RlmTool("Gives.")] public static {{method}} }
            """);

        Assert.That(run.Diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { "RLM9003" }));
        Assert.That(run.Diagnostics[0].GetMessage(CultureInfo.InvariantCulture), Does.EndWith(reason));
    }

    [TestCase("HashSet<int> ids", "take an `IReadOnlyList`")]
    [TestCase("SortedDictionary<string, int> of", "take an `IReadOnlyDictionary`")]
    [TestCase("Shape at", "`Shape` has no constructor that takes its properties, and none that can be assigned")]
    [TestCase("INamed at", "`INamed` has no constructor that takes its properties, and none that can be assigned")]
    [TestCase("Func<int> get", "`Func<int>` has no counterpart in the language")]
    public void Parameter_Unsupported_SaysWhy(string parameter, string reason)
    {
        var run = new GeneratorRun($$"""
            public class Shape { public int Area => 1; }
            public interface INamed { string Name { get; } }
            [RlmTools] public static partial class Echo { [RlmTool("Takes.")] public static int Accept({{parameter}}) => 1; }
            """);

        Assert.That(run.Diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { "RLM9002" }));
        Assert.That(run.Diagnostics[0].GetMessage(CultureInfo.InvariantCulture), Does.EndWith(reason));
    }

    /// <summary>The notation of a parameter: none may be given to each that has a type for it.</summary>
    private static string Required(string notation) => !notation.EndsWith('?') ? notation
        : notation.StartsWith("list<", StringComparison.Ordinal) && !notation.EndsWith("?>?", StringComparison.Ordinal) ? $"list of {notation[5..^2]}"
        : notation[..^1];

    private static RlmTool Tool(string source) =>
        ((IReadOnlyList<RlmTool>)new GeneratorRun(source).Load().GetType("Echo")!.GetProperty("Tools")!.GetValue(null)!)[0];

    /// <summary>A session parses each notation, and throws for one that is no type.</summary>
    private static void AssertIsKnown(RlmTool tool)
    {
        var session = new RlmSession(
            new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString("a"))], new RlmOptions { Tools = [tool] });
        Assert.That(session.Compile("answer 1").Diagnostics, Is.Empty);
    }
}
