namespace Rlm.Generators.Tests.Tools;

/// <summary>Where tools may stand, and how they are called.</summary>
internal sealed class ToolFormTests
{
    [TestCase("[RlmTools] public partial class T { [RlmTool(\"\")] public int FindOrderAsync() => 1; }", "find_order")]
    [TestCase("[RlmTools] public partial class T { [RlmTool(\"\")] public int GetURLOf2() => 1; }", "get_url_of2")]
    [TestCase("[RlmTools] public partial class T { [RlmTool(\"\")] public int A_B() => 1; }", "a_b")]
    [TestCase("[RlmTools] public partial class T { [RlmTool(\"\", Name = \"x9\")] public int Async() => 1; }", "x9")]
    [TestCase("[RlmTools] public partial class T { [RlmTool(\"\")] public int @class(int @in2, CancellationToken stop, string @for = \"\") => 1; }", "class")]
    [TestCase("[RlmTools] public partial class T : B { [RlmTool(\"\")] public int One() => 1; } [RlmTools] public partial class B { protected class OneTool; [RlmTool(\"\")] public int Two() => 1; }", "one")]
    [TestCase("[RlmTools] public partial class T : B { [RlmTool(\"\")] public int One() => 1; } public class B { public int Tools => 1; }", "one")]
    [TestCase("[RlmTools] public partial record T { [RlmTool(\"\")] public int One() => 1; }", "one")]
    [TestCase("[RlmTools] public partial class T { private int arguments, owner; class OneTool; [RlmTool(\"\")] public int One(int result) => arguments + owner; }", "one")]
    [TestCase("[RlmTools] public partial class T<TItem> { [RlmTool(\"\")] public int One(int a) => 1; }", "one")]
    [TestCase("partial class Outer { partial struct Inner { [RlmTools] internal partial class T { [RlmTool(\"\")] public int One(int a) => 1; } } }", "one")]
    [TestCase("[RlmTools] public partial class T { [RlmTool(\"\"), Obsolete(\"x\")] public int One(params int[] a) => 1; }", "one")]
    [TestCase("[RlmTools] public partial class T { [RlmTool(\"\")] public int One() => 1; [RlmTool(\"\", Name = \"two\")] public int One(int a) => 1; }", "one")]
    [TestCase("[RlmTools] public partial class T { private record P(int X); [RlmTool(\"\")] internal static string One(string[] a) => \"\"; }", "one")]
    public void Generate_Form_CompilesWithoutWarnings(string source, string name)
    {
        var run = new GeneratorRun("#pragma warning disable CS0649, CS0169, CS0414, CS8981\n" + source);

        Assert.That(run.Diagnostics, Is.Empty);
        Assert.That(run.CompilerDiagnostics, Is.Empty, run.Output);
        Assert.That(run.Output, Does.Contain($"string Name => \"{name}\";"));
    }

    [TestCase("[RlmTool(\"\")] public T One<T>() => default!;", "RLM9005", "`One` has type parameters, so it cannot be a tool")]
    [TestCase("[RlmTool(\"\")] public int One(ref int a) => 1;", "RLM9005", "`One` takes a reference, so it cannot be a tool")]
    [TestCase("[RlmTool(\"\")] public ref int One() => throw null!;", "RLM9005", "`One` returns a reference, so it cannot be a tool")]
    [TestCase("[RlmTool(\"\")] protected int One() => 1;", "RLM9005", "`One` is not public or internal, so it cannot be a tool")]
    [TestCase("[RlmTool(\"\", Name = \"\")] public int One() => 1;", "RLM9006", "programs cannot call a tool ``: a name is a letter, then letters, digits and `_`; give another with `Name = \"…\"`")]
    [TestCase("[RlmTool(\"\")] public int Let() => 1;", "RLM9006", "programs cannot call a tool `let`: it is a word of the language; give another with `Name = \"…\"`")]
    [TestCase("[RlmTool(\"\")] public int Lower() => 1;", "RLM9006", "programs cannot call a tool `lower`: it is a function of the language; give another with `Name = \"…\"`")]
    [TestCase("[RlmTool(\"\")] public int Search() => 1;", "RLM9006", "programs cannot call a tool `search`: it is an operator of the language; give another with `Name = \"…\"`")]
    [TestCase("[RlmTool(\"\")] public int One(int llm) => 1;", "RLM9006", "programs cannot name the parameter `llm`: it is a word of the language")]
    public void Report_Form_SaysWhy(string method, string id, string message)
    {
        var run = new GeneratorRun($"[RlmTools] public partial class T {{ {method} }}");

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null))), Is.EqualTo(new[] { (id, message) }));
        Assert.That(run.Output, Does.Contain("Tools =>"), "the other tools are there");
    }

    [Test]
    public void Report_OuterTypeNotPartial_NamesIt()
    {
        var run = new GeneratorRun("public class Outer { [RlmTools] public partial class T { [RlmTool(\"\")] public int One() => 1; } }");

        Assert.That(run.Diagnostics.Select(run.TextAt), Is.EqualTo(new[] { "Outer" }));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Description_SeveralLines_IsOne()
    {
        var run = new GeneratorRun(
            "[RlmTools] public static partial class T { [RlmTool(\"Finds\\n  one \\\"x\\\".\")] public static int One() => 1; }");
        var tools = (IReadOnlyList<RlmTool>)run.Load().GetType("T")!.GetProperty("Tools")!.GetValue(null)!;

        Assert.That(tools.Select(tool => tool.Description), Is.EqualTo(new[] { "Finds one \"x\"." }));
    }
}
