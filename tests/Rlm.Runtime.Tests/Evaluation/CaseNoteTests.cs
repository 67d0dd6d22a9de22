namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>A condition that finds nothing, or leaves nothing out, for case or blanks alone says so.</summary>
internal sealed class CaseNoteTests
{
    private const string Table = "k,binary\na,PASS\nb,PASS \nc,FAIL\n";

    private const string Fail = "no `binary` is `fail`, and 1 is but for case, as `FAIL`; write `lower(binary) == \"fail\"`";

    private const string Pass = "no `binary` is `pass`, and 2 are but for case and blanks, as `PASS`; write `lower(trim(binary)) == \"pass\"`";

    private const string Other = "comparison: no `binary` is `fail`, and others are but for case, as `FAIL`; write `lower(binary) == \"fail\"`";

    [TestCase("where binary == \"pass\" | count", "0", $"where: {Pass}")]
    [TestCase("where \"fail\" == binary | count", "0", $"where: {Fail}")]
    [TestCase("where \"ai\" in binary | count", "0", "comparison: no `binary` contains `ai`, and others do but for case, as `FAIL`; write `lower(binary) contains \"ai\"`")]
    [TestCase("extend bad = binary == \"fail\" | where bad | count", "0", Other)]
    [TestCase("pairs where b.binary == \"fail\" | count", "0", "comparison: no `b.binary` is `fail`, and others are but for case, as `FAIL`; write `lower(b.binary) == \"fail\"`")]
    [TestCase("extend bad = binary == \"fail\" | count by bad | get count", "3", Other)]
    [TestCase("map if binary == \"fail\" then 1 else 0 | sum", "0", Other)]
    [TestCase("count by binary == \"fail\" | get count", "3", Other)]
    [TestCase("sort by binary == \"fail\" | get k | join \"\"", "abc", Other)]
    [TestCase("sum (if binary == \"fail\" then 1 else 0)", "0", Other)]
    [TestCase("where binary == \"fail\" | get k | join \",\"", "", $"where: {Fail}")]
    [TestCase("where binary != \"fail\" | count", "3", $"where: {Fail}")]
    [TestCase("where not (binary == \"fail\") | count", "3", $"where: {Fail}")]
    [TestCase("where k == \"c\" and binary == \"fail\" | count", "0", $"where: {Fail}")]
    [TestCase("count binary == \"pass\"", "0", $"count: {Pass}")]
    [TestCase("count binary == \"fail\" by k | sum count", "0", $"count: {Fail}")]
    [TestCase("share binary == \"fail\"", "0", $"share: {Fail}")]
    [TestCase("any binary == \"fail\"", "false", $"any: {Fail}")]
    [TestCase("aggregate n = count(binary == \"fail\") | get n", "0", Other)]
    [TestCase("aggregate n = count(binary == \"fail\") by k | sum n", "0", Other)]
    [TestCase("aggregate n = sum(length(k), binary == \"fail\") | get n", "0", Other)]
    [TestCase("where binary in [\"pass\", \"ok\"] | count", "0",
        "where: no `binary` is one of `pass`, `ok`, and 2 are but for case and blanks, as `PASS`; write `lower(trim(binary)) in [\"pass\", \"ok\"]`")]
    [TestCase("where binary starts with \"p\" | count", "0", "where: no `binary` starts with `p`, and 2 do but for case, as `PASS`; write `lower(binary) starts with \"p\"`")]
    [TestCase("where binary ends with \"Il\" | count", "0", "where: no `binary` ends with `Il`, and 1 does but for case, as `FAIL`; write `lower(binary) ends with \"il\"`")]
    [TestCase("where binary not contains \"ai\" | count", "3", "where: no `binary` contains `ai`, and 1 does but for case, as `FAIL`; write `lower(binary) contains \"ai\"`")]
    [TestCase("where binary matches /^pa/ | count", "0", "where: no `binary` matches the pattern, and 2 do but for case, as `PASS`; write `binary matches /…/i`")]
    [TestCase("where binary == \" FAIL\" and k == \"c\" | count", "0", "where: no `binary` is ` FAIL`, and 1 is but for blanks, as `FAIL`; write `trim(binary) == \"FAIL\"`")]
    public async Task Run_NothingForCaseAlone_IsNoted(string stages, string answer, string note)
    {
        var run = await ProgramRun.RunAsync($"answer context | parse csv | {stages}", Table, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo(answer));
        Assert.That(run.Notes, Is.EqualTo(new[] { note }));
    }

