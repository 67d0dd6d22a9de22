using System.Text;
using RoslynText = Microsoft.CodeAnalysis.Text.SourceText;

namespace Rlm.Generators.Support;

/// <summary>Writes indented C# with line feeds, whatever the machine's.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public SourceWriter(int depth = 0) => _depth = depth;

    /// <summary>How far lines are indented.</summary>
    public int Depth => _depth;

    /// <summary>The lines of another one, which was begun as deep.</summary>
    public SourceWriter Append(SourceWriter other)
    {
        _text.Append(other._text);
        return this;
    }

    public SourceWriter Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _depth * 4).Append(line);
        _text.Append('\n');
        return this;
    }

    /// <summary>The lines between braces; a semicolon or the like may follow the closing one.</summary>
    public SourceWriter Block(string header, Action body, string after = "")
    {
        Line(header).Line("{");
        Indent(body);
        return Line("}" + after);
    }

    public SourceWriter Indent(Action body)
    {
        _depth++;
        body();
        _depth--;
        return this;
    }

    public RoslynText ToSourceText() => RoslynText.From(_text.ToString(), Encoding.UTF8);
}
