namespace Rlm;

/// <summary>A program's text, its name and its line starts.</summary>
public sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    /// <summary>Takes a text as it is; spans count its characters, carriage returns included.</summary>
    /// <param name="content">The program.</param>
    /// <param name="name">What a diagnostic calls it: a file name, or <c>program</c>.</param>
    public SourceText(string content, string name = "program")
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(name);
        Content = content;
        Name = name;
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] == '\n')
                _lineStarts.Add(i + 1);
        }
    }

    /// <summary>The whole text.</summary>
    public string Content { get; }

    /// <summary>What a diagnostic calls it.</summary>
    public string Name { get; }

    /// <summary>Number of lines; an empty text has one.</summary>
    public int LineCount => _lineStarts.Count;

    /// <summary>Line and column of an offset; offsets past the end give the end.</summary>
    public LinePosition PositionOf(int offset)
    {
        int bounded = Math.Max(0, Math.Min(offset, Content.Length));
        int index = _lineStarts.BinarySearch(bounded);
        int line = index >= 0 ? index : ~index - 1;
        return new LinePosition(line + 1, bounded - _lineStarts[line] + 1);
    }

    /// <summary>The line of that number, from 1, without its line end.</summary>
    public string LineAt(int line)
    {
        int start = _lineStarts[line - 1];
        int end = line < _lineStarts.Count ? _lineStarts[line] - 1 : Content.Length;
        return Content.Substring(start, end - start).TrimEnd('\r');
    }

    /// <summary>The text under a span.</summary>
    public string TextAt(SourceSpan span) => Content.Substring(span.Start, span.Length);
}
