namespace Rlm.Runtime.Texts.Sources;

/// <summary>What is known of a text beside its lines, which a part of it does not tell.</summary>
/// <param name="Name">What <c>cite</c> calls it.</param>
/// <param name="SizeBytes">Its length.</param>
internal sealed record TextFacts(string Name, long SizeBytes)
{
    /// <summary>When the file was changed last; null for a text that is not a file.</summary>
    public DateTime? ModifiedUtc { get; init; }

    public double BytesPerToken { get; init; }

    public string? LikelyEncoding { get; init; }

    /// <summary>How many places are not UTF-8, as far as they are told apart.</summary>
    public int FaultCount { get; init; }

    /// <summary>The line of the first of them; null for none.</summary>
    public long? FaultLine { get; init; }

    public long Undecoded { get; init; }

    public string? Gap { get; init; }

    public bool HasEncodedParts { get; init; }

    /// <summary>Whether it is read when it is used, so that what it lacks concerns those alone who use it.</summary>
    public bool IsDeferred { get; init; }

    public RlmMailHeader? Mail { get; init; }

    /// <summary>The places of the file that the text was read from; null for a file that is a text itself.</summary>
    public PlaceMap? Places { get; init; }

    /// <summary>Gathers what is known of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasEncodedParts">Whether it is mail with parts that are not decoded.</param>
    public static TextFacts Of(TextSource text, bool hasEncodedParts) => new(text.Name, text.SizeBytes)
    {
        ModifiedUtc = text.ModifiedUtc,
        BytesPerToken = text.BytesPerToken,
        LikelyEncoding = text.LikelyEncoding,
        Undecoded = text.Undecoded,
        Gap = text.Gap,
        HasEncodedParts = hasEncodedParts,
        IsDeferred = text.IsMadeOfFile,
        Mail = text.Mail,
        Places = text.Places,
    };
}
