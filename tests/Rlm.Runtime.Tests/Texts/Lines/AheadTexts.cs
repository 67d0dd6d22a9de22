using CsCheck;
using Rlm.Runtime.Texts.Lines;

namespace Rlm.Runtime.Tests.Texts.Lines;

/// <summary>Random texts of pieces, and ways to read them ahead in ranges so short that rows and lines go over them.</summary>
internal static class AheadTexts
{
    /// <summary>Limits with threads that read ahead however small a text is.</summary>
    public static readonly Gen<AheadLimits> Limits = Gen.Select(
        Gen.Int[0, 60], Gen.Int[8, 300], Gen.Int[1, 3], (first, range, threads) => new AheadLimits(first, range, threads));

    /// <summary>Up to so many pieces one after the other, most of them common ones.</summary>
    public static Gen<string> Of(int most, string[] common, string[] rare) =>
        Gen.Frequency((9, OneOf(common)), (1, OneOf(rare))).Array[0, most].Select(string.Concat);

    private static Gen<string> OneOf(string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(piece => pieces[piece]);
}
