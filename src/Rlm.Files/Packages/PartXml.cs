using System.Text;
using System.Xml;

namespace Rlm.Files.Packages;

/// <summary>Goes through a part of XML once, from its start. Elements and attributes are told by their local names.</summary>
internal sealed class PartXml : IDisposable
{
    /// <summary>The longest text of an element, in characters.</summary>
    public const int MaxTextChars = 16 * 1024 * 1024;

    private const int MaxDepth = 512;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = FilePackage.MaxUnpackedBytes,
    };

    private readonly XmlReader _xml;
    private readonly StringBuilder _text = new();
    private readonly char[] _chunk = new char[1024];

    public PartXml(Stream stream) => _xml = XmlReader.Create(new TagStream(stream), Settings);

    /// <summary>The local name of the element that is stood on.</summary>
    public string Name => _xml.LocalName;

    public string Namespace => _xml.NamespaceURI;

    public void MoveToRoot()
    {
        while (_xml.NodeType != XmlNodeType.Element && Move())
        {
        }
    }

    /// <summary>Reads what is left, so that what is wrong with it shows.</summary>
    public void ReadToEnd()
    {
        while (Move())
        {
        }
    }

    /// <summary>
    /// Stands on each child element in turn, and gives its name. What of a child is not read until the next one is asked for is
    /// passed over.
    /// </summary>
    public IEnumerable<string> Children()
    {
        if (_xml.NodeType != XmlNodeType.Element || _xml.IsEmptyElement)
            yield break;

        int depth = _xml.Depth;
        while (Move() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1)
                yield return _xml.LocalName;
        }
    }

    /// <summary>Of what is written in several ways, for newer programs and for others, stands on the first.</summary>
    public IEnumerable<string> Choices()
    {
        bool hasOne = false;
        foreach (string name in Children())
        {
            if (hasOne || name is not ("Choice" or "Fallback"))
                continue;

            hasOne = true;
            yield return name;
        }
    }

    /// <summary>Stands on each element below in turn, in their order.</summary>
    public IEnumerable<string> Descendants()
    {
        if (_xml.NodeType != XmlNodeType.Element || _xml.IsEmptyElement)
            yield break;

        int depth = _xml.Depth;
        while (Move() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element)
                yield return _xml.LocalName;
        }
    }

    /// <summary>An attribute without a namespace or in that of its element; null where there is none.</summary>
    public string? Find(string name) => _xml.GetAttribute(name) ?? _xml.GetAttribute(name, _xml.NamespaceURI);

    /// <summary>A number of an attribute; null where there is none.</summary>
    public int? FindNumber(string name) => int.TryParse(
        Find(name), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int number)
        ? number : null;

    /// <summary>Whether a switch is on, as it is where it has no value.</summary>
    public bool IsOn(string name = "val") => Find(name) is not ("0" or "false" or "off");

    /// <summary>The relationship that an attribute such as <c>r:id</c> names; null where there is none.</summary>
    public string? FindRelation(string name = "id")
    {
        string? found = null;
        for (bool has = _xml.MoveToFirstAttribute(); has; has = _xml.MoveToNextAttribute())
        {
            if (_xml.LocalName == name && _xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
                found = _xml.Value;
        }

        _xml.MoveToElement();
        return found;
    }

    /// <summary>All text below the element.</summary>
    public string ReadText()
    {
        if (_xml.NodeType != XmlNodeType.Element || _xml.IsEmptyElement)
            return "";

        _text.Clear();
        int depth = _xml.Depth;
        while (Move() && _xml.Depth > depth)
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace))
                continue;

            for (int count; (count = _xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0;)
            {
                _text.Append(_chunk, 0, count);
                if (_text.Length > MaxTextChars)
                    throw new InvalidDataException(Invariant($"it has a text of more than {MaxTextChars:N0} characters"));
            }
        }

        return _text.ToString();
    }

    public void Dispose() => _xml.Dispose();

    private bool Move()
    {
        bool hasNode = _xml.Read();
        if (_xml.Depth > MaxDepth)
            throw new InvalidDataException($"its elements stand more than {MaxDepth} deep");
        return hasNode;
    }
}
