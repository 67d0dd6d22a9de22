using Rlm.Dsl.Types;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation;

/// <summary>The values of the host's variables: a text, a list of documents or mails, or any other.</summary>
internal static class HostedValue
{
    public static Value Of(RlmVariable variable) => variable.Hosted is { Type: var type, Value: var value } && type != RlmType.Text ? value
        : variable.IsDocuments ? ListValue.OfMade(new DocumentList(variable.Sources, variable.HasMails ? MailOf : DocOf))
        : new TextValue(variable.Sources[0].Whole);

    private static RecordValue DocOf(TextSource source)
    {
        var text = new TextValue(source.Whole);
        return new RecordValue(RecordShape.Doc, [new TextValue(source.Name), text, new NumberValue(source.SizeBytes)], text);
    }

    private static RecordValue MailOf(TextSource source)
    {
        var (from, to, date, subject) = source.Mail!;
        var text = new TextValue(source.Whole);
        Value when = date is { } known ? new DateValue(PointInTime.OfTime(known.DateTime, known.Offset)) : NoneValue.Instance;
        return new RecordValue(
            RecordShape.Mail,
            [
                new TextValue(source.Name), new TextValue(from), new TextValue(to), when, new TextValue(subject), text,
                new NumberValue(source.SizeBytes),
            ],
            text);
    }
}
