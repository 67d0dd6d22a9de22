using System.Text.RegularExpressions;

namespace Rlm.Offline.Reading;

/// <summary>Keeps of several documents in one prompt, each under <c># variable: file</c>, those whose file the question names.</summary>
internal static partial class DocumentSections
{
    public static string FindNamed(string text, string question)
    {
        MatchCollection heads = Head.Matches(text);
        if (heads.Count < 2)
            return text;

        HashSet<string> asked = [.. WordReader.Read(question).Select(static w => w.Stem)];
        List<string> kept = [];
        for (int i = 0; i < heads.Count; i++)
        {
            int end = i + 1 < heads.Count ? heads[i + 1].Index : text.Length;
            if (WordReader.Read(Path.GetFileNameWithoutExtension(heads[i].Groups["file"].Value)).Exists(w => asked.Contains(w.Stem)))
                kept.Add(text[heads[i].Index..end]);
        }

        return kept.Count == 0 ? text : string.Concat(kept);
    }

    [GeneratedRegex(@"^# \w+: (?<file>\S.*?)\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Head { get; }
}
