using Microsoft.Extensions.AI;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Tests.Models.Offline;

/// <summary>Sends the offline model prompts as the runtime writes them.</summary>
internal static class OfflinePrompt
{
    public const string Oolong =
        "context: text, 1,783 lines, 212,120 bytes (q.txt)\n| Date: Mar 05, 2023 || User: 63685 || Instance: How far is it to the moon?\n| …\n| Date: Apr 09, 2023 || User: 11201 || Instance: WIN a free prize now";
    public const string Log =
        "context: text, 10,000 lines, 812,120 bytes (server.log)\n| 2024-03-01 10:00:01 INFO request done host=web-01 path=/cart took=120ms\n| 2024-03-01 10:00:02 ERROR pool exhausted host=web-02 path=/pay took=900ms\n| …\n| 2024-03-02 11:00:02 INFO request done host=web-01 path=/pay took=80ms";
    public const string Csv =
        "context: text, 500 lines, 20,000 bytes (sales.csv)\n| order_date,customer,product,amount\n| 2024-01-02,Acme,Bolt,12.50\n| 2024-02-03,Birch,Nut,3.20";
    public const string JsonLines =
        "context: text, 900 lines, 90,000 bytes (talk.jsonl)\n| {\"time\":\"2024-01-02T10:00:00\",\"speaker\":\"Ann\",\"text\":\"Hello all\"}\n| {\"time\":\"2024-01-02T10:01:00\",\"speaker\":\"Bob\",\"text\":\"We ship Monday\"}";
    public const string Mails =
        "context: text, 4,000 lines, 150,000 bytes (mails.txt)\n| From: Ann Lee\n| Subject: Refund please\n| The parcel never arrived.\n| From: Bob Ray";
    public const string Prose =
        "context: text, 9,000 lines, 540,000 bytes (novel.txt)\n| It was a dark night in the village.\n| …\n| Roger Ackroyd was dead.";
    public const string Docs = "context: list of doc, 12 items, 90,120 bytes\n| a.txt: This agreement is made\n| b.txt: Lease";

    public static string Root(string question, string card, params string[] earlierReplies) => Root(question, card, 50, earlierReplies);

    public static string Root(string question, string card, int callsLeft, params string[] earlierReplies)
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, PromptMarkers.Wrap(PromptMarkers.Question, question) + "\n"
                + PromptMarkers.Frame(PromptMarkers.Variables, card) + "\n"
                + PromptMarkers.Wrap(PromptMarkers.Budget, $"turn 1 of 20; 0 of 400 sub-calls used, {callsLeft} left")),
        ];
        foreach (string reply in earlierReplies)
        {
            messages.Add(new(ChatRole.Assistant, reply));
            messages.Add(new(ChatRole.User, PromptMarkers.Frame(PromptMarkers.Diagnostics, "RLM2001")));
        }

        return Send(messages);
    }

    public static string Item(string instruction, string data, string type) =>
        Send([new(
            ChatRole.User,
            $"{instruction}\n{PromptMarkers.Frame(PromptMarkers.Data, data)}\n{PromptMarkers.Wrap(PromptMarkers.Reply, type)}")]);

    public static string Rows(string instruction, string rows, string type) =>
        Send([new(
            ChatRole.User,
            $"{instruction}\n{PromptMarkers.Frame(PromptMarkers.Rows, rows)}\n{PromptMarkers.Wrap(PromptMarkers.Reply, type)}")]);

    public static string Send(IEnumerable<ChatMessage> messages)
    {
        using OfflineChatClient client = new();
        return client.GetResponseAsync(messages).GetAwaiter().GetResult().Text;
    }
}
