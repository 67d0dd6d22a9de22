using Microsoft.Extensions.AI;

namespace Rlm.Cli.Runs;

/// <summary>Replays the offline model, which says of what rests on its replies that it is a guess.</summary>
internal sealed class OfflineReplayClient(ReplayChatClient replay) : DelegatingChatClient(replay)
{
    private readonly OfflineChatClient _offline = new();

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        base.GetService(serviceType, serviceKey) ?? _offline.GetService(serviceType, serviceKey);
}
