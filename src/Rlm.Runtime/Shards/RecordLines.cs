using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Shards.Parts;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Shards;

/// <summary>
/// Keeps once the records of JSON lines that say the same to a fold, and counts the others. The first ones, which tell the columns, and every line
/// that has not all fields plainly, are kept as they are.
/// </summary>
/// <param name="share">The share.</param>
/// <param name="fields">The fields that somebody asks for.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class RecordLines(TextShare share, IReadOnlyList<string> fields, CancellationToken cancellationToken)
{
    /// <summary>Adds the lines; false for an array of records, or where a field means something else at another place.</summary>
    /// <param name="add">Takes each stretch of lines that is kept, without its last line end.</param>
    /// <param name="alike">Takes how many others say the same as a line, by where it begins.</param>
    public bool TryAddAll(Action<TextSlice> add, Dictionary<long, long> alike)
    {
        if (JsonRows.IsArrayOfRecords(share.Slice.Source.Whole))
            return false;

        var lines = new AlikeLines(add, alike);
        long known = share.Slice.Start;
        using var records = new JsonLineRows(
            TextInput.Of(new TextValue(share.Slice)), new JsonRows(), new RecordShape(fields), new ParseNote("jsonl"), cancellationToken);
        while (records.MoveNext())
        {
            var line = records.Line;
            // Whatever else there is stands between them, up to a line end.
            if (line.Start > known)
                add(share.Slice with { Start = known, Length = line.Start - known - 1 });
            known = records.Next;
            if (line.Start < TableLines.SampleBytes || !records.IsPlainRecord)
            {
                add(line);
                continue;
            }

            for (int i = 0; i < fields.Count; i++)
            {
                // No field is missing here, so that this tells a text from a number that is written so.
                if (records.IsText(i))
                    lines.AppendMissing();
                if (!lines.TryAppend(records.WrittenAt(i)))
                    return false;
            }

            lines.AddLine(line);
        }

        if (share.Slice.End > known)
            add(share.Slice with { Start = known, Length = share.Slice.End - known });
        return true;
    }
}
