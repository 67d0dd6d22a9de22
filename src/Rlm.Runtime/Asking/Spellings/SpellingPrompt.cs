using Rlm.Dsl.Types;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Spellings;

/// <summary>
/// The question which of some names are of one thing. The model replies with numbers alone, so that it can make up no name.
/// </summary>
/// <param name="hint">What the names are of, as the program says it; null where it does not.</param>
internal sealed class SpellingPrompt(string? hint)
{
    /// <summary>What every question begins with.</summary>
    public const string Question =
        "Some of the names below are other spellings, short forms or titles of one and the same thing. Find those.";

    private const int RowTokens = 4;

    /// <summary>Groups of numbers.</summary>
    public static RlmType Reply { get; } = RlmType.ListOf(RlmType.ListOf(RlmType.Number));

    /// <summary>The question.</summary>
    public string Instruction { get; } = string.IsNullOrWhiteSpace(hint) ? Question : $"{Question}\nThe names are of: {hint.Trim()}";

    /// <summary>What it takes of a call's room.</summary>
    public long Tokens => TokenEstimate.OfText(Instruction);

    /// <summary>The tokens of a name with its number.</summary>
    public static long TokensOf(string name) => TokenEstimate.OfText(name) + RowTokens;

    /// <summary>The question about some names.</summary>
    public AskItem Of(IReadOnlyList<string> names) =>
        new(Instruction, string.Join('\n', names.Select(static (name, place) => AskItems.WriteNumbered(place + 1, name))), null)
        {
            Mark = PromptMarkers.Names,
            Check = new GroupCheck(names.Count),
        };

    /// <summary>The numbers of each group in a reply that was read.</summary>
    public static IEnumerable<int[]> GroupsOf(Value reply) =>
        ((ListValue)reply).Items.Cast<ListValue>().Select(static group => group.Items.Select(static number => (int)NumberOf(number)).ToArray());

    private static decimal NumberOf(Value value) => ((NumberValue)value).Number.InDecimal;

    /// <summary>Takes groups of which no two have a number in common, with numbers that the prompt has.</summary>
    private sealed class GroupCheck(int names) : IReplyCheck
    {
        public string Guide =>
            "For each thing with several names, reply with one array of the numbers of all of them, as in [[1, 4], [2, 3, 6]]. "
            + "Leave out a name that stands alone. No number stands twice. "
            + "Names that are alike and of different things stay apart, and so do names of which it is not sure.";

        public ReplyReading Read(ReplyReading reading)
        {
            if (reading.Value is not ListValue groups)
                return reading;

            var taken = new HashSet<int>();
            var read = new List<int[]>();
            foreach (var group in groups.Items)
            {
                var numbers = new SortedSet<int>();
                foreach (var item in ((ListValue)group).Items)
                {
                    decimal number = NumberOf(item);
                    if (number != decimal.Truncate(number) || number < 1 || number > names)
                        return ReplyReading.MakeWrong(Invariant($"{number} is not the number of a name; they go from 1 to {names}"));
                    numbers.Add((int)number);
                }

                if (numbers.FirstOrDefault(taken.Contains) is > 0 and var twice)
                    return ReplyReading.MakeWrong($"{twice} stands in two groups; put all names of one thing into one");
                taken.UnionWith(numbers);
                if (numbers.Count > 1)
                    read.Add([.. numbers]);
            }

            // In one order, so that votes for the same groups are equal.
            return ReplyReading.Of(ListValue.Of([.. read.OrderBy(static group => group[0])
                .Select(static group => ListValue.Of([.. group.Select(static number => new NumberValue(number))]))]));
        }
    }
}
