using System.Text;
using Rlm.Runtime.Models;

namespace Rlm.Runtime.Tests.Models;

/// <summary>No key, and no part of one, is shown or written.</summary>
internal sealed class KnownKeysTests
{
    [Test]
    public async Task Fail_EndpointEchoesAnyPart_ShowsNone(
        [Values("prefix", "suffix", "middle", "upper", "whole")] string part, [Values(401, 500, 200)] int status)
    {
        string echoed = part switch
        {
            "prefix" => ModelClients.Key[..9],
            "suffix" => ModelClients.Key[^8..],
            "middle" => ModelClients.Key[3..14],
            "upper" => ModelClients.Key.ToUpperInvariant(),
            _ => ModelClients.Key,
        };
        await using var server =
            new LoopbackModelServer(LoopbackReply.Error(status, "{\"error\":{\"message\":\"the key " + echoed + ", is wrong\"}}"));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        var failure = await ModelClients.FailAsync(client);

        Assert.That(failure.Message, Does.Not.Contain(echoed).IgnoreCase.And.Contain("the key [key], is wrong"));
    }

    [Test]
    public async Task Run_ReplyEchoesTheKey_IsNeitherInTheAnswerNorInTheJournal()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-keys-{Environment.ProcessId}.jsonl");
        await using var server = new LoopbackModelServer($"You sent {ModelClients.Key}.");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);
        try
        {
            ProgramRun run;
            using (var journal = RlmJournal.Create(path))
                run = await ProgramRun.RunAsync(
                    $"context | lines | first 1\nanswer context | llm \"What is {ModelClients.Key}?\"",
                    $"key: {ModelClients.Key}",
                    client,
                    new RlmOptions { Journal = journal });

            Assert.That(run.Answer, Is.EqualTo("You sent [key]."));
            Assert.That(await File.ReadAllTextAsync(path), Does.Not.Contain(ModelClients.Key).And.Contain("What is [key]?"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase("none")]
    [TestCase("sk-no-key-required")]
    [TestCase("local-key-1")]
    public void Redact_WordThatStandsForAKey_IsLeftInReplies(string key)
    {
        KnownKeys.Add(key);

        Assert.That(Encoding.UTF8.GetString(KnownKeys.Redact(Encoding.UTF8.GetBytes($"it is {key}")).Span), Is.EqualTo($"it is {key}"));
    }
}
