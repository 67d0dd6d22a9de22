using System.Text;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>How the texts of JSON's fields read: those of one name are one column, wherever they stand.</summary>
/// <param name="readAgain">Reads all values again; null where that cannot be.</param>
/// <param name="mayHoldCommas">Whether a number with a comma may be among them.</param>
/// <param name="latest">When a text without a year was written at the latest; null where nobody knows.</param>
internal sealed class JsonColumns(Func<IEnumerable<Value>?> readAgain, Lazy<bool> mayHoldCommas, Func<DateTime?> latest)
{
    private readonly Memo<string, ColumnReading> _columns = new(StringComparer.Ordinal);

    public ColumnReading Of(string name) =>
        _columns.GetOrAdd(name, name => new ColumnReading(name, () => Gather(name)) { MayHoldCommas = mayHoldCommas, Latest = latest });

    private ColumnEvidence? Gather(string name)
    {
        if (readAgain() is not { } values)
            return null;

        var evidence = new ColumnEvidence();
        foreach (var value in values)
            Add(evidence, value, name, isOfField: false);
        return evidence;
    }

    private static void Add(ColumnEvidence evidence, Value value, string name, bool isOfField)
    {
        switch (value)
        {
            case TextValue text when isOfField && text.LengthBytes <= NumberText.LongestBytes:
                evidence.Add(Encoding.UTF8.GetBytes(text.ToString()));
                break;
            case ListValue list:
                foreach (var item in list.Items)
                    Add(evidence, item, name, isOfField);
                break;
            case RecordValue record:
                for (int i = 0; i < record.Fields.Count; i++)
                    Add(evidence, record.Fields[i], name, record.Shape.Names[i] == name);
                break;
        }
    }
}
