namespace Rlm.Files.Mail;

/// <summary>What was said, by its words, so that what says the same is known however it is laid out.</summary>
internal sealed class SaidWords
{
    private string _words;

    public SaidWords(string text) => _words = WordsOf(text);

    /// <summary>Adds a text; false where all of it was said.</summary>
    public bool Add(string text)
    {
        string words = WordsOf(text);
        if (_words.Contains(words, StringComparison.OrdinalIgnoreCase))
            return false;

        _words += words;
        return true;
    }

    // With a blank on both sides, so that no word is found in a longer one.
    private static string WordsOf(string text) =>
        $" {string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetterOrDigit)))} ";
}
