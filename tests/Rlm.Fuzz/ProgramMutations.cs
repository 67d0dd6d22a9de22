using System.Diagnostics;
using System.Text.RegularExpressions;
using Rlm.Testing;

namespace Rlm.Fuzz;

/// <summary>
/// Programs made of the catalogue's examples by deleting, repeating, exchanging and splicing their tokens: each is compiled, and one
/// without errors is planned and run. None may throw what is not an answer, and none may take a second. One that parses is laid out:
/// its layout is its own layout and has as many comments. That of a right program is right, and spends and answers as it does.
/// </summary>
internal sealed partial class ProgramMutations
{
    private const int MaxMutations = 4;
    private const string Text = "2026-03-01 ERROR a,1\n2026-03-02 ok b,2.5\n\n{\"who\": \"x\", \"n\": 3}\n| a | b |\n|---|---|\n| 1 | 2 |\n";

    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(1);

    private readonly string[][] _seeds = [.. RlmLanguage.Operators.SelectMany(signature => signature.Examples).Select(example => example.Program)
        .Concat(RlmLanguage.Functions.SelectMany(function => function.Examples).Select(example => $"answer {example.Expression}"))
        .Select(program => Token().Matches(program).Select(match => match.Value).ToArray())];

    private long _ran;
    private long _laidOut;

    /// <summary>Runs so many programs and tells what went wrong; gives how many did.</summary>
    public int Run(long count, int seed)
    {
        int wrong = 0;
        long done = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var random = new Random(seed + worker);
            while (Interlocked.Increment(ref done) <= count)
            {
                string program = Mutate(random);
                // A machine may pause; what is slow is slow again.
                if (Try(program) is null || Try(program) is not { } fault)
                    continue;

                Interlocked.Increment(ref wrong);
                Console.WriteLine($"{fault}\n{program}\n");
            }
        });
        Console.WriteLine($"{count:N0} programs from seed {seed}, {_laidOut:N0} of them laid out, {_ran:N0} runs, in {clock.Elapsed.TotalSeconds:0} s: {wrong} went wrong");
        return wrong;
    }

    private string Mutate(Random random)
    {
        List<string> tokens = [.. Draw(random)];
        for (int left = random.Next(1, MaxMutations + 1); left > 0 && tokens.Count > 0; left--)
        {
            int at = random.Next(tokens.Count);
            string[] other = Draw(random);
            switch (random.Next(8))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    int to = random.Next(tokens.Count);
                    (tokens[at], tokens[to]) = (tokens[to], tokens[at]);
                    break;
                case 3:
                    tokens[at] = other[random.Next(other.Length)];
                    break;
                case 4:
                    tokens.Insert(at, other[random.Next(other.Length)]);
                    break;
                case 5:
                    // Pipelines meet at a bar, so that the outcome is often a program.
                    int bar = tokens.IndexOf("|", at), otherBar = Array.IndexOf(other, "|");
                    if (bar >= 0 && otherBar >= 0)
                        tokens = [.. tokens[..bar], .. other[otherBar..]];
                    break;
                case 6:
                    tokens.Insert(at, random.Next(3) switch { 0 => " # note\n  ", 1 => "\n  # note\n  ", _ => "\n" });
                    break;
                default:
                    tokens[at] = string.Concat(tokens[at].Select(c => random.Next(4) == 0 ? (char)random.Next(32, 127) : c));
                    break;
            }
        }

        return string.Concat(tokens);
    }

    private string[] Draw(Random random) => _seeds[random.Next(_seeds.Length)];

    /// <summary>What is wrong with the program's way; null for nothing.</summary>
    private string? Try(string text)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var source = TextSource.FromString(Text, "context");
            using var model = new ScriptedChatClient(call => call.LastText.Contains("[1]", StringComparison.Ordinal) ? "[1] yes\n[2] a\n[3] 3" : "yes");
            var session = new RlmSession(model, [RlmVariable.Text("context", source)]);
            var program = session.Compile(text);
            if (program.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Span.Start < 0 || diagnostic.Span.End > program.Source.Content.Length) is { } outside)
                return $"{outside.Descriptor.Id} points outside the program";
            string done = program.HasErrors ? "" : Run(session, program);
            if (RlmLanguage.Format(text) is { HasErrors: false, Text: var laidOut })
            {
                Interlocked.Increment(ref _laidOut);
                // What one session asked is free in it.
                var other = new RlmSession(model, [RlmVariable.Text("context", source)]);
                var formatted = other.Compile(laidOut);
                if (RlmLanguage.Format(laidOut).IsChanged)
                    return $"its layout has another layout:\n{laidOut}";
                if (Note().Count(laidOut) != Note().Count(text))
                    return $"its layout has other comments:\n{laidOut}";
                // Of a program with an error a fix may depend on where its lines end.
                bool isRight = !program.HasErrors && program.Source.Content == text;
                if (isRight && (formatted.HasErrors || formatted.Source.Content != laidOut))
                    return $"its layout has an error:\n{laidOut}";
                if (isRight && Run(other, formatted) is var again && again != done && !Clock().IsMatch(text))
                    return $"its layout gives {again} and not {done}:\n{laidOut}";
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception.ToString();
        }

        return clock.Elapsed > Slowest ? $"it took {clock.Elapsed.TotalSeconds:0.0} s" : null;
    }

    private string Run(RlmSession session, RlmProgram program)
    {
        Interlocked.Increment(ref _ran);
        var plan = session.PlanAsync(program).GetAwaiter().GetResult();
        var result = session.RunAsync(program).GetAwaiter().GetResult();
        return FormattableString.Invariant($"{plan.Calls} calls, {result.Outcome}, {result.Answer}");
    }

    [GeneratedRegex(@"\b(now|today|ago)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex("# note")]
    private static partial Regex Note();

    [GeneratedRegex("""\s+|"(?:\\.|[^"\\])*"|\w+|/(?:\\.|[^/\\\s])+/[isx]*|.""", RegexOptions.Singleline)]
    private static partial Regex Token();
}
