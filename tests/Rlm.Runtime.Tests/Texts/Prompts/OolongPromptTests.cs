using System.Text;

namespace Rlm.Runtime.Tests.Texts.Prompts;

/// <summary>Header, data, recap, question and labels of OOLONG's prompts, in the forms that they come in.</summary>
internal sealed class OolongPromptTests
{
    private const string Header = """
        The following lines contain 3 text messages, one per line. Each line has a User ID, which is not necessarily unique.
        Each message can be described as one of 2 categories: 'spam', 'ham'.

        You will be asked to answer questions about the aggregate label statistics across all 3 examples in this dataset. Do not try to guess.
        """;

    private const string Data = """
        Date: Jan 06, 2023 || User: 44106 || Instance: Win a prize: call now?
        Date: Feb 01, 2023 || User: 7 || Instance: See you || at 8
        Date: Mar 11, 2023 || User: 44106 || Instance: ok
        """;

    private const string Recap =
        "Recall: the preceding lines contain 3 text messages, one per line. Each message can be described as one of 2 categories: 'spam', 'ham'.";

    private const string Question =
        "In the above data, which of the labels is the most common? Give your final answer in the form 'Label: answer'.";

    private static readonly string Whole = $"{Header}\n\n{Data}\n\n{Recap}\n\n{Question}\n";

    private static readonly string[][] Forms =
    [
        ["plain", Whole],
        ["Windows line ends", Whole.Replace("\n", "\r\n")],
        ["blank lines between rows", $"{Header}\n\n{Data.Replace("\n", "\n\n")}\n\n\n{Recap}\n\n{Question}"],
        ["question on the recap's next line", $"{Header}\n\n{Data}\n{Recap}\n{Question}"],
        ["question in the recap's line", $"{Header}\n\n{Data}\n\n{Recap} {Question}"],
        ["marked question", $"{Header}\n\n{Data}\n\n{Recap}\n\n**Question:** {Question}\n\nAnswer:"],
        ["marks", $"{Header}\n\n<context>\n{Data}\n</context>\n\n{Recap}\n\n{Question}"],
        ["ChatML", $"<|im_start|>system\nYou are helpful.<|im_end|>\n<|im_start|>user\n{Whole}<|im_end|>\n<|im_start|>assistant\n"],
        ["Llama 2", $"<s>[INST] <<SYS>>\nYou are helpful.\n<</SYS>>\n\n{Whole} [/INST]"],
        ["Llama 3", $"<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nYou are helpful.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n{Whole}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"],
        ["Gemma", $"<bos><start_of_turn>user\nYou are helpful.\n\n{Whole}<end_of_turn>\n<start_of_turn>model\n"],
        ["Phi", $"<|system|>\nYou are helpful.<|end|>\n<|user|>\n{Whole}<|end|>\n<|assistant|>\n"],
        ["Alpaca", $"### Instruction:\nYou are helpful.\n\n### Input:\n{Whole}\n### Response:\n"],
        ["names", $"System: You are helpful.\nUser: {Whole}\nAssistant:"],
        ["turns", $"Human: You are helpful. {Header}\n\n{Data}\nAssistant: I have read it.\nHuman: {Recap}\n\n{Question}\nAssistant:"],
        ["JSON", Json(("system", "You are helpful."), ("user", Whole))],
        ["JSON object", $$"""{"messages": {{Json(("user", $"You are helpful.\n\n{Whole}"))}}}"""],
        ["JSON turns", Json(("system", "You are helpful."), ("user", $"{Header}\n\n{Data}"), ("assistant", "Understood."), ("user", $"{Recap}\n\n{Question}"))],
        ["JSON parts", $$"""[{"role":"user","content":[{"type":"text","text":{{Quote(Whole)}}}]}]"""],
    ];

    private static IEnumerable<TestCaseData> Cases => Forms.Select(form => new TestCaseData(form[1]).SetArgDisplayNames(form[0]));

