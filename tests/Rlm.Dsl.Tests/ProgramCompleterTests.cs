namespace Rlm.Dsl.Tests;

/// <summary>What may stand at the place that <c>^</c> marks.</summary>
internal sealed class ProgramCompleterTests
{
    private const string Rows = "lines | extract \"{name} {amount}\" as {amount: number}";

    [TestCase("lines | extr^", "extract")]
    [TestCase("lines | map l^", "length")]
    [TestCase("context | gre^", "grep")]
    [TestCase("le^", "let")]
    [TestCase("let n = con^", "context")]
    [TestCase("answer con^", "context")]
    [TestCase($"{Rows} | where na^", "name")]
    [TestCase($"{Rows} | where amount > 3 and na^", "name")]
    [TestCase($"{Rows} | where (na^", "name")]
    [TestCase($"{Rows} | where it.na^", "name")]
    [TestCase($"{Rows}\n  | sort by am^", "amount")]
    [TestCase($"{Rows} | top 1 by amount | first\n{Rows} | extend twice = amount | select tw^", "twice")]
    [TestCase($"let rows = {Rows}\nrow^", "rows")]
    [TestCase($"let rows = {Rows}\nrows | where na^", "name")]
    [TestCase($"let best = {Rows} | first\nanswer best.na^", "name")]
    [TestCase($"{Rows} | map \"a {{na^\"", "name")]
    [TestCase("lines | sort b^", "by")]
    [TestCase("lines | where llm \"x\" p^", "pack")]
    [TestCase("lines | where contains(^", "context")]
    public void Complete_Place_HasTheWord(string program, string word)
    {
        Assert.That(At(program), Does.Contain(word));
    }

    [TestCase("lines | where it contains \"na^")]
    [TestCase("lines # na^")]
    [TestCase($"{Rows} | grep /na^me/")]
    [TestCase("lines | where it matches \"a # na^")]
    [TestCase($"{Rows} | where amount.na^")]
    public void Complete_PlaceWhereNoWordStands_HasNone(string program) => Assert.That(At(program), Is.Empty);

    [Test]
    public void Complete_StageWithoutALetter_HasEveryOperatorAndNoField()
    {
        var found = RlmLanguage.Complete("lines | ", 8, ["context"]);

        Assert.That(found.Where(one => one.Kind == RlmCompletionKind.Operator).Select(one => one.Text),
            Is.EquivalentTo(RlmLanguage.Operators.Select(one => one.Name)));
        Assert.That(found.Select(one => one.Kind), Has.None.EqualTo(RlmCompletionKind.Field));
        Assert.That(found.Select(one => one.Span).Distinct(), Is.EqualTo(new[] { new SourceSpan(8, 0) }));
    }

    [Test]
    public void Complete_Word_IsReplacedFromItsStartWhateverItsCase()
    {
        var found = RlmLanguage.Complete("lines | COUN tail", 12, ["context"]);

        Assert.That(found.Select(one => (one.Text, one.Span)), Does.Contain(("count", new SourceSpan(8, 4))));
    }

    /// <summary>Every place of every example of the catalogue: nothing throws, and what is found fits what is written.</summary>
    [Test]
    public void Complete_EveryPlaceOfTheExamples_GivesWordsThatGoOn()
    {
        foreach (string program in RlmLanguage.Operators.SelectMany(one => one.Examples).Select(example => example.Program))
        {
            for (int place = 0; place <= program.Length; place += 3)
            {
                foreach (var word in RlmLanguage.Complete(program, place, ["context"]))
                {
                    Assert.That(word.Span.End, Is.EqualTo(place));
                    Assert.That(word.Text, Does.StartWith(program.Substring(word.Span.Start, word.Span.Length)).IgnoreCase, program);
                }
            }
        }
    }

    [TestCase("lines |", true)]
    [TestCase("lines | # and then", true)]
    [TestCase("lines | map {", true)]
    [TestCase("let a = [1,\n2", true)]
    [TestCase("lines | where (a\n", true)]
    [TestCase("lines | count", false)]
    [TestCase("lines | where it contains \"|\"", false)]
    [TestCase("lines | where it matches /a|/", false)]
    [TestCase("lines | where it contains \"(", false)]
    [TestCase("lines |\ncount\nlines | count", false)]
    [TestCase("", false)]
    public void GoesOn_Program_IsWhetherItsEndIsOpen(string program, bool expected) =>
        Assert.That(RlmLanguage.GoesOn(program), Is.EqualTo(expected));

    [TestCase("lines", "| count", true)]
    [TestCase("lines", "  | count", true)]
    [TestCase("lines | where", "  it == 1", true)]
    [TestCase("lines |", "count", true)]
    [TestCase("lines", "count", false)]
    [TestCase("lines", "  let n = 1", false)]
    [TestCase("  lines", "  count", false)]
    [TestCase("lines;", "| count", false)]
    public void GoesOn_NextLine_IsWhetherItGoesOnThere(string program, string next, bool expected) =>
        Assert.That(RlmLanguage.GoesOn(program, next), Is.EqualTo(expected));

    [TestCase("answer lines | count", "lines | first", "lines | count\nlines | first\n")]
    [TestCase("let n = 1\nanswer n\nlines", "answer lines", "let n = 1\nn\nanswer lines\n")]
    [TestCase("lines # all", "answer lines", "lines # all\nanswer lines\n")]
    public void Join_Programs_IsOneThatShowsWhatTheyAnswer(string first, string second, string joined)
    {
        Assert.That(RlmLanguage.Join([first, second]), Is.EqualTo(joined));
        Assert.That(RlmProgram.Compile(joined).HasErrors, Is.False);
    }

    [TestCase("lines", true)]
    [TestCase("answer lines", true)]
    [TestCase("lines; let n = 1", false)]
    [TestCase("lines | cuont", false)]
    public void EndsInValue_Program_IsOfItsLastStatement(string program, bool expected) =>
        Assert.That(RlmProgram.Compile(program).EndsInValue, Is.EqualTo(expected));

    private static IEnumerable<string> At(string program)
    {
        int place = program.IndexOf('^');
        return RlmLanguage.Complete(program.Remove(place, 1), place, ["context"]).Select(one => one.Text);
    }
}
