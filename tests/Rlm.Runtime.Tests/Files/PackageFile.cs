using System.IO.Compression;
using System.Text;

namespace Rlm.Runtime.Tests.Files;

/// <summary>Makes Office files and books of parts, so that a test shows what of a file matters.</summary>
internal sealed class PackageFile
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly List<(string Path, byte[] Content)> _parts = [];

    /// <summary>A Word document.</summary>
    /// <param name="body">What is in its body; the prefix of elements is <c>w</c>.</param>
    public static PackageFile OfDocument(string body) => new PackageFile()
        .AddRelations("_rels/.rels", ("officeDocument", "word/document.xml"))
        .Add("word/document.xml", WordRoot("document", $"<w:body>{body}</w:body>"));

    /// <summary>A workbook of sheets with the names and the rows that are given.</summary>
    public static PackageFile OfWorkbook(params (string Name, string Rows)[] sheets)
    {
        var file = new PackageFile().AddRelations("_rels/.rels", ("officeDocument", "xl/workbook.xml"));
        string list = string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" r:id=\"r{i + 1}\"/>"));
        file.Add("xl/workbook.xml", $"<workbook xmlns=\"{Sheet}\" xmlns:r=\"{Relationships}\"><sheets>{list}</sheets></workbook>");
        file.AddRelations(
            "xl/_rels/workbook.xml.rels",
            [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{i + 1}.xml")), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]);
        for (int i = 0; i < sheets.Length; i++)
            file.Add($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns=\"{Sheet}\"><sheetData>{sheets[i].Rows}</sheetData></worksheet>");
        return file.AddSheetPart("styles.xml", "styleSheet", "").AddSheetPart("sharedStrings.xml", "sst", "");
    }

    public static string WordRoot(string name, string content) =>
        $"<w:{name} xmlns:w=\"{Word}\" xmlns:r=\"{Relationships}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
        + $" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\">{content}</w:{name}>";

    public PackageFile AddWordPart(string path, string root, string content) => Add($"word/{path}", WordRoot(root, content));

    public PackageFile AddSheetPart(string path, string root, string content) => Add($"xl/{path}", $"<{root} xmlns=\"{Sheet}\">{content}</{root}>");

    /// <summary>A part, in place of one with the same path.</summary>
    public PackageFile Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    public PackageFile Add(string path, byte[] content)
    {
        _parts.RemoveAll(part => part.Path == path);
        _parts.Add((path, content));
        return this;
    }

    public PackageFile Remove(string path)
    {
        _parts.RemoveAll(part => part.Path == path);
        return this;
    }

    /// <summary>Relations with the ids r1, r2 and so on.</summary>
    public PackageFile AddRelations(string path, params (string Type, string Target)[] relations) => Add(
        path,
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select((one, i) => $"<Relationship Id=\"r{i + 1}\" Type=\"{Relationships}/{one.Type}\" Target=\"{one.Target}\"/>"))
        + "</Relationships>");

    public IEnumerable<string> Paths => _parts.Select(part => part.Path);

    public PackageFile Copy()
    {
        var copy = new PackageFile();
        copy._parts.AddRange(_parts);
        return copy;
    }

    /// <summary>The file with signs of one of its parts changed, so that it is a whole zip file of other XML.</summary>
    public PackageFile Break(Random random)
    {
        var (path, content) = _parts[random.Next(_parts.Count)];
        byte[] other = [.. content];
        for (int i = 0; i < 3 && other.Length > 0; i++)
            other[random.Next(other.Length)] = (byte)"<>/\"=&x0"[random.Next(8)];
        return Copy().Add(path, other);
    }

    public byte[] ToBytes(bool isPacked = true)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in _parts)
            {
                using var part = zip.CreateEntry(path, isPacked ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
                part.Write(content);
            }
        }

        return file.ToArray();
    }
}
