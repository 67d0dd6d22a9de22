using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>A model that is asked as a root and for sub-calls, told apart by what it is sent.</summary>
internal static partial class ChildScript
{
    /// <summary>What a call is: of a root its question, its turn from 1 and all that it was told; of a sub-call the prompt.</summary>
    internal sealed record Asked(string? Question, int Turn, string Text)
    {
        /// <summary>The lines of the card of its context.</summary>
        public string Card => string.Join('\n', CardLine.Matches(Text).Select(line => line.Groups["line"].Value));
    }

    /// <summary>Replies to roots with the program that <paramref name="write"/> gives, to sub-calls with <c>seen</c> and the data.</summary>
    public static ScriptedChatClient Model(Func<Asked, string> write, Func<Asked, string>? reply = null, ChatClientTraits? traits = null) => new(call =>
    {
        var asked = Read(call);
        return asked.Question is not null ? RootRun.Fenced(write(asked))
            : reply?.Invoke(asked) ?? $"seen {Data.Match(asked.Text).Groups["data"].Value}";
    })
    { Services = traits is null ? [] : [traits] };

    /// <summary>What a call asks.</summary>
    public static Asked Read(ScriptedCall call) => call.Messages[0].Text.StartsWith("You answer a question about data", StringComparison.Ordinal)
        ? new(Question.Match(call.Messages[1].Text).Groups["text"].Value.Trim(), 1 + call.Messages.Count(message => message.Role == ChatRole.Assistant), call.AllText)
        : new(null, 0, call.LastText);

    [GeneratedRegex(@"<question>\n(?<text>[\s\S]*?)\n</question>")]
    private static partial Regex Question { get; }

    [GeneratedRegex(@"^\| (?<line>.*)$", RegexOptions.Multiline)]
    private static partial Regex CardLine { get; }

    [GeneratedRegex(@"<data>\n(?<data>[\s\S]*?)\n</data>")]
    private static partial Regex Data { get; }
}