    [TestCase("let word = \"fail\"\nanswer context | parse csv | where binary == word | count", $"where: {Fail}")]
    [TestCase("let words = [\"fail\"]\nanswer context | parse csv | where binary in words | count", "where: no `binary` is `fail`, and 1 is but for case, as `FAIL`; write `lower(binary) == \"fail\"`")]
    [TestCase("answer \"{context | parse csv | where binary == \"fail\" | count}\"", $"where: {Fail}")]
    [TestCase("let cities = [{c: \"ÉVRY\"}, {c: \"x\"}]\nanswer cities | where c == \"évry\" | count", "where: no `c` is `évry`, and 1 is but for case, as `ÉVRY`; write `lower(c) == \"évry\"`")]
    [TestCase("let cities = [{c: \"ÉVRY\"}, {c: \"x\"}]\nanswer cities | where c contains \"vRé\" or c contains \"évR\" | count", "where: no `c` contains `évR`, and 1 does but for case, as `ÉVRY`; write `lower(c) contains \"évr\"`")]
    [TestCase("answer context | grep \"pass\" | count", "grep: no line matches, and 2 do but for case, as `a,PASS`; write `ignore case` behind the pattern")]
    [TestCase("answer context | grep \"pass\" | join \";\"", "grep: no line matches, and 2 do but for case, as `a,PASS`; write `ignore case` behind the pattern")]
    [TestCase("answer context | grep \"pass\" around 1 | count", "grep: no line matches, and 2 do but for case, as `a,PASS`; write `ignore case` behind the pattern")]
    [TestCase("answer context | grep not \"fail\" | count", "grep not: no line matches, and 1 does but for case, as `c,FAIL`; write `ignore case` behind the pattern")]
    [TestCase("answer context | grep not /f.il/ | first 1 | join \";\"", "grep not: no line matches, and 1 does but for case, as `c,FAIL`; write `ignore case` behind the pattern")]
    [TestCase("answer context | split \"pass\" | count", "split: no line matches, and 2 do but for case, as `a,PASS`; write the pattern as `/…/i`")]
    [TestCase("answer context | split /p.ss/ | count", "split: no line matches, and 2 do but for case, as `a,PASS`; write the pattern as `/…/i`")]
    [TestCase("answer context | lines | trim | grep /f.il/ | count", "grep: no line matches, and 1 does but for case, as `c,FAIL`; write `ignore case` behind the pattern")]
    [TestCase("answer context | lines | skip 1 | grep \"fail\" | count", "grep: no line matches, and 1 does but for case, as `c,FAIL`; write `ignore case` behind the pattern")]
    [TestCase("answer context | lines | grep /f.il/ | count", "grep: no line matches, and 1 does but for case, as `c,FAIL`; write `ignore case` behind the pattern")]
    public async Task Run_OtherFormsOfTheSame_AreNoted(string program, string note)
    {
        var run = await ProgramRun.RunAsync(program, Table, new ScriptedChatClient());

        Assert.That(run.Notes, Is.EqualTo(new[] { note }));
    }

    [TestCase("parse csv | where binary == \"PASS\" or binary == \"pass\" | count", "1")]
    [TestCase("parse csv | where binary == \"pass\" or binary == \"PASS\" | count", "1")]
    [TestCase("parse csv | where binary == \"none\" | count", "0")]
    [TestCase("parse csv | pairs where b.binary == \"FAIL\" | count", "2")]
    [TestCase("parse csv | map if binary == \"fail\" or binary == \"FAIL\" then 1 else 0 | sum", "1")]
    [TestCase("parse csv | extend bad = binary == \"FAIL\" | where bad | count", "1")]
    [TestCase("lines | skip 1 | grep /FAIL/ | count", "1")]
    [TestCase("parse csv | where lower(binary) == \"fail\" | count", "1")]
    [TestCase("parse csv | where binary contains \"AI\" | count", "1")]
    [TestCase("parse csv | where binary matches /pass/i | count", "2")]
    [TestCase("parse csv | aggregate n = count(binary == \"FAIL\"), m = count(binary == \"none\") | map \"{n} {m}\"", "1 0")]
    [TestCase("grep \"PASS\" | count", "2")]
    [TestCase("grep \"none\" | count", "0")]
    [TestCase("grep not \"FAIL\" | count", "3")]
    [TestCase("grep not \"FAIL\" | first 1 | count", "1")]
    [TestCase("grep not \"none\" | count", "4")]
    [TestCase("split \"PASS\" | count", "3")]
    [TestCase("split \"PASS\" | first 1 | count", "1")]
    [TestCase("split \"none\" | count", "1")]
    [TestCase("grep \"pass\" ignore case | count", "2")]
    public async Task Run_WhatCaseDoesNotDecide_IsNotNoted(string stages, string answer)
    {
        var run = await ProgramRun.RunAsync($"answer context | {stages}", Table, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo(answer));
        Assert.That(run.Notes, Is.Empty);
    }

    [Test]
    public async Task Run_JoinKeysInOtherCase_AreTold()
    {
        const string Program = "let a = context | parse csv\nanswer a | extend k = upper(k) | join (a | select k, b = binary) on k | count";
        var run = await ProgramRun.RunAsync(Program, Table, new ScriptedChatClient());

        Assert.That(run.Result.Losses.Select(loss => loss.Remedy), Is.EqualTo(new[]
        {
            "3 rows have one but for case and blanks, as `A`: write `| extend k = lower(trim(k))` on both sides before",
        }));
    }
}
