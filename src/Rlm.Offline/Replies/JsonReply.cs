using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Answers with a record or a list, as JSON on one line.</summary>
internal static class JsonReply
{
    private const int MostItems = 50;

    private static readonly HashSet<string> NameFields =
        [.. "name person party character owner author speaker who customer user company actor player caster sender organisation organization".Split(' ')];

    public static string Answer(Item item, ReplyType type)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, item, type);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Item item, ReplyType type)
    {
        switch (type.Kind)
        {
            case ReplyKind.Record:
                WriteRecord(writer, item, type, null);
                break;
            case ReplyKind.ListOf:
                writer.WriteStartArray();
                WriteItems(writer, item, type.Item ?? ReplyType.Text);
                writer.WriteEndArray();
                break;
            default:
                WriteScalar(writer, ScalarReply.Answer(item, type), type);
                break;
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, Item item, ReplyType element)
    {
        if (element.Kind == ReplyKind.Record && element.Fields.Any(static f => NameFields.Contains(f.Name.ToLowerInvariant())))
        {
            foreach ((string name, Sentence sentence) in Names(item).Take(MostItems))
                WriteRecord(writer, new Item(item.Instruction, sentence.Verbatim), element, name);
            return;
        }

        if (element.Kind is ReplyKind.Text && AsksForNames(item.Instruction))
        {
            foreach ((string name, _) in Names(item).Take(MostItems))
                writer.WriteStringValue(name);
            return;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (Sentence sentence in FindRelevant(item))
        {
            if (element.Kind is ReplyKind.Text or ReplyKind.Quote)
            {
                if (seen.Add(sentence.Text))
                    writer.WriteStringValue(element.Kind == ReplyKind.Quote ? sentence.Verbatim : sentence.Text);
            }
            else
            {
                Item part = new(item.Instruction, sentence.Verbatim);
                if (element.IsJson || ScalarReply.Answer(part, element) is { } value && seen.Add(value))
                    Write(writer, part, element);
            }
        }
    }

    private static List<Sentence> FindRelevant(Item item)
    {
        List<Sentence> best = Passages.PickBest(item.Sentences, item.Scores, MostItems);
        return best.Count > 0 ? [.. best.OrderBy(static s => s.Index)] : CentralSentences.Pick(item.Sentences, 5);
    }

    private static IEnumerable<(string Name, Sentence Sentence)> Names(Item item)
    {
        foreach (IGrouping<string, Word> name in NameReader.Read(item.Sentences).GroupBy(static n => n.Text, StringComparer.Ordinal))
        {
            int at = name.First().Start;
            yield return (name.Key, item.Sentences.Last(s => s.Start <= at));
        }
    }

    private static bool AsksForNames(string instruction)
    {
        string lower = instruction.ToLowerInvariant();
        return lower.Contains("name", StringComparison.Ordinal) || lower.Contains("people", StringComparison.Ordinal)
            || lower.Contains("character", StringComparison.Ordinal) || lower.Contains("who ", StringComparison.Ordinal);
    }

    private static void WriteRecord(Utf8JsonWriter writer, Item item, ReplyType type, string? name)
    {
        writer.WriteStartObject();
        foreach ((string field, ReplyType fieldType) in type.Fields)
        {
            writer.WritePropertyName(field);
            string words = field.Replace('_', ' ');
            string? given = NamedValue.Find(item.Text, words);
            bool isName = fieldType.Kind == ReplyKind.Text && NameFields.Contains(field.ToLowerInvariant());
            if (fieldType.IsJson)
                Write(writer, item.With(words), fieldType);
            else if (isName)
                WriteScalar(
                    writer, name ?? given ?? NameReader.Read(item.Sentences).Select(static n => n.Text).FirstOrDefault(), fieldType);
            else if (given is not null && fieldType.Kind is ReplyKind.Text or ReplyKind.Quote)
                WriteScalar(writer, given, fieldType);
            else
                WriteScalar(writer, Field(given is null ? item.With(words) : new Item(words, given), fieldType), fieldType);
        }

        writer.WriteEndObject();
    }

    /// <summary>Optional text is given only if the field's own words occur; other text falls back to the first sentence.</summary>
    private static string? Field(Item item, ReplyType type)
    {
        if (type.Kind != ReplyKind.Text)
            return ScalarReply.Answer(item, type);

        Sentence? best = Passages.PickBest(item.Sentences, item.Scores, 1).FirstOrDefault();
        return best?.Text ?? (type.IsOptional ? null : (item.Sentences.Count > 0 ? item.Sentences[0].Text : null));
    }

    private static void WriteScalar(Utf8JsonWriter writer, string? value, ReplyType type)
    {
        if (value is null)
            writer.WriteNullValue();
        else if (type.Kind == ReplyKind.Bool)
            writer.WriteBooleanValue(value == "true");
        else if (type.Kind == ReplyKind.Number)
            writer.WriteNumberValue(decimal.Parse(value, CultureInfo.InvariantCulture));
        else
            writer.WriteStringValue(value);
    }
}
