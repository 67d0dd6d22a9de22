using System.Diagnostics.CodeAnalysis;

namespace Rlm;

/// <summary>Writes the body of a partial method: it runs a program that the C# compiler has checked.</summary>
/// <remarks>
/// <para>
/// The method is partial without a body and returns <c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c>. <c>T</c> is the answer: a text, a
/// number, a bool, a date, a duration, an enum, a list, a dictionary, a tuple, or a type that is made of its public properties. Or it is
/// <see cref="RlmResult"/>, or <see cref="RlmResult{T}"/> of one of these.
/// </para>
/// <para>
/// It takes an <see cref="Microsoft.Extensions.AI.IChatClient"/>; one that is not static may use the one field or property of that type
/// that its class has. Other parameters are what the program works on, each a variable of its name: a <see cref="TextSource"/> or
/// <c>string</c> is a text, <c>IReadOnlyList&lt;TextSource&gt;</c> a list of documents, and values are of all the types that an answer
/// may have. A parameter of an <see cref="RlmToolsAttribute"/> class adds its tools. <see cref="RlmOptions"/> and a
/// <see cref="CancellationToken"/> may follow. Or it takes an <see cref="RlmSession"/>, and nothing but a token with it: such a program is
/// checked against what <see cref="Texts"/>, <see cref="Documents"/> and <see cref="Tools"/> say of the session, and against the session
/// itself when it runs.
/// </para>
/// <para>
/// The program's diagnostics (RLM1xxx to RLM4xxx) are C# diagnostics at their place in the string literal or in the file; in a constant
/// or a concatenation they are at the whole expression. Errors of the method's form are RLM9001 and RLM9101 to RLM9107.
/// A method that gives the answer alone throws <see cref="InvalidOperationException"/> where there is none, with the reasons. A partial
/// answer is returned: <see cref="RlmResult"/> tells the two apart. Regular expressions are compiled when the program runs, not by
/// <c>GeneratedRegex</c>.
/// </para>
/// </remarks>
/// <param name="program">The program. Null where <see cref="File"/> has it.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RlmPipelineAttribute(string? program = null) : Attribute
{
    /// <summary>The program; null where <see cref="File"/> has it.</summary>
    public string? Program { get; } = program;

    /// <summary>
    /// The file that has the program, one of the project's <c>AdditionalFiles</c> with the extension <c>.rlm</c>: by its path from the C#
    /// file, or by the end of its path. Null, the default, where the attribute has the program.
    /// </summary>
    public string? File { get; set; }

    /// <summary>The names of the texts that the session has. Default <c>context</c> alone, and none where it has documents.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "An attribute takes nothing else.")]
    public string[] Texts { get; set; } = ["context"];

    /// <summary>The names of the lists of documents that the session has. Default none.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "An attribute takes nothing else.")]
    public string[] Documents { get; set; } = [];

    /// <summary>The <see cref="RlmToolsAttribute"/> classes whose tools the session has. Default none.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "An attribute takes nothing else.")]
    public Type[] Tools { get; set; } = [];
}
