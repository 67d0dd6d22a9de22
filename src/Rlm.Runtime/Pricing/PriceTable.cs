using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Pricing;

/// <summary>Prices by model name: a line is <c>MODEL INPUT/OUTPUT [cached USD] [written USD]</c>, US dollars for a million tokens, the last two for what the provider's cache had and took; <c>#</c> opens a comment.</summary>
internal static partial class PriceTable
{
    private const decimal MaxUsd = 100_000;

    /// <summary>
    /// List prices of 2025, of the makers' pages named here, written down without a second look at them. They may have changed, and a
    /// user's file goes before them. What a cache had costs a tenth to a half of other input; what Anthropic writes to its own, a quarter more.
    /// </summary>
    private const string Known =
        """
        # openai.com/api/pricing, 2025-08
        gpt-5 1.25/10 cached 0.125
        gpt-5-mini 0.25/2 cached 0.025
        gpt-5-nano 0.05/0.4 cached 0.005
        gpt-4.1 2/8 cached 0.5
        gpt-4.1-mini 0.4/1.6 cached 0.1
        gpt-4.1-nano 0.1/0.4 cached 0.025
        gpt-4o 2.5/10 cached 1.25
        gpt-4o-mini 0.15/0.6 cached 0.075
        # claude.com/pricing, 2025-10; written for five minutes
        claude-opus-4-1 15/75 cached 1.5 written 18.75
        claude-sonnet-4-5 3/15 cached 0.3 written 3.75
        claude-haiku-4-5 1/5 cached 0.1 written 1.25
        # runs in this process
        offline 0/0
        """;

    /// <summary>The known prices, those of a file before them.</summary>
    /// <exception cref="IOException">The file cannot be read or a line of it is none.</exception>
    public static IReadOnlyDictionary<string, TokenPrice> Read(string? path)
    {
        var prices = new Dictionary<string, TokenPrice>(StringComparer.OrdinalIgnoreCase);
        Add(prices, Known.Split('\n'), "");
        if (path is not null)
            Add(prices, File.ReadLines(path), path);
        return prices;
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

            var cache = CachePrices().Match(text);
            if (text[..(cache.Success ? cache.Index : text.Length)].Split((char[])[' ', '\t', '/'], StringSplitOptions.RemoveEmptyEntries) is not [.. var name, var input, var output] || name.Length == 0
                || !TryRead(input, out decimal inputUsd) || !TryRead(output, out decimal outputUsd)
                || !TryRead(cache.Groups["cached"], out decimal? cachedUsd) || !TryRead(cache.Groups["written"], out decimal? writtenUsd))
            {
                throw new IOException($"the prices {path}, line {number}: `{text}` is no MODEL INPUT/OUTPUT [cached USD] [written USD], US dollars for a million tokens, such as gpt-5-mini 0.25/2 cached 0.025");
            }

            prices[string.Join('/', name)] = new(inputUsd, outputUsd) { CachedInputUsd = cachedUsd, CacheWriteUsd = writtenUsd };
        }
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
    private static partial Regex CachePrices();
}
