using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Tests.Diagnostics;
using Rlm.Dsl.Tests.Syntax;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Tests.Operators;

/// <summary>A column may have any name, also that of a word of the language: it is read by it, or the diagnostic's fix reads it.</summary>
internal sealed partial class ColumnNamesTests
{
    private static readonly string[] Forms =
    [
        "map it.§", "map \"{it.§}\"", "map \"{§}\"", "map \"a {§} b\"", "map upper(§)", "map [§, a]", "map if § == \"1\" then § else a",
        "where a == §", "where not (§ == \"1\")", "where a == \"1\" and § == \"2\"",
        "select a, §", "select §, a", "select made = §", "extend made = §, more = made", "sort by a, §", "sort by §", "count by a, §",
        "count by §, a", "group by §", "distinct by a, §", "join rows on §, a", "aggregate made = max(§) by §",
        "get § | count", "map § | count by it", "where § contains \"1\"", "where § in [\"1\"]", "where § is none", "where § + 1 > 2",
        "top 3 by § per a",
    ];

    private static IEnumerable<string> Words => OperatorForms.Keywords.Concat(Names.Reserved)
        .Where(word => Names.Word(word, 0) == word.Length).Distinct().Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Words))]
    public void Compile_ColumnNamedByAWordOfTheLanguage_ReadsItOrIsMended(string word)
    {
        var wrong = new List<string>();
        int read = 0;
        foreach (string form in Forms.Concat(OperatorCatalog.All.SelectMany(signature => new[] { true, false }
            .SelectMany(isCondition => CatalogStages.Of(signature, slot => CatalogStages.Fill(slot, "§", isCondition)))))
            .Distinct()
            .Where(form => form.Contains('§') && !IsAnotherForm(form.Replace("§", word, StringComparison.Ordinal))))
        {
            string Program(string column) =>
                $"let rows = context | extract /(?<a>p)(?<{word}>p)/\nrows | {form.Replace("§", column, StringComparison.Ordinal)}";
            var quoted = ErrorCases.Compile(Program($"`{word}`"));
            if (quoted.HasErrors)
                continue;

            read++;
            var bare = ErrorCases.Compile(Program(word));
            string meant = SyntaxDump.Of(quoted.Syntax);
            string mended = Program(word);
            for (int i = 0; i < 8 && bare.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Fix is not null) is { Fix: { } fix }; i++)
            {
                mended = fix.Apply(mended);
                bare = ErrorCases.Compile(mended);
            }

            if (bare.HasErrors || SyntaxDump.Of(bare.Syntax) != meant)
                wrong.Add(
                    $"{Program(word)[(Program(word).IndexOf('\n') + 1)..]}  ->  {mended[(mended.IndexOf('\n') + 1)..]}  {(bare.Diagnostics is [var first, ..] ? first.Message : "means something else")}");
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(read, Is.GreaterThan(60));
    }

    // These are forms of the language as they stand: a call without its prompt, a fold whose keys are missing, the opposite of a field.
    private static bool IsAnotherForm(string form) => AnotherForm.IsMatch(form);

    [GeneratedRegex(@"^(map|where|reduce) (llm|rlm)\b(?! "")|^extend made = (llm|rlm)\b(?! "")|^\w+( 1)? by($| by)|^group similar by\b|\bnot desc$|\bnone is none$")]
    private static partial Regex AnotherForm { get; }
}
