using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Providers.Wire;

/// <summary>The fields of a reply that all protocols have.</summary>
internal struct ReplyHead
{
    private string? _id, _model;
    private JsonElement? _error;

    /// <summary>Takes the field that the reader is at, if it is one of them.</summary>
    public void Read(ref ReplyJson json)
    {
        if (json.Is("id"u8))
            _id = json.Text();
        else if (json.Is("model"u8))
            _model = json.Text();
        else if (json.Is("error"u8))
            _error = json.Error();
    }

    /// <exception cref="ModelException">The reply holds an error.</exception>
    public readonly void ThrowIfError(FailureReader failures)
    {
        if (_error is { } reported)
            throw failures.Error(reported);
    }

    public readonly ChatResponse ResponseOf(
        string text, ChatFinishReason? finish, UsageDetails? usage) => new(new ChatMessage(ChatRole.Assistant, text))
        {
            ResponseId = _id,
            ModelId = _model,
            FinishReason = finish,
            Usage = usage,
        };
}
