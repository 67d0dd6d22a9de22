namespace Rlm.Dsl.Parsing;

/// <summary>
/// What one parse remembers over all its alternatives: the furthest place it came to, what it wanted there, and its depth.
/// </summary>
/// <param name="source">The program.</param>
/// <param name="tools">The names of the host's functions; null for none.</param>
internal sealed class ParseState(string source, IReadOnlyCollection<string>? tools = null)
{
    private readonly List<string> _expected = [];
    private readonly int _maxSteps = 10_000 + source.Length * ParseLimits.MaxStepsPerChar;
    private readonly List<SourceSpan> _broken = [];
    private int _steps;
    private int _depth;

    /// <summary>The furthest place where a token did not fit.</summary>
    public int FurthestPosition { get; private set; } = -1;

    /// <summary>What would have fitted there, in the order tried.</summary>
    public IReadOnlyList<string> Expected => _expected;

    /// <summary>A failure that no alternative can mend, such as a string without an end.</summary>
    public Diagnostic? Fatal { get; private set; }

    /// <summary>Columns that every line of the program is indented by.</summary>
    public int CommonIndentation { get; } = Layout.CommonIndentation(source);

    /// <summary>What was reported and is passed over when the statement is read again.</summary>
    public IReadOnlyList<SourceSpan> Broken => _broken;

    /// <summary>Passes over a stretch from now on.</summary>
    public void PassOver(SourceSpan broken) => _broken.Add(broken);

    /// <summary>The stretch to pass over that begins at a place; null where none does.</summary>
    public SourceSpan? FindBroken(int position)
    {
        foreach (var span in _broken)
        {
            if (span.Start == position)
                return span;
        }

        return null;
    }

    /// <summary>The level whose pipeline may be compared behind it; null where none may.</summary>
    public ProgramGrammar? ComparedLevel { get; set; }

    /// <summary>The level on which the condition of such a pipeline's last fold is read, so that a second comparison is of what it gives; null elsewhere.</summary>
    public ProgramGrammar? CountedLevel { get; set; }

    /// <summary>Whether a stage's head word is a tool's name, which no synonym hides: only the words of the catalogue come before it.</summary>
    public bool IsTool(string head) => tools is not null && tools.Contains(head) && !Operators.OperatorCatalog.ByHead.Contains(head);

    /// <summary>Counts a token; false when the parse has failed for good.</summary>
    public bool Step(int position)
    {
        if (++_steps > _maxSteps)
            Fail(new Diagnostic(
                DslDiagnostics.TooComplex, new SourceSpan(position, 0), "the program is too tangled to read", "split it with `let`"));
        return Fatal is null;
    }

    public void Expect(int position, string what)
    {
        if (position < FurthestPosition)
            return;

        if (position > FurthestPosition)
        {
            FurthestPosition = position;
            _expected.Clear();
        }

        if (!_expected.Contains(what))
            _expected.Add(what);
    }

    /// <summary>Forgets where earlier statements failed.</summary>
    public void StartStatement()
    {
        FurthestPosition = -1;
        _expected.Clear();
        Fatal = null;
    }

    public void Fail(Diagnostic diagnostic) => Fatal ??= diagnostic;

    /// <summary>Goes one level deeper; false when that is too deep.</summary>
    public bool Enter(int position)
    {
        if (_depth >= ParseLimits.MaxDepth)
        {
            Fail(new Diagnostic(DslDiagnostics.TooDeep, new SourceSpan(position, Math.Min(1, source.Length - position)),
                $"nested more than {ParseLimits.MaxDepth} levels deep", "name the inner parts with `let` and use the names"));
            return false;
        }

        _depth++;
        return true;
    }

    public void Leave() => _depth--;
}
