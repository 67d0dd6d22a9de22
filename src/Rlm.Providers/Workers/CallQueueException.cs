namespace Rlm;

/// <summary>A queue of calls that does not answer, or that refuses what it is asked.</summary>
public sealed class CallQueueException : Exception
{
    /// <param name="message">One line.</param>
    /// <param name="isTransient">Whether the same may succeed a little later.</param>
    /// <param name="innerException">The cause.</param>
    public CallQueueException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Whether the same may succeed a little later.</summary>
    public bool IsTransient { get; }
}
