using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm;

/// <summary>
/// Prices by model name: a line is <c>MODEL INPUT/OUTPUT [cached USD] [written USD] [over TOKENS INPUT/OUTPUT [cached USD] [written
/// USD]]</c>, US dollars for a million tokens; <c>cached</c> and <c>written</c> for what the provider's cache had and took, <c>over</c> for
/// a call whose prompt has more tokens; <c>#</c> opens a comment.
/// </summary>
public static partial class PriceTable
{
    private const string Form = "MODEL INPUT/OUTPUT [cached USD] [written USD] [over TOKENS INPUT/OUTPUT [cached USD] [written USD]]";
    private const decimal MaxUsd = 100_000;

    /// <summary>
    /// List prices of what is reached by another provider's protocol; of standard calls, like those of
    /// <see cref="ModelProvider.Prices"/>, looked up on 26 November 2026 in what the comments name: pages of the makers, stored
    /// between September and November, and the catalogue of models that can1357/oh-my-pi packs as @oh-my-pi/pi-catalog 18.2.11, of
    /// 23 September 2026. They may have changed, and a user's file goes before them.
    /// </summary>
    private const string Others =
        """
        # ai.google.dev/gemini-api/docs/pricing, as api-evangelist/deepmind plans/deepmind-plans-pricing.yml has it of 7 October 2026; cached: the catalogue.
        # gemini-3.8-flash: until the end of 2026, then 1.5/7.5
        gemini-3.8-flash 0.75/3.75 cached 0.075
        gemini-3.5-flash 1.5/9 cached 0.15
        gemini-3.5-flash-lite 0.3/2.5 cached 0.03
        gemini-3.1-pro-preview 2/12 cached 0.2 over 200000 4/18 cached 0.4
        gemini-3.1-flash-lite 0.25/1.5 cached 0.025
        gemini-2.5-pro 1.25/10 cached 0.125 over 200000 2.5/15 cached 0.25
        gemini-2.5-flash 0.3/2.5 cached 0.03
        gemini-2.5-flash-lite 0.1/0.4 cached 0.01
        # docs.x.ai/developers/pricing, as anomalyco/models.dev providers/xai/models has it; 4.3: the catalogue. Dearer from 200,000 tokens on
        grok-4.7 2/6 cached 0.5 over 199999 4/12 cached 1
        grok-4.6 2/6 cached 0.5 over 199999 4/12 cached 1
        grok-4.5 2/6 cached 0.5 over 199999 4/12 cached 1
        grok-4.3 1.25/2.5 cached 0.2 over 199999 2.5/5 cached 0.4
        # api-docs.deepseek.com/quick_start/pricing, as BerriAI/litellm#37255 and anomalyco/models.dev#6722 have it of 10 September 2026: those of peak hours, half at
        # others; v4-pro is charged as flash until its successor is there
        deepseek-flash 0.3/1.2 cached 0.006
        deepseek-v4-flash 0.3/1.2 cached 0.006
        deepseek-v4-pro 1.32/3.96 cached 0.044
        # the catalogue; cached: docs.mistral.ai, prompt caching
        mistral-large-latest 0.5/1.5 cached 0.05
        mistral-medium-latest 1.5/7.5 cached 0.15
        mistral-small-latest 0.15/0.6 cached 0.015
        # the catalogue
        kimi-k3 3/15 cached 0.3
        kimi-k2.6 0.95/4 cached 0.16
        glm-5.3 1.4/4.4 cached 0.26
        glm-5.3-flash 0.15/0.5 cached 0.03
        # runs in this process
        offline 0/0
        """;

    /// <summary>
    /// The list prices that are known, for <see cref="RlmOptions.Prices"/>; those of a file go before them. Names are compared without
    /// case.
    /// </summary>
    /// <param name="path">The file, whose lines are those of the table; null for none.</param>
    /// <exception cref="IOException">The file cannot be read or a line of it is none.</exception>
    public static IReadOnlyDictionary<string, TokenPrice> Read(string? path)
    {
        var prices = new Dictionary<string, TokenPrice>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in ModelProvider.All)
            Add(prices, provider.Prices.Split('\n'), "");
        Add(prices, Others.Split('\n'), "");
        if (path is not null)
            Add(prices, LinesOf(path), path);
        return prices;
    }

    private static string[] LinesOf(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"the prices {path} cannot be read: {exception.Message.TrimEnd('.')}; check the path and what the file holds", exception);
        }
    }

    private static void Add(Dictionary<string, TokenPrice> prices, IEnumerable<string> lines, string path)
    {
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string text = line.Split('#')[0].Trim();
            if (text.Length == 0)
                continue;

            string[] parts = LongPrompts.Split(text, 2);
            if (Read(parts[0], out string model) is not { } price || !TryAddLongPrompt(parts, ref price))
                throw new IOException(
                    $"the prices {path}, line {number}: `{text}` is not of the form {Form}, US dollars for a million tokens, such as gpt-6-luna 0.1/0.5 cached 0.01");

            prices[model] = price;
        }
    }

    /// <summary>What stands behind <c>over</c> is of the form of a line, with a number of tokens for the model.</summary>
    private static bool TryAddLongPrompt(string[] parts, ref TokenPrice price)
    {
        if (parts.Length == 1)
            return true;
        if (Read(parts[1], out string name) is not { } dearer
            || !long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long tokens))
            return false;

        price = price with { LongPrompt = dearer, LongPromptTokens = tokens };
        return true;
    }

    private static TokenPrice? Read(string text, out string name)
    {
        name = "";
        var cache = CachePrices.Match(text);
        if (text[..(cache.Success ? cache.Index : text.Length)].Split(
            (char[])[' ', '\t', '/'],
            StringSplitOptions.RemoveEmptyEntries) is not [.. var words, var input, var output] || words.Length == 0
            || !TryRead(input, out decimal inputUsd) || !TryRead(output, out decimal outputUsd)
            || !TryRead(cache.Groups["cached"], out decimal? cachedUsd) || !TryRead(cache.Groups["written"], out decimal? writtenUsd))
        {
            return null;
        }

        name = string.Join('/', words);
        return new(inputUsd, outputUsd) { CachedInputUsd = cachedUsd, CacheWriteUsd = writtenUsd };
    }

    private static bool TryRead(Group text, out decimal? usd)
    {
        bool isRead = TryRead(text.Value, out decimal read);
        usd = text.Success ? read : null;
        return isRead || !text.Success;
    }

    private static bool TryRead(string text, out decimal usd) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out usd) && usd <= MaxUsd;

    [GeneratedRegex(@"(?:\s+cached\s+(?<cached>[^\s/]+))?(?:\s+written\s+(?<written>[^\s/]+))?$")]
    private static partial Regex CachePrices { get; }

    [GeneratedRegex(@"\s+over\s+")]
    private static partial Regex LongPrompts { get; }
}
