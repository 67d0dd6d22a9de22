namespace Rlm.Documents;

/// <summary>Takes text as it is laid out.</summary>
/// <param name="utf8">The next part, in UTF-8; it may end within a letter.</param>
internal delegate void BlockSink(ReadOnlySpan<byte> utf8);
