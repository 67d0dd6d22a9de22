namespace Rlm.Runtime.Models;

/// <summary>Tells whoever makes a call of the attempts below it, through clients that know nothing of either.</summary>
internal static class CallTrace
{
    private static readonly AsyncLocal<Action<ModelException, TimeSpan>?> Listener = new();

    /// <summary>From here on, in this flow, each attempt that failed and is made again is told with the wait before it.</summary>
    public static void Begin(Action<ModelException, TimeSpan> onRetry) => Listener.Value = onRetry;

    public static void Retrying(ModelException failure, TimeSpan delay) => Listener.Value?.Invoke(failure, delay);
}
