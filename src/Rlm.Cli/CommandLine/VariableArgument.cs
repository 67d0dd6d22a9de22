namespace Rlm.Cli.CommandLine;

/// <summary>A variable that is given as text.</summary>
internal sealed record VariableArgument(string Name, string Value)
{
    /// <summary>Whether programs can call a variable so.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c == '_');
}
