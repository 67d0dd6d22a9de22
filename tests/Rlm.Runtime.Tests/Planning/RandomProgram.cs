using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;

namespace Rlm.Runtime.Tests.Planning;

/// <summary>Programs of a few free and paid stages of the catalogue, in any order that type-checks.</summary>
/// <param name="seed">The number of the program.</param>
/// <param name="check">Checks a program.</param>
internal sealed class RandomProgram(int seed, Func<string, RlmProgram> check)
{
    /// <summary>How often another stage is tried where one does not fit what comes in.</summary>
    private const int Tries = 10;

    private static readonly Regex Growing = new(@"\b(?:pairs|words|split|flatten|join \w+ on|find_all|range|repeat|sentences)\b", RegexOptions.CultureInvariant);

    private static readonly ConcurrentDictionary<int, string> Written = [];

    private readonly Random _random = new(seed);
    private readonly List<string> _lines = [];

    /// <summary>The program of a number over a text named <c>context</c>: many tests take the same ones, and to write one takes longer than to run it.</summary>
    public static string Of(int seed) => Written.GetOrAdd(seed, static seed =>
    {
        var session = ProgramRun.Session(ProgramRun.Items(5), new ScriptedChatClient());
        return new RandomProgram(seed, text => session.Compile(text)).Write();
    });

    public string Write()
    {
        Add("let top = ", "context", 2, " | first");
        string[] sources = ["context", "context | lines", "context | lines", "context | lines | distinct"];
        for (int i = 1 + _random.Next(2); i > 0; i--)
        {
            Add($"let v{i} = ", Pick(sources), 4);
            sources = [.. sources, $"v{i}", $"v{i}"];
        }

        sources = [.. sources, "top"];
        if (_random.Next(4) == 0)
            Add("assert (", Pick(sources), 1, " | count) > 0");
        for (int i = _random.Next(3); i > 0; i--)
            Add("", Pick(sources), 4);
        Add("answer ", Pick(sources), 5);
        return string.Join('\n', _lines);
    }

    /// <summary>Adds a statement whose stages fit what comes in, as far as that is checked.</summary>
    private void Add(string head, string source, int most, string end = "")
    {
        var stages = new RandomStage(_random, seed);
        string pipeline = source;
        for (int i = _random.Next(most + 1) + 1; i > 0; i--)
        {
            var input = TypeOf(pipeline);
            pipeline = Enumerable.Range(0, Tries).Select(_ => $"{pipeline} | {stages.Write(input)}").FirstOrDefault(longer => IsGood(head + longer + end))
                ?? pipeline;
        }

        if (IsGood(head + pipeline + end))
            _lines.Add(head + pipeline + end);
    }

    /// <summary>The type of what a pipeline gives behind the statements so far.</summary>
    private RlmType TypeOf(string pipeline) =>
        check(string.Join('\n', _lines.Append(pipeline))).Bound?.Statements.OfType<BoundShow>().LastOrDefault()?.Value.Type ?? RlmType.Unknown;

    // Pairs of many items, and pairs of pairs, are more than a test has time for.
    private bool IsGood(string line) => string.Join('\n', _lines.Append(line)) is var program
        && (Growing.Count(program) < 2 || !program.Contains("pairs", StringComparison.Ordinal)) && !check(program).HasErrors;

    private string Pick(string[] words) => words[_random.Next(words.Length)];
}
