using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Tests.Texts.Measures;

/// <summary>The estimate of tokens against OpenAI's o200k encoding.</summary>
internal sealed class TokenEstimateTests
{
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForModel("gpt-4o"));

    private static IEnumerable<TestCaseData<string, string>> Texts()
    {
        string root = Root();
        yield return new("English", File.ReadAllText(Path.Combine(root, "samples", "mails.txt"))[..60_000]);
        yield return new("log", File.ReadAllText(Path.Combine(root, "samples", "server.log"))[..60_000]);
        yield return new("Markdown", File.ReadAllText(Path.Combine(root, "docs", "operators.md")));
        yield return new("C#", string.Concat(Directory.GetFiles(Path.Combine(root, "src", "Rlm.Runtime", "Models"), "*.cs")
            .Order(StringComparer.Ordinal).Select(File.ReadAllText)));
        yield return new(
            "JSON",
            string.Join(
                ",\n",
                Enumerable.Range(0, 500)
                    .Select(
                        i =>
                            $$"""{"id": {{i}}, "name": "customer {{i % 17}}", "isActive": {{(i % 2 == 0 ? "true" : "false")}}, "total": {{i * 1.37:0.00}}, "tags": ["a", "late"]}""")));
        yield return new(
            "CSV",
            string.Join(
                '\n', Enumerable.Range(0, 1_000).Select(i => string.Create(
                    CultureInfo.InvariantCulture, $"{i},{i * 7.31:0.00},2026-{(i % 12) + 1:00}-{(i % 28) + 1:00},north,{i * 977}"))));
        yield return new(
            "German",
            Repeated(
                "Die Lieferung kam drei Tage zu spät an, und der Karton war geöffnet. Wir bitten um Rückerstattung des Kaufpreises, sobald die Prüfung abgeschlossen ist. Außerdem möchten wir wissen, warum niemand auf unsere Nachrichten geantwortet hat."));
        yield return new(
            "French",
            Repeated(
                "La commande est arrivée avec trois jours de retard et le carton était ouvert. Nous demandons le remboursement dès que le contrôle sera terminé, et nous voudrions savoir pourquoi personne n'a répondu à nos messages."));
        yield return new(
            "Russian",
            Repeated(
                "Посылка пришла на три дня позже, и коробка была открыта. Мы просим вернуть деньги, как только проверка будет закончена, и хотели бы знать, почему никто не ответил на наши письма."));
        yield return new("Chinese", Repeated("包裹晚到了三天，而且箱子是打开的。请在检查结束后退款，我们也想知道为什么没有人回复我们的邮件。"));
        yield return new("Japanese", Repeated("荷物は三日遅れて届き、箱は開いていました。確認が終わり次第、返金をお願いします。なぜ誰も返事をくれなかったのかも知りたいです。"));
        yield return new("Korean", Repeated("소포가 사흘 늦게 도착했고 상자는 열려 있었습니다. 확인이 끝나는 대로 환불해 주시기 바랍니다. 왜 아무도 답장하지 않았는지도 알고 싶습니다."));
        yield return new("emoji", Repeated("so happy today 😀🎉 see you soon 🚗💨 "));
        var random = new Random(5);
        byte[] noise = new byte[40_000];
        random.NextBytes(noise);
        yield return new("base64", Convert.ToBase64String(noise, Base64FormattingOptions.InsertLineBreaks));
        yield return new("hex", string.Join('\n', noise.Take(16_000).Chunk(16).Select(Convert.ToHexStringLower)));
    }

    [TestCaseSource(nameof(Texts))]
    public void OfText_AgainstTheTokenizer_IsNear(string kind, string text)
    {
        double tokens = Tokenizer.Value.CountTokens(text), error = (TokenEstimate.OfText(text) / tokens) - 1;

        TestContext.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kind}: {error:+0.0 %;-0.0 %} (a quarter of the bytes: {(Encoding.UTF8.GetByteCount(text) / 4.0 / tokens) - 1:+0.0 %;-0.0 %})"));
        Assert.That(error, Is.InRange(-0.2, 0.3));
    }

    [Test]
    public void DensityOf_LargeSource_IsThatOfTheWhole()
    {
        string text = string.Concat(
            Enumerable.Range(0, 60_000).Select(i => i % 3 == 0 ? $"{i},{i * 977},x\n" : $"line {i} says that the parcel arrived late\n"));
        using var source = TextSource.FromString(text);

        Assert.That(source.BytesPerToken, Is.EqualTo(text.Length / (double)TokenEstimate.OfText(text)).Within(3).Percent);
    }

    [TestCase("gpt-5-mini", 1)]
    [TestCase("gpt-4o", 1)]
    [TestCase("gpt-4-turbo", 1.1)]
    [TestCase("claude-sonnet-4-5", 1.25)]
    [TestCase("anthropic/claude-haiku-4-5", 1.25)]
    [TestCase("Qwen2.5-7B-Instruct", 1.1)]
    [TestCase("something-new", 1)]
    [TestCase(null, 1)]
    public void FactorOf_Model_IsOfItsFamily(string? model, double factor) =>
        Assert.That(TokenEstimate.FactorOf(model), Is.EqualTo(factor));

    [Test]
    public void Advance_RandomText_NeverCutsACodePointAndCutsAtLineEnds()
    {
        string[] words = ["parcel", "спасибо", "包裹", "😀", "12345", "é", "—", "x"];
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            string text = string.Concat(Enumerable.Range(0, 400).Select(i => words[random.Next(words.Length)] + (i % 5 == 4 ? "\n" : " ")));
            using var source = TextSource.FromString(text);
            int size = random.Next(50, 200);
            long next = 0;
            foreach (var piece in new PieceCutter(source.Whole, TextUnit.Tokens, size, 0, default).Pieces())
            {
                Assert.That(
                    source.GetSpan(next, (int)(piece.Start - next)).IndexOfAnyExcept((byte)'\n', (byte)' '),
                    Is.EqualTo(-1),
                    "nothing is lost between pieces");
                Assert.That((source.GetSpan(piece.Start, 1)[0] & 0xC0) != 0x80, Is.True);
                Assert.That(
                    piece.Start == 0 || source.GetSpan(piece.Start - 1, 1)[0] == '\n',
                    Is.True,
                    $"seed {seed}: the lines are shorter than the size");
                Assert.That(TextUnit.Tokens.Count(piece), Is.LessThanOrEqualTo(size));
                next = piece.End;
            }

            Assert.That(text.AsSpan()[Encoding.UTF8.GetString(source.GetSpan(0, (int)next)).Length..].Trim().IsEmpty, Is.True);
        }
    }

    private static string Repeated(string text) => string.Concat(Enumerable.Repeat(text + "\n", 40));

    private static string Root()
    {
        string? directory = TestContext.CurrentContext.TestDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Rlm.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory!;
    }
}
