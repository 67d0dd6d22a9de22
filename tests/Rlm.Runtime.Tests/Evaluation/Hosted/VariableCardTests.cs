using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Runtime.Tests.Evaluation.Hosted;

/// <summary>The seed's <c>make_variable_info</c>: text, list, record, and others.</summary>
internal sealed partial class VariableCardTests
{
    [Test]
    public void Of_ShortText_IsWhole() => Assert.That(
        VariableCard.Of("note", "one\ntwo"), Is.EqualTo("note: text, 2 lines, 7 bytes\n| one\n| two"));

    [Test]
    public void Of_LongText_IsItsSizeAndAPreview([Values(0, 100, 1_000)] int previewChars)
    {
        string card = VariableCard.Of("log", string.Join('\n', Enumerable.Range(1, 5_000).Select(i => $"line {i}")), previewChars);

        Assert.That(card, Does.StartWith("log: text, 5,000 lines, 48,892 bytes\n| line 1\n").And.EndWith("\n| line 5000"));
        Assert.That(card, Has.Length.LessThan(Math.Max(300, 2 * previewChars)));
    }

    [Test]
    public void Of_LettersBeyondAscii_CountAsCharacters()
    {
        string text = new('ä', 900);

        Assert.That(VariableCard.Of("t", text), Is.EqualTo($"t: text, 1 line, 1,800 bytes\n| {text}"));
        Assert.That(VariableCard.Of("t", text, 899), Does.EndWith("…"));
    }

    [Test]
    public void Of_List_IsTypeItemsAndPreview()
    {
        Assert.That(VariableCard.Of("xs", new[] { 1, 2, 3 }), Is.EqualTo("xs: list of number, 3 items = [1,2,3]"));
        Assert.That(
            VariableCard.Of("xs", Enumerable.Range(0, 1_000)),
            Is.EqualTo("xs: list of number, 1,000 items\n| 0\n| 1\n| 2\n| … 496 more\n| 499\n| … 498 more\n| 998\n| 999"));
    }

    [Test]
    public void Of_Record_IsItsFields()
    {
        Assert.That(
            VariableCard.Of("user", new Dictionary<string, object?> { ["name"] = "Ann", ["age"] = 41 }),
            Is.EqualTo("user: {name: text, age: number} = {\"name\":\"Ann\",\"age\":41}"));
        Assert.That(
            VariableCard.Of("big", Enumerable.Range(0, 500).ToDictionary(i => $"key{i}", i => i)),
            Does.StartWith("big: {key0: number, key1: number, ").And.Contain(" more fields\n| key0: 0\n"));
    }

    [TestCase(42, "x: number = 42")]
    [TestCase(true, "x: bool = true")]
    [TestCase(null, "x: none = none")]
    public void Of_Others_AreTypeAndValue(object? value, string card) => Assert.That(VariableCard.Of("x", value), Is.EqualTo(card));

    [Test]
    public void Of_ATypeOfTheHost_GoesByItsJsonTypeInfo() => Assert.That(
        VariableCard.Of("p", new Place("Rome", new DateOnly(2026, 3, 1)), PlaceJson.Default.Place),
        Is.EqualTo("p: {Name: text, Day: date} = {\"Name\":\"Rome\",\"Day\":\"2026-03-01\"}"));

    [Test]
    public void Of_Source_IsReadAsATextOfItsName()
    {
        using var source = TextSource.FromString("a\nb", "notes.txt");

        Assert.That(VariableCard.Of("context", source), Is.EqualTo("context: text, 2 lines, 3 bytes (notes.txt)\n| a\n| b"));
    }

    [Test]
    public void Of_JsonThatNamesAFieldTwice_HasTheLast() => Assert.That(
        VariableCard.Of("x", JsonDocument.Parse("""{"a":1,"a":2}""").RootElement), Is.EqualTo("x: {a: number} = {\"a\":2}"));

    [Test]
    public void Of_Misuse_IsRefused()
    {
        Assert.That(() => VariableCard.Of(null!, 1), Throws.ArgumentNullException);
        Assert.That(() => VariableCard.Of("x", 1, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => VariableCard.Of("x", new object()), Throws.ArgumentException);
    }

    internal sealed record Place(string Name, DateOnly Day);

    [JsonSerializable(typeof(Place))]
    private sealed partial class PlaceJson : JsonSerializerContext;
}