    [TestCaseSource(nameof(Cases))]
    public void Parse_Form_HasTheSameParts(string text)
    {
        var prompt = OolongPrompt.Parse(text);

        string[] rows = [.. Read(prompt.Context).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
        Assert.That(rows, Is.EqualTo(Data.Split('\n')));
        Assert.That(prompt.Question, Is.EqualTo(Question));
        Assert.That(prompt.Recap, Is.EqualTo(Recap));
        Assert.That(prompt.Header.ReplaceLineEndings("\n"), Does.EndWith(Header));
        Assert.That(prompt.Labels, Is.EqualTo(new[] { "spam", "ham" }));
        Assert.That((prompt.Rows, prompt.OtherLines), Is.EqualTo((3L, 0L)));
    }

    [Test]
    public void Parse_Plain_HasNothingElseInItsHeader() => Assert.That(OolongPrompt.Parse(Whole).Header, Is.EqualTo(Header));

    [TestCase("Which is it?\n\n{0}", "", "Which is it?")]
    [TestCase("Here is data.\n\nQuestion: Which is it?\n\n{0}", "Here is data.", "Which is it?")]
    [TestCase("{0}\n\nWhich is it?", "", "Which is it?")]
    [TestCase("{0}\nWhich is it?", "", "Which is it?")]
    [TestCase("{0}\n\nThink well.\n\nQuestion: Which is it?\nSay one word.", "", "Which is it?\nSay one word.")]
    [TestCase("{0}\n\nCount the spam. Answer with a number.", "", "Count the spam. Answer with a number.")]
    public void Parse_QuestionElsewhere_IsFound(string form, string header, string question)
    {
        var prompt = OolongPrompt.Parse(form.Replace("{0}", Data));

        Assert.That((prompt.Header, prompt.Question, Read(prompt.Context)), Is.EqualTo((header, question, Data)));
    }

    [Test]
    public void Parse_FieldOverSeveralLines_StaysInTheData()
    {
        string data = "Date: Jan 06, 2023 || User: 1 || Instance: a letter\nwith two lines\nDate: Jan 07, 2023 || User: 2 || Instance: x";

        var prompt = OolongPrompt.Parse($"Some letters.\n\n{data}\n\nHow many?");

        Assert.That((Read(prompt.Context), prompt.Rows, prompt.OtherLines, prompt.Question), Is.EqualTo((data, 2L, 1L, "How many?")));
    }

    [Test]
    public void Parse_EpisodeBetweenMarks_IsTheData()
    {
        var prompt = OolongPrompt.Parse(
            "The following lines contain a transcript.\n\n[START OF EPISODE]\nMatt: Roll.\nSam: || 17.\n[END OF EPISODE]\n\nQuestion: How many rolls?");

        Assert.That((Read(prompt.Context), prompt.Question, prompt.Rows), Is.EqualTo(("Matt: Roll.\nSam: || 17.", "How many rolls?", 0L)));
        Assert.That(prompt.Header, Is.EqualTo("The following lines contain a transcript."));
    }

    [TestCase("one of the labels: \"a b\", \"c\", or \"d\".", "a b|c|d")]
    [TestCase("labels ['ham', 'spam']", "ham|spam")]
    [TestCase("categories: 'don't know', 'it's', 'yes'", "don't know|it's|yes")]
    [TestCase("classes (‘x’ and ‘y’)", "x|y")]
    [TestCase("They have labels. Do not guess.", "")]
    [TestCase("labels: ham, spam", "")]
    public void Labels_InQuotes_AreListed(string header, string labels) => Assert.That(
        string.Join('|', OolongPrompt.Parse($"{header}\n\n{Data}\n\nWhich?").Labels), Is.EqualTo(labels));

    [TestCase("What is this?", "has no data")]
    [TestCase("", "has no data")]
    [TestCase("{0}", "has no question")]
    [TestCase("{0}\n\nRecall: the preceding lines are messages.", "has no question")]
    [TestCase("{0}\n\nRecall: are the preceding lines messages? How many?", "Nothing tells the recap from the question")]
    [TestCase("Which?\n\nOr what?\n\n{0}", "asks 2 times: `Which?` and `Or what?`")]
    [TestCase("Question: Which?\n\n{0}\n\nHow many?", "asks twice: `Which?` and `How many?`")]
    [TestCase("Date: 1 || User: 1 || Instance: a\nHow many?", "may belong to its last row or to the question")]
    [TestCase("Date: 1 || User: 1 || Instance: a\nb\nDate: 1 || User: 1 || Instance: a\nHow many?", "may belong to its last row")]
    [TestCase("Date: 1 || User: 1\nName: x || Age: 2\n\nHow many?", "Two kinds of lines come 1 times each")]
    [TestCase("Such as\nDate: 1 || User: 1 || Instance: a\n\nHere they are:\n{0}\n\nWhich?", "`Here they are:` stands among the data")]
    [TestCase("labels: 'a', 'b'\n\n{0}\n\nRecall: the labels: 'a', 'c'\n\nWhich?", "lists labels twice, and not the same: a, b, and a, c")]
    [TestCase("Data: {0}\n\nWhich?", "`Data: … || User: …` stands right beside the data")]
    [TestCase("[START OF EPISODE]\nx\n\nWhich?", "has no data")]
    [TestCase("[{\"role\": \"user\", \"content\": 7}]", "begins like JSON messages and is none")]
    [TestCase("[{\"role\": \"user\"", "begins like JSON messages and is none")]
    [TestCase("<|im_start|>user\n{0}\n\nWhich?<|im_end|>\n<|im_start|>assistant\nham<|im_end|>\n<|im_start|>user\n{0}\n\nWhich?", "2 messages of the chat hold lines of data")]
    [TestCase("User: hello\nAssistant: {0}", "in what the assistant said")]
    public void Parse_WhatCannotBeToldApart_IsAnError(string form, string problem)
    {
        using var source = TextSource.FromString(form.Replace("{0}", Data));

        Assert.That(() => OolongPrompt.Parse(source), Throws.InstanceOf<FormatException>().With.Message.Contains(problem));
        Assert.That(OolongPrompt.TryParse(source, out var prompt, out string? told), Is.False);
        Assert.That((prompt, told!.Contains(problem, StringComparison.Ordinal)), Is.EqualTo(((OolongPrompt?)null, true)));
    }

    /// <summary>The data of a file is a part of it: what it is read with finds the same rows and lines.</summary>
    [Test]
    public async Task Parse_LargeFile_ReadsTheDataInPlace()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.txt");
        try
        {
            const int Rows = 60_000;
            using (var writer = new StreamWriter(path, append: false, Encoding.UTF8))
            {
                await writer.WriteAsync($"{Header}\n\n");
                for (int i = 0; i < Rows; i++)
                    await writer.WriteAsync($"Date: Jan 06, 2023 || User: {i % 100} || Instance: message {i} ä\n");
                await writer.WriteAsync($"\n{Recap}\n\n{Question}\n");
            }

            using var source = TextSource.FromFile(path);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var prompt = OolongPrompt.Parse(source);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", prompt.Context)]);

            Assert.That((prompt.Rows, prompt.Question), Is.EqualTo(((long)Rows, Question)));
            Assert.That(
                (await session.RunAsync(
                    "answer context | extract \"Date: {date} || User: {user} || Instance: {text}\" | count user == \"7\"")).Answer,
                Is.EqualTo("600"));
            Assert.That((await session.RunAsync("answer context | grep /message 59999 / | map line")).Answer, Is.EqualTo($"{Rows}"));
            Assert.That((await session.RunAsync("answer context | grep /message 59999 / | count")).Answer, Is.EqualTo("1"));
            TestContext.Out.WriteLine($"{allocated:N0} bytes allocated for {source.LengthBytes:N0}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Whatever the data says, every row of it is kept, and nothing else is.</summary>
    [Test]
    public void Parse_GeneratedPrompts_KeepEveryRow() => Enumerable.Range(0, 300).ToList().ForEach(seed =>
    {
        var random = new Random(seed);
        string[] words = ["Recall:", "Question:", "In the above data,", "?", "||", "Answer:", "User: 7", "'spam'", "[END]", "ok", "ü", "{", "Label: x"];
        string[] rows = [.. Enumerable.Range(0, random.Next(2, 30)).Select(i =>
            $"Date: Jan {i % 28 + 1}, 2023 || User: {random.Next(100)} || Instance: {string.Join(' ', random.GetItems(words, random.Next(1, 6)))}")];
        string gap = random.Next(2) == 0 ? "\n" : "\n\n";
        string whole = $"{Header}\n\n{string.Join(gap, rows)}\n\n{Recap}\n\n{Question}";

        var prompt = OolongPrompt.Parse(random.Next(2) == 0 ? whole : $"<|im_start|>user\n{whole}<|im_end|>\n<|im_start|>assistant\n");

        Assert.That(Read(prompt.Context), Is.EqualTo(string.Join(gap, rows)), $"seed {seed}");
        Assert.That((prompt.Header, prompt.Recap, prompt.Question, prompt.Rows), Is.EqualTo((Header, Recap, Question, (long)rows.Length)));
    });

    /// <summary>Torn and mixed prompts are told apart or refused; where a row was found, what is no row was not made one.</summary>
    [Test]
    public void Parse_TornAndMixedPrompts_ArePartsOrAFormatException() => Enumerable.Range(0, 3_000).ToList().ForEach(seed =>
    {
        var random = new Random(seed);
        string Cut() => Forms[random.Next(Forms.Length)][1] is var form && random.Next(form.Length + 1) is var at && random.Next(2) == 0
            ? form[..at]
            : form[at..];
        using var text = TextSource.FromString($"{Cut()}{(random.Next(2) == 0 ? "\n" : "")}{Cut()}");

        if (OolongPrompt.TryParse(text, out var prompt, out string? problem))
            Assert.That((prompt.Question.Length > 0, prompt.Context.LengthBytes > 0), Is.EqualTo((true, true)), $"seed {seed}");
        else
            Assert.That(problem, Is.Not.Empty);
    });

    private static string Read(TextSource text) => text.Whole.Decode();

    private static string Json(params (string Role, string Content)[] messages) =>
        $"[{string.Join(", ", messages.Select(message => $$"""{"role": "{{message.Role}}", "content": {{Quote(message.Content)}}}"""))}]";

    private static string Quote(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";
}
