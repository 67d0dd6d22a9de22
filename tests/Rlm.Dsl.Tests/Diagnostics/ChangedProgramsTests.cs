using System.Text.RegularExpressions;

namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>The cases with tokens left out, put in, swapped and cut off: whatever a program is, it is told so and nothing throws.</summary>
internal sealed partial class ChangedProgramsTests
{
    private const int Programs = 20_000;

    [Test]
    public void Compile_ChangedCases_NeverThrows()
    {
        string[][] cases =
            [.. ErrorCases.All.Concat(CaseFile.Read("equivalents.txt")).Select(read => TokensOf(read.Body.Split(ErrorCases.Separator)[0]))];
        string[] tokens = [.. cases.SelectMany(tokens => tokens).Distinct()];
        var random = new Random(1);
        for (int i = 0; i < Programs; i++)
        {
            string text = Changed(cases[random.Next(cases.Length)], tokens, random);
            try
            {
                var program = RlmProgram.Compile(text);
                DiagnosticRenderer.Render(program.Diagnostics, program.Source);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{text}\n{exception}");
            }
        }
    }

    private static string Changed(string[] program, string[] tokens, Random random)
    {
        var changed = program.ToList();
        for (int changes = random.Next(1, 4); changes > 0 && changed.Count > 0; changes--)
        {
            int at = random.Next(changed.Count);
            string token = tokens[random.Next(tokens.Length)];
            switch (random.Next(5))
            {
                case 0:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                case 1:
                    changed.RemoveRange(0, at);
                    break;
                case 2:
                    changed.RemoveAt(at);
                    break;
                case 3:
                    changed.Insert(at, token);
                    break;
                default:
                    changed[at] = token;
                    break;
            }
        }

        return string.Concat(changed);
    }

    private static string[] TokensOf(string text) => [.. Token.Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\w+|\s+|[^\w\s]")]
    private static partial Regex Token { get; }
}
