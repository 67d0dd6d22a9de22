using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Root;

/// <summary>What a root knows of a conversation's earlier questions: what was answered, and the lets that are kept.</summary>
/// <remarks>The history is shown newest first until <see cref="MostChars"/> are used, some 1,000 tokens, however long it is.</remarks>
internal sealed class RootMemory(VariableTable variables)
{
    private const int MostChars = 4_000;
    private const int MostQuestionChars = 300;
    private const int MostAnswerChars = 700;
    private const int MostKept = 40;

    private readonly List<RlmExchange> _exchanges = [];

    /// <summary>The variables, and the lets of all questions so far.</summary>
    public VariableTable Variables => variables;

    /// <summary>What was answered, the oldest first.</summary>
    public IReadOnlyList<RlmExchange> Exchanges
    {
        get
        {
            lock (_exchanges)
                return [.. _exchanges];
        }
    }

    public void Add(RlmExchange exchange)
    {
        lock (_exchanges)
            _exchanges.Add(exchange);
    }

    /// <summary>The earlier questions in short, as data; null where there are none.</summary>
    public string? TellEarlier()
    {
        var lines = new List<string>();
        int left = MostChars;
        var exchanges = Exchanges;
        for (int i = exchanges.Count - 1; i >= 0; i--)
        {
            string line = $"{i + 1}. {Shorten(exchanges[i].Question, MostQuestionChars)}\n   -> {Shorten(exchanges[i].Answer, MostAnswerChars)}";
            left -= line.Length;
            if (left < 0)
                break;
            lines.Add(line);
        }

        if (exchanges.Count > lines.Count)
            lines.Add($"… {Amount.Of(exchanges.Count - lines.Count, "earlier question")} left out");
        lines.Reverse();
        return exchanges.Count == 0 ? null : PromptMarkers.Frame(PromptMarkers.Earlier, string.Join('\n', lines));
    }

    /// <summary>The lets of earlier questions, which a program may use; null where there are none.</summary>
    public async Task<string?> TellKeptAsync(PaidSizes sizes, CancellationToken cancellationToken)
    {
        var kept = variables.Symbols.Where(symbol => symbol.Definition is not null && !variables.HasFailed(symbol)).ToList();
        if (kept.Count == 0)
            return null;

        var shown = await sizes.DescribeAsync([.. kept.TakeLast(MostKept)], variables, cancellationToken).ConfigureAwait(false);
        return $"Kept from earlier questions: {string.Join(", ", shown)}{(kept.Count > shown.Count ? $", and {Amount.Of(kept.Count - shown.Count, "older variable")}" : "")}.";
    }

    private static string Shorten(string text, int most) =>
        text.Length > most ? $"{text[..most].ReplaceLineEndings(" ")}…" : text.ReplaceLineEndings(" ");
}
