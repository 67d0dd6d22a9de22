namespace Rlm.Dsl.Misreadings;

/// <summary>What stands behind a call's prompt.</summary>
/// <param name="Word">The option's first word or sign, in lower case.</param>
/// <param name="Behind">The line behind it.</param>
internal sealed record CallOption(string Word, string Behind)
{
    /// <summary>The number that the option is given, or the one that stands in examples.</summary>
    public string Amount => Excerpt.NumberIn(Behind) ?? "50";

    public static CallOption? At(FailurePlace place) =>
        place.IsAtEnd || place.Text.IndexOfAny(['"', '\''], place.PromptStart, place.Position - place.PromptStart) < 0
            ? null
            : new(place.Word.ToLowerInvariant(), place.Behind);

    /// <summary>What stands for a failed item.</summary>
    public static string FallbackIn(string text)
    {
        string value = text.Replace("error", "").Replace("failure", "").Replace("fails", "").TrimStart(' ', ':', '=').Split(' ', '|', ',')[0];
        return value switch
        {
            "skip" or "fail" or "none" => value,
            "null" => "none",
            ['"', .., '"'] => value,
            [not '"', ..] when value.All(char.IsDigit) => value,
            _ => "skip",
        };
    }

    public static string ModelIn(string text)
    {
        string name = text.Split('|')[0].Replace("using", "").Replace("with model", "").Replace("model", "").TrimStart(' ', ':', '=').Split(' ', ',')[0].Trim('"', '\'');
        return name.Length > 0 ? name : "NAME";
    }

    /// <summary>An option and its value in signs; null where they are not.</summary>
    public static string? OptionIn(string text)
    {
        string[] words = text.Split('|')[0].Trim('(', ')', '{', '}', '-', ' ').Split([' ', '=', ':'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["pack" or "votes" or "as", _] ? $"{words[0]} {words[1].TrimEnd(',')}" : null;
    }
}
