using System.Diagnostics.CodeAnalysis;
using Rlm.Runtime.Texts.Prompts;

namespace Rlm;

/// <summary>
/// A prompt of the OOLONG benchmark taken apart: a header, the data, a closing recap, and the question. So the data becomes a variable
/// instead of a prompt.
/// </summary>
/// <remarks>
/// The data is lines of two fields or more, such as <c>Date: Jan 06, 2023 || User: 44106 || Instance: …</c>, or what stands between
/// <c>[START OF …]</c> and <c>[END OF …]</c> or between <c>&lt;context&gt;</c> and <c>&lt;/context&gt;</c>. The whole may be a chat: JSON
/// messages, or a text with the role markers of common models. What cannot be told apart is an error.
/// </remarks>
public sealed record OolongPrompt
{
    internal OolongPrompt()
    {
    }

    /// <summary>What stands before the data, the chat's system message first; empty where nothing does.</summary>
    public required string Header { get; init; }

    /// <summary>The data as a text of its own, from its first line to its last; a part of the source, which must not be disposed.</summary>
    public required TextSource Context { get; init; }

    /// <summary>What repeats the header behind the data; empty where nothing does.</summary>
    public required string Recap { get; init; }

    /// <summary>The question, with what it says of the form of the answer.</summary>
    public required string Question { get; init; }

    /// <summary>The labels that header or recap list in quotes, in their order; empty where they list none.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How many lines of fields the data has; 0 where it is of another form, between marks.</summary>
    public required long Rows { get; init; }

    /// <summary>How many lines of the data have no fields, such as those that a field goes on in; blank ones are left out.</summary>
    public required long OtherLines { get; init; }

    /// <summary>Takes a prompt apart.</summary>
    /// <exception cref="FormatException">It cannot be told what is data, or what is the question; the message says why.</exception>
    public static OolongPrompt Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(TextSource.FromString(text, "prompt"));
    }

    /// <summary>Takes a prompt of any size apart; its data is neither copied nor decoded, unless it is in a chat.</summary>
    /// <exception cref="FormatException">It cannot be told what is data, or what is the question; the message says why.</exception>
    public static OolongPrompt Parse(TextSource text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PromptParts.Read(ChatTranscript.Read(text) ?? text);
    }

    /// <summary>Takes a prompt apart where that can be done.</summary>
    /// <param name="text">The prompt.</param>
    /// <param name="prompt">Its parts; null where it cannot be told apart.</param>
    /// <param name="problem">Why not, in one line; null where it can.</param>
    public static bool TryParse(TextSource text, [NotNullWhen(true)] out OolongPrompt? prompt, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (prompt, problem) = (Parse(text), null);
            return true;
        }
        catch (FormatException exception)
        {
            (prompt, problem) = (null, exception.Message);
            return false;
        }
    }
}
