using System.Text;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Answers a sub-call from its data alone: one value, or one line for each packed row.</summary>
internal static class SubCallAnswerer
{
    public static string Answer(string prompt)
    {
        SubCall call = SubCall.Read(prompt);
        if (call.Rows is null)
            return AnswerWhole(call);
        if (call.AsksForGroups)
            return NameGroups.Answer(call.Rows);

        StringBuilder reply = new();
        foreach ((string id, string text) in call.Rows)
            reply.Append(reply.Length > 0 ? "\n" : "").Append('[').Append(id).Append("] ")
                .Append(Blanks.Fold(AnswerOne(call.Instruction, text, call.Type)));
        return reply.ToString();
    }

    private static string AnswerWhole(SubCall call)
    {
        string data = call.Data ?? call.Instruction;
        if (call.Type is not { Kind: ReplyKind.Text, IsJson: false })
            return AnswerOne(call.Instruction, data, call.Type);
        return data.Trim().Length == 0 && !call.Type.IsOptional
            ? OfflineChatClient.NoText
            : AnswerOne(Wanted.WithSynonyms(call.Instruction),
                RowText.WritePlain(DocumentSections.FindNamed(data, call.Instruction), Wanted.IsName(call.Instruction)), call.Type);
    }

    private static string AnswerOne(string instruction, string text, ReplyType type)
    {
        Item item = new(instruction, text);
        if (type.IsJson)
            return item.Sentences.Count == 0 && type.IsOptional ? "none" : JsonReply.Answer(item, type);
        return ScalarReply.Answer(item, type) ?? "none";
    }
}
