namespace Rlm;

/// <summary>Writes the body of a partial method: it runs a program that the C# compiler has checked.</summary>
/// <remarks>
/// <para>
/// The method is partial without a body and returns <c>Task&lt;string&gt;</c>, the answer, or <c>Task&lt;RlmResult&gt;</c>. It takes an
/// <see cref="Microsoft.Extensions.AI.IChatClient"/> and what the program works on: each <see cref="TextSource"/> or <c>string</c>
/// parameter is a text of its name, each <c>IReadOnlyList&lt;TextSource&gt;</c> a list of documents, and each parameter of an
/// <see cref="RlmToolsAttribute"/> class adds its tools. <see cref="RlmOptions"/> and a <see cref="CancellationToken"/> may follow.
/// Or it takes an <see cref="RlmSession"/>, and nothing but a token with it: such a program is checked against a text <c>context</c>
/// now, and against the session's variables when it runs.
/// </para>
/// <para>
/// The program's diagnostics (RLM1xxx to RLM4xxx) are C# diagnostics at their place in the string literal; in a constant or a
/// concatenation they are at the whole expression. Errors of the method's form are RLM9001 and RLM9101 to RLM9104.
/// A method that returns the text throws <see cref="InvalidOperationException"/> where there is no answer, with the reasons. A
/// partial answer is returned: <c>Task&lt;RlmResult&gt;</c> tells the two apart. Regular expressions are compiled when the program
/// runs, not by <c>GeneratedRegex</c>.
/// </para>
/// </remarks>
/// <param name="program">The program.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RlmPipelineAttribute(string program) : Attribute
{
    /// <summary>The program.</summary>
    public string Program { get; } = program;
}
