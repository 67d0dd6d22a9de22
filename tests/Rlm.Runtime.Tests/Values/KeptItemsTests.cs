using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Packing;

namespace Rlm.Runtime.Tests.Values;

/// <summary>Values that are packed and made again are what they were.</summary>
internal sealed class KeptItemsTests
{
    private static readonly RecordShape Shape = new(["a", "b"]);
    private static readonly TextSource[] Sources = [TextSource.FromString(new string('x', 5_000), "one"),
        TextSource.FromString(new string('ä', 5_000), "two")];

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(1_000)]
    public void Of_ValuesOfAnyKind_GivesThemBack(int count)
    {
        var random = new Random(count);
        Value[] values = [.. Enumerable.Range(0, count).Select(_ => Any(random, 2))];

        var kept = KeptItems.Of(values);

        Assert.Multiple(() =>
        {
            Assert.That(kept.Select(Described), Is.EqualTo(values.Select(Described)), "in order");
            Assert.That(
                Enumerable.Range(0, count).Reverse().Select(place => Described(kept[place])),
                Is.EqualTo(values.Reverse().Select(Described)),
                "by place");
        });
    }

    [TestCase("0")]
    [TestCase("-0.0")]
    [TestCase("1.50")]
    [TestCase("-79228162514264337593543950335")]
    [TestCase("0.0000000000000000000000000001")]
    [TestCase("9223372036854775807")]
    [TestCase("-9223372036854775808")]
    [TestCase("4294967295.1")]
    public void Of_Numbers_KeepsTheirDigits(string digits)
    {
        decimal number = decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

        var kept = KeptItems.Of(Enumerable.Repeat<Value>(new NumberValue(number), 100));

        Assert.That(decimal.GetBits(((NumberValue)kept[99]).Number.InDecimal), Is.EqualTo(decimal.GetBits(number)));
    }

    [Test]
    public void Keep_Lines_TakesFewBytesEach()
    {
        const int count = 200_000;
        var lines = TextSource.FromBytes(new byte[count * 40], "lines");
        long before = GC.GetTotalMemory(forceFullCollection: true);

        var kept = ListValue.Keep(Enumerable.Range(0, count).Select(line => new TextValue(new TextSlice(lines, line * 40L, 39))));

        Assert.That((GC.GetTotalMemory(forceFullCollection: true) - before) / count, Is.LessThan(16));
        GC.KeepAlive(kept);
    }

    private static readonly ColumnReading Column = new("column", () => new ColumnEvidence());

    private static Value Any(Random random, int depth) => random.Next(depth == 0 ? 9 : 11) switch
    {
        0 => NoneValue.Instance,
        1 => BoolValue.Of(random.Next(2) == 0),
        2 => new NumberValue(
            new decimal(random.Next(), random.Next(), random.Next(2) * random.Next(), random.Next(2) == 0, (byte)random.Next(29))),
        3 when random.Next(3) == 0 => NumberValue.Read(Number.Parse("12.50")!.Value, random.Next(2) == 0 ? "12.50" : "1250e-2"),
        3 => new TextValue($"computed {random.Next(3)}"),
        4 => new TextValue("computed of a slice", Slice(random)),
        5 => new TextValue("label") { Domain = ["label", "other"] },
        6 => new DateValue(PointInTime.OfTime(
            new DateTime(2026, 11, 1 + random.Next(28), 0, 0, 0, DateTimeKind.Unspecified), TimeSpan.FromHours(random.Next(3))), "written"),
        7 => new FailedValue("no reply"),
        8 => new TextValue(Slice(random)) { Column = random.Next(2) == 0 ? null : Column },
        9 => ListValue.Of([Any(random, 0), Any(random, 0)]),
        _ => new RecordValue(
            Shape, [Any(random, depth - 1), Any(random, depth - 1)], random.Next(2) == 0 ? null : new TextValue(Slice(random))),
    };

    private static TextSlice Slice(Random random)
    {
        int start = random.Next(4_000);
        return new TextSlice(Sources[random.Next(5) / 4], start, random.Next(900));
    }

    /// <summary>All that a value holds, in one line.</summary>
    private static string Described(Value value) => value switch
    {
        NumberValue number => $"{string.Join(' ', decimal.GetBits(number.Number.InDecimal))} {number}",
        TextValue text =>
            $"\"{text}\" {text.Column?.Name} {text.Slice is not null} {text.Provenance} {string.Join('|', text.Domain ?? [])}",
        DateValue date => $"{date.Point} {date.Written}",
        FailedValue failed => failed.Reason,
        ListValue list => $"[{string.Join(", ", list.Items.Select(Described))}]",
        RecordValue record =>
            $"{string.Join(' ', record.Shape.Names)} {{{string.Join(", ", record.Fields.Select(Described))}}} {(record.Origin is { } origin ? Described(origin) : "no origin")}",
        BoolValue => value == BoolValue.True ? "true" : "false",
        _ => value.GetType().Name,
    };
}
