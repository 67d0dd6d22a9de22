namespace Rlm.Dsl.Tests;

/// <summary>What the word is in which <c>^</c> stands.</summary>
internal sealed class ProgramDescriberTests
{
    private const string Rows = "lines | extract \"{name} {amount}\" as {amount: number}";

    [TestCase("lines | co^unt", "Operator count")]
    [TestCase("^lines | count", "Operator lines")]
    [TestCase("lines | count^", "Operator count")]
    [TestCase("lines | take^ 3", "Operator first")]
    [TestCase("lines | map^ llm \"Why?\"", "Operator map llm")]
    [TestCase("lines | map^ upper(it)", "Operator map")]
    [TestCase("lines | map^ llm", "Operator map llm")]
    [TestCase("lines | (((\nlines | wh^ere llm \"x", "Operator where llm")]
    [TestCase("let n = gr^ep /a/ | count", "Operator grep")]
    [TestCase("lines | map upp^er(it)", "Function upper")]
    [TestCase("lines | map to_u^pper(it)", "Function upper")]
    [TestCase("lines | up^per", "Function upper")]
    [TestCase("cont^ext | lines", "Variable context: text")]
    [TestCase($"let rows = {Rows}\nro^ws | count", "Variable rows: list of {name: text, amount: number?}")]
    [TestCase("let ro^ws = lines | count", "Variable rows: number")]
    [TestCase("let first = lines | first 2\nfi^rst | count", "Variable first: list of text")]
    [TestCase("let first = lines | first 2\nfi^rst 3", "Operator first")]
    [TestCase($"{Rows} | where amo^unt > 3", "Field amount: number?")]
    [TestCase($"{Rows} | where (amo^unt > 3)", "Field amount: number?")]
    [TestCase($"{Rows} | map \"{{amo^unt}}\"", "Field amount: number?")]
    [TestCase($"{Rows} | where it.amo^unt > 3", "Field amount: number?")]
    [TestCase($"let best = {Rows} | first\nanswer best.na^me", "Field name: text")]
    [TestCase($"{Rows} | extend twice = amount * 2 | where twi^ce > 3", "Field twice: number?")]
    [TestCase($"{Rows} | extend twi^ce = amount * 2 | count", "Field twice: number?")]
    [TestCase($"{Rows} | extend twi^ce = amount * 2", "Field twice: number?")]
    [TestCase($"{Rows} | count by co^unt = name", "Field count: text")]
    [TestCase($"{Rows} | select `na^me`", "Field name: text")]
    [TestCase("lines | where i^t contains \"a\"", "Word it: text")]
    [TestCase("lines | sort b^y it desc", "Word by")]
    [TestCase("lines | where it con^tains \"a\"", "Word contains")]
    [TestCase("an^swer 1", "Word answer")]
    public void DescribeWord_Place_IsWhatItMeans(string program, string expected) => Assert.That(At(program), Is.EqualTo(expected));

    [TestCase("lines | where it contains \"co^unt\"")]
    [TestCase("lines | grep /co^unt/")]
    [TestCase("lines | grep /a|co^unt/")]
    [TestCase("lines # co^unt")]
    [TestCase("lines | where nobody^ > 3")]
    [TestCase($"{Rows} | where amount.na^me > 3")]
    [TestCase("lines |^ count")]
    [TestCase("lines | first 1^2")]
    [TestCase("^")]
    public void DescribeWord_PlaceWithoutAWord_IsNull(string program) => Assert.That(At(program), Is.Null);

    [Test]
    public void DescribeWord_Span_IsTheWholeWord() =>
        Assert.That(RlmLanguage.DescribeWord("lines | count", 9, ["context"])?.Span, Is.EqualTo(new SourceSpan(8, 5)));

    /// <summary>Every place of every example of the catalogue: each operator that stands there is told by its name.</summary>
    [Test]
    public void DescribeWord_HeadsOfTheExamples_AreTheirOperators()
    {
        int told = 0;
        foreach (var signature in RlmLanguage.Operators)
        {
            foreach (string program in signature.Examples.Select(example => example.Program))
            {
                var words = Enumerable.Range(0, program.Length + 1).Select(place => RlmLanguage.DescribeWord(program, place, ["context"])).ToList();
                told += words.Any(word => word is { Kind: RlmCompletionKind.Operator } && word.Name == signature.Name) ? 1 : 0;
                Assert.That(words.Where(word => word is not null).All(word => program.Substring(word!.Span.Start, word.Span.Length).Length > 0));
            }
        }

        Assert.That(told, Is.EqualTo(RlmLanguage.Operators.Sum(one => one.Examples.Count)));
    }

    [Test]
    public void DescribeWord_TextLongerThanAProgram_IsNull() =>
        Assert.That(RlmLanguage.DescribeWord("lines" + new string(' ', 200_000), 2, ["context"]), Is.Null);

    [Test]
    public void DescribeWord_PlaceOutside_IsRefused() =>
        Assert.That(() => RlmLanguage.DescribeWord("lines", 6, ["context"]), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static string? At(string program)
    {
        int place = program.IndexOf('^');
        return RlmLanguage.DescribeWord(program.Remove(place, 1), place, ["context"]) is { } word
            ? $"{word.Kind} {word.Name}{(word.Type is null ? "" : $": {word.Type}")}" : null;
    }
}
