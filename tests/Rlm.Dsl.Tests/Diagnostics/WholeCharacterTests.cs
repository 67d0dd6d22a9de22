namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>Messages and their places never cut a character of two UTF-16 units in two, wherever it stands in a program.</summary>
internal sealed class WholeCharacterTests
{
    private static readonly string[] Programs =
    [
        "grep /ERROR/ | chunk 50 lines | map llm \"Why?\\n{it}\" as one of [\"a\", \"b\"] | count",
        "let r = context | parse csv\nanswer r | where price > 1.5 and day >= \"2026-01-01\" | top 3 by n",
        "context | lines | extend k = length(it) * 2, m = it.name[0] | sort by k desc | to csv",
        "assert r | count == 2, \"no {r}\"\nlines | extract \"{a} {b:number}\" as {a: text}",
    ];

    [Test]
    public void Check_CharacterAnywhere_IsToldWhole([ValueSource(nameof(Programs))] string program)
    {
        for (int i = 0; i <= program.Length; i++)
        {
            string written = program.Insert(i, "😀");
            var compiled = ErrorCases.Compile(written);
            foreach (var diagnostic in compiled.Diagnostics)
            {
                Assert.That(HasHalf(diagnostic.Message + "\n" + diagnostic.Help), Is.False, $"{written}\n{diagnostic.Message}\n{diagnostic.Help}");
                Assert.That(HasHalf(compiled.Source.TextAt(diagnostic.Span)), Is.False, $"{written}\n{diagnostic.Message}\n{diagnostic.Span}");
            }
        }
    }

    private static bool HasHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                return true;
        }

        return false;
    }
}
