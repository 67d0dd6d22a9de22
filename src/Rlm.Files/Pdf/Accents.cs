using System.Collections.Frozen;

namespace Rlm.Files.Pdf;

/// <summary>Accents that are signs of their own, and the letters that have them. The system's normalization needs ICU, which is not there.</summary>
internal static class Accents
{
    /// <summary>An accent as a sign, as a mark on a letter, and letters without it and with it, one after the other.</summary>
    private static readonly (char Sign, char Mark, string Letters)[] All =
    [
        ('`', '\u0300', "AÀEÈIÌOÒUÙaàeèiìoòuù"),
        ('´', '\u0301', "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzź"),
        ('ˆ', '\u0302', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷ"),
        ('˜', '\u0303', "AÃNÑOÕaãnñoõIĨiĩUŨuũ"),
        ('¯', '\u0304', "AĀaāEĒeēIĪiīOŌoōUŪuū"),
        ('˘', '\u0306', "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ"),
        ('˙', '\u0307', "CĊcċEĖeėGĠgġIİZŻzż"),
        ('¨', '\u0308', "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸ"),
        ('˚', '\u030A', "AÅaåUŮuů"),
        ('˝', '\u030B', "OŐoőUŰuű"),
        ('ˇ', '\u030C', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzž"),
        ('¸', '\u0327', "CÇcçGĢKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ"),
        ('˛', '\u0328', "AĄaąEĘeęIĮiįUŲuų"),
    ];

    private static readonly FrozenDictionary<string, char> Marks =
        All.SelectMany(one => new[] { ($"{one.Sign}", one.Mark), ($"{one.Mark}", one.Mark) }).ToFrozenDictionary(pair => pair.Item1, pair => pair.Mark, StringComparer.Ordinal);

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = All
        .SelectMany(one => one.Letters.Chunk(2).Select(pair => ((pair[0], one.Mark), pair[1]))).ToFrozenDictionary(entry => entry.Item1, entry => entry.Item2);

    /// <summary>A letter with an accent that was drawn before it; null for any other sign.</summary>
    public static string? PutOn(string letter, string sign)
    {
        if (!Marks.TryGetValue(sign, out char mark))
            return null;

        // The dot of an i goes where an accent is.
        char plain = letter[0] == 'ı' ? 'i' : letter[0];
        return letter.Length == 1 && Composed.TryGetValue((plain, mark), out char whole) ? $"{whole}" : $"{letter}{mark}";
    }
}
