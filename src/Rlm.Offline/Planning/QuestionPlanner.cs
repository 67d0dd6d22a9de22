using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Planning;

/// <summary>Writes the pipelines for a question, the most specific first; the last ones need no call and hardly any luck.</summary>
internal sealed class QuestionPlanner
{
    /// <summary>What it says where it found nothing, which is not an answer.</summary>
    public const string NothingFound = "The offline model found no answer.";

    /// <summary>Ends the loop whatever went before.</summary>
    public const string NoAnswer = $"answer \"{NothingFound}\"";

    /// <summary>A text up to this size is read whole.</summary>
    private const int WholeBytes = 60_000;

    private readonly Question _question;
    private readonly Card _card;
    private readonly RowShape _shape;
    private readonly LabelRequest? _labels;
    private readonly int _callsLeft;
    private readonly RowConditions _conditions;
    private readonly Field? _target;
    private readonly Field? _measure;
    private readonly bool _areDocuments;

    public QuestionPlanner(Question question, IReadOnlyList<Card> cards, int callsLeft)
    {
        _question = question;
        _card = cards.FirstOrDefault(static c => c.Name == "context")
            ?? (cards.Count > 0 ? cards[0] : new Card("context", "text", 0, 0, []));
        _shape = RowShape.Of(_card);
        _callsLeft = callsLeft;
        _labels = callsLeft > 0 ? LabelRequest.Find(question, cards, _shape) : null;
        _areDocuments = _card.Type.Contains("doc", StringComparison.Ordinal);
        _conditions = RowConditions.Find(question, _shape, _labels, _areDocuments);
        _target = FieldFinder.FindTarget(question, _shape);
        _measure = FieldFinder.FindMeasure(question, _shape);
    }

    private string Name => _card.Name;

    public IEnumerable<string> Programs()
    {
        if (_labels is not null)
        {
            yield return OfflineVerdict.AsGuess(WriteLabelled(""));
            yield return OfflineVerdict.AsGuess(
                WriteLabelled($" pack {Math.Max(1, (_card.Items + _callsLeft - 1) / _callsLeft).ToString(CultureInfo.InvariantCulture)}"));
        }

        string? signs = LastResorts.FindSigns(_question, _card, _shape);
        bool isIncident = LastResorts.IsIncident(_question) && _question.Has(@"\b(caus\w*|why|what|explain)\b");
        string? nearest = LastResorts.FindNearest(
            _question, _card, _conditions.Terms.Count > 0 ? _conditions.Terms : _question.Terms(new HashSet<string>()));
        string? exact = WriteExact();
        if (exact is not null && IsCertain(exact))
            yield return exact;
        string?[] programs = [exact is not null && !IsCertain(exact) ? exact : null, isIncident ? signs : null,
            _areDocuments && exact is not null ? nearest : null, _callsLeft > 0 ? WriteQuestion() : null, signs, nearest];
        foreach (string program in programs.OfType<string>().Distinct(StringComparer.Ordinal))
            yield return OfflineVerdict.AsGuess(program);
        yield return NoAnswer;
    }

    /// <summary>
    /// Whether the program says what the question says: it counts, sums, ranks or lists typed rows or plain lines, every number of the
    /// question is in it, and no word asks for more than that.
    /// </summary>
    private bool IsCertain(string program) => !_areDocuments
        && _conditions.Terms.All(term => _question.Phrases.Any(phrase => ProgramText.Escape(phrase) == term))
        && (_shape.Fields.Count > 0 || _question.Has(@"\b(lines|words|paragraphs)\b"))
        && !program.Contains("\"N\"", StringComparison.Ordinal) && !program.Contains("Yes: ", StringComparison.Ordinal)
        && !_question.Has(
            @"\b(not|no|never|without|except|excluding|exclude|other than|besides|but|why|compared?|differen(ce|t from)|change[ds]?|grow\w*|trends?|ratio|correlat\w*|twice|half|likely)\b|n't\b|\band (why|when|who|what|which|how|where)\b")
        && !_question.Has(
            @"\b(yesterday|today|tomorrow|tonight|week(day|end)s?|morning|afternoon|evening|night|(last|past|next|this|previous) (day|week|month|quarter|year)|(mon|tues|wednes|thurs|fri|satur|sun)days?|q[1-4]|second|third|fourth|fifth|[2-9](nd|rd|th)|between|times|once)\b")
        && !_question.Has(@"\b(before|after|since|until)\b(?! \d{4}-\d\d-\d\d)")
        && _question.Words.All(word => !(word.IsNumber || WordLists.Numeral(word.Text) > 1) || Holds(program, word))
        && (!_question.Words.Any(static word => WordLists.Month(word.Text) > 0) || Regex.IsMatch(program, @"\bmonth\(|\d{4}-\d\d"))
        && (!_question.Has(@"\b(who|whose|whom)\b") || Regex.IsMatch(program, @"\b(by|get) |\bcount$|\bsum \S+$"))
        && !MayCountAKind;

    /// <summary>
    /// Whether the rows are of several kinds, which a column tells, and the question may mean one of them by a word that is taken for all.
    /// </summary>
    private bool MayCountAKind => _question.Words.Any(static word => RowConditions.NamesAKind(word))
        && _shape.Fields.Any(column => FieldFinder.TellsKinds(column) && !_conditions.Fields.Contains(column));

    private static bool Holds(string program, Word word)
    {
        string number = WordLists.Numeral(word.Text) is > 1 and var numeral
            ? numeral.ToString(CultureInfo.InvariantCulture)
            : word.Text.Replace(",", "", StringComparison.Ordinal);
        return Regex.IsMatch(program, $@"(?<![\w.]){Regex.Escape(number)}(?!\w)");
    }

    private string WriteLabelled(string pack)
    {
        string rows = _shape.Rows, where = _conditions.Where;
        string name = _labels!.Labels.FirstOrDefault(l => _question.Has($@"\b{Regex.Escape(l.ToLowerInvariant())}\b")) ?? _labels.Labels[0];
        string is_ = $"label == {ProgramText.Quote(name)}";
        string target = _target?.Name ?? "label";
        string fold = _question.Has(@"\bmore (common|often|frequent)|less (common|often|frequent)") && _labels.Labels.Count > 1
            ? WriteNamedComparison()
            : _question.Has(@"percent|share of|proportion|fraction") ? $"\"{{round(100 * (labelled | share {is_}), 1)}} %\""
            : _question.Has(@"\bhow many|number of") && !_question.Has(@"\b(most|least)\b") ? $"labelled | where {is_} | count"
            : _question.Has(@"\b(most|least|fewest|rarest)\b")
                ? $"labelled{(target == "label" ? "" : $" | where {is_}")} | count by {target} | {WriteExtreme(target)}"
            : _question.Has(@"^(list|which|show|find|what are)\b")
                ? $"labelled | where {is_}{(_target is null ? "" : $" | get {target} | distinct")}"
            : "labelled | count by label | to table";
        return $"let rows = {rows}\nlet labelled = rows{where} | extend label = llm \"Which of the labels fits this item?\" as one of {_labels.Notation}{pack}\nanswer {fold}";
    }

    private string WriteNamedComparison()
    {
        List<string> named = [.. _labels!.Labels.Where(l => _question.Has($@"\b{Regex.Escape(l.ToLowerInvariant())}\b"))
            .OrderBy(l => _question.Lower.IndexOf(l.ToLowerInvariant(), StringComparison.Ordinal))];
        string a = named.Count > 0 ? named[0] : _labels.Labels[0], b = named.Count > 1 ? named[1] : _labels.Labels.First(l => l != a);
        return WriteComparison($"(labelled | where label == {ProgramText.Quote(a)} | count)",
            $"(labelled | where label == {ProgramText.Quote(b)} | count)", a, b);
    }

    private static string WriteComparison(string a, string b, string left, string right)
    {
        string l = ProgramText.Quote(left)[1..^1], r = ProgramText.Quote(right)[1..^1];
        return $"\"{l} is {{if {a} > {b} then \"more common than\" else if {a} < {b} then \"less common than\" else \"as common as\"}} {r}\"";
    }

    private string WriteExtreme(string key, string fold = "count")
    {
        bool least = _question.Has(@"\b(least|fewest|rarest)\b");
        if (_question.Ranked is { } n)
            return $"{(least ? $"sort by {fold} | first {n}" : $"top {n} by {fold}")} | map \"{{{key}}}: {{{fold}}}\" | join \"\\n\"";
        if (_question.Has(@"\bsecond (most|least)"))
            return $"{(least ? $"sort by {fold} | first 2" : $"top 2 by {fold}")} | last | get {key}";
        return $"{(least ? $"sort by {fold} | first" : $"top 1 by {fold}")} | get {key}";
    }

    private string? WriteExact()
    {
        string rows = WriteRows();
        if (_question.Has(@"\bwhy\b|explain|summar|overview|describe|root cause"))
            return null;
        if (_question.Has(@"percent|share of|proportion|fraction"))
            return WriteShare();
        if (_question.Has(@"\b(more|less) (common|often|frequent\w*)\b"))
            return WriteTermComparison();
        if (WriteAggregate() is { } aggregate)
            return aggregate;
        string key = WriteKey();
        if (_question.Has(@"\b(per|for each|by each)\b|\bcount\b.*\bby\b|\b(how (many|often)|number of)\b.*\b(each|every)\b")
            && key.Length > 0)
            return $"answer {WriteRows(FindBinned(key))} | count by {key} | sort by count desc | to table";
        if (_question.Has(@"\b(most|fewest|least|rarest)\b|\btop \w+\b|\b(best|worst)[ -](sell\w*|sold)|\b(sold|sells?) (best|worst)\b")
            && !_question.Has(@"\bat (most|least)\b"))
            return WriteFrequent(key);
        if (_question.Has(@"\bhow many\b|\bnumber of\b|^count\b"))
            return IsFact() ? null : WriteCount();
        if (_question.Match(@"\b(first|last|earliest|latest|most recent|oldest|newest)\b") is { Success: true } end)
        {
            // Lines of a log stand in order; rows of a table may not.
            string order = _shape.Head is null && _shape.Rows != Name
                && _shape.Fields.FirstOrDefault(static f => f.Type == "date") is { } date ? $" | sort by {date.Name}" : "";
            return $"answer {WriteWholeRows(WriteRows(order.Length > 0 ? _shape.Fields.First(static f => f.Type == "date") : null))}{order} | {(end.Value is "first" or "earliest" or "oldest" ? "first" : "last")}";
        }

        if (_question.Has(@"^(is|are|was|were|do|does|did|has|have|can) ") && _conditions.Terms.Count > 0)
            return $"let hits = {rows}\nanswer if (hits | count) > 0 then \"Yes: {{hits | first}}\" else \"{(_conditions.Terms.Count == 1 ? "No line matches." : "")}\"";
        if (!_question.Has(@"^(list|which|show|find|give|print|what are)\b|\ball (the )?"))
            return null;
        if (_target is not null)
            return $"answer {rows} | get {_target.Name} | distinct | join \"\\n\"";
        return _areDocuments && _conditions.Terms.Count > 0
            ? $"answer {Name}{_conditions.Matching} | get name | join \"\\n\""
            : _question.Has(@"\bwhich\b.*\b(who|and)\b") ? null : $"answer {WriteWholeRows(rows)} | join \"\\n\"";
    }

    private string WriteRows(params Field?[] more)
    {
        // What has no path is not a request.
        Field? path = _question.Has(@"\b(requests?|responses?)\b") && _shape.Find("path") is { Pattern: not null } request ? request : null;
        IEnumerable<Field> fields = [.. _conditions.Fields, .. more.Append(_target).Append(path).OfType<Field>()];
        string rows = _shape.Read(_card, fields);
        bool parsed = rows.Contains(" | parse ", StringComparison.Ordinal) || rows.Contains(" | extract ", StringComparison.Ordinal);
        if (parsed)
        {
            bool early = rows.Contains(" | extract ", StringComparison.Ordinal);
            if (early && _conditions.Terms.Count > 0)
                rows = rows.Replace($"{Name} | extract", $"{Name}{_conditions.Grep} | extract", StringComparison.Ordinal);
            return rows + _conditions.Where + (early ? "" : string.Concat(_conditions.Terms.Select(t => $" | where {Holds(t)}")));
        }

        return _conditions.Terms.Count == 0 ? $"{_shape.Rows}{_conditions.Where}" : $"{Name}{_conditions.Grep}";
    }

    /// <summary>A term may stand in any text column, unless one holds what people wrote.</summary>
    private string Holds(string term)
    {
        List<Field> texts = [.. _shape.Fields.Where(static f => f.Type == "text")];
        if (texts.Find(FieldFinder.IsBody) is { } body
            && !_question.Words.Any(w => w.IsCapitalised && w.Start > 0 && ProgramText.Inflect(w) == term))
            texts = [body];
        return texts.Count == 0 ? "true" : string.Join(" or ", texts.Select(f => $"{f.Name} matches /{term}/i"));
    }

    /// <summary>Running text tells how many of something there are; there is nothing in it to count.</summary>
    private bool IsFact() => _card.IsText && _shape is { Fields.Count: 0, Records: null }
        && !_question.Has(
            @"\b(lines?|words?|paragraphs?|times|occur\w*|occurrences?|mention\w*|contain\w*|include\w*|are there|match\w*)\b|^count\b");

    /// <summary>The records of several lines, where the question counts them by the word that opens them.</summary>
    private string? WriteRecords() => _shape.Records is { } opener
        && _question.Words.Any(w => opener.Contains($" {w.Stem} ", StringComparison.OrdinalIgnoreCase))
        ? $"{Name} | chunk by /^{opener}$/"
        : null;

    /// <summary>Log lines as they stand, found by their level, where nothing but the level is asked for.</summary>
    private string WriteWholeRows(string rows) =>
        _shape.Head is { Length: > 0 } head && _target is null && _conditions.Condition.Split('"') is ["level == ", var level, ""]
            ? $"{Name}{(_conditions.Terms.Count > 0 ? _conditions.Grep : "")} | grep /^{head} \\[?{level}\\b/"
            : rows;

    private string WriteKey()
    {
        if (_shape.Fields.FirstOrDefault(static f => f.Type == "date") is { } date)
        {
            if (_question.Match(@"\b(?:per|each|every|by|which|what) (hour|day|week|month|quarter|year)\b") is { Success: true } unit
                && unit.Groups[1].Value != date.Name)
                return unit.Groups[1].Value == "hour"
                    ? $"hour = bin({date.Name}, 1h)"
                    : $"{unit.Groups[1].Value} = bin({date.Name}, \"{unit.Groups[1].Value}\")";
        }

        return _target?.Name ?? "";
    }

    private Field? FindBinned(string key) =>
        key.Contains("bin(", StringComparison.Ordinal) ? _shape.Fields.First(static f => f.Type == "date") : null;

    private string WriteFrequent(string key)
    {
        Field? date = FindBinned(key);
        if (key.Length > 0 && _question.Has(@"\bs(old|ell\w*)\b") && FieldFinder.FindSold(_shape) is { } sold)
            return $"answer {WriteRows(date, sold)} | sum {sold.Name} by {key} | {WriteExtreme(key.Split(' ')[0], "sum")}";
        if (key.Length > 0)
            return $"answer {WriteRows(date)} | count by {key} | {WriteExtreme(key.Split(' ')[0])}";
        return _question.Has(@"\bwords?\b")
            ? $"answer {Name} | words | map lower(it) | count by it | {WriteExtreme("key")}"
            : $"answer {WriteRows()} | map replace(it, /\\d+/, \"N\") | count by it | {WriteExtreme("key")}";
    }

    private string WriteCount()
    {
        if (_target is not null && (_question.Has(@"\b(distinct|different|unique)\b") || FieldFinder.IsCounted(_question, _target)))
            return $"answer {WriteRows()} | get {_target.Name} | distinct | count";
        if (_question.Has(@"\btimes\b|\boccurrences?\b") && _conditions.Terms.Count == 1
            && !_conditions.Terms[0].Contains(' ', StringComparison.Ordinal))
            return $"answer {Name} | words | where it matches /^{_conditions.Terms[0].Trim('^').Replace(@"\b", "", StringComparison.Ordinal)}$/i | count";
        if (_conditions.Terms.Count == 0 && _question.Match(@"\b(words|paragraphs)\b") is { Success: true } unit)
            return $"answer {Name} | {unit.Value} | count";
        if (WriteRecords() is { } records)
            return $"answer {records}{(_conditions.Terms.Count > 0 ? _conditions.Matching : "")} | count";
        return _areDocuments && _conditions.Terms.Count > 0
            ? $"answer {Name}{_conditions.Matching} | count"
            : $"answer {WriteRowsForCount()} | count";
    }

    /// <summary>Counting needs no column but those of the conditions.</summary>
    private string WriteRowsForCount() => WriteRows() is var rows && rows == Name && _card.IsText ? $"{Name} | lines" : rows;

    private string? WriteShare()
    {
        if (_conditions.Fields.Count > 0 && _measure is { } measure && FieldFinder.IsNamed(_question, measure))
        {
            string all = _shape.Read(_card, [.. _conditions.Fields, measure]);
            return $"let part = {all}{_conditions.Where} | sum {measure.Name}\nlet whole = {all} | sum {measure.Name}\nanswer \"{{round(100 * part / whole, 1)}} %\"";
        }

        string? condition = _conditions.Fields.Count > 0 ? _conditions.Condition
            : _conditions.Terms.Count > 0 ? string.Join(" and ", _conditions.Terms.Select(static t => $"it matches /{t}/i"))
            : null;
        if (condition is null)
            return _target is null
                ? null
                : $"answer {_shape.Read(_card, [_target])} | share by {_target.Name} | sort by share desc | to table";
        string rows = _conditions.Fields.Count > 0 ? _shape.Read(_card, _conditions.Fields) : _card.IsText ? $"{Name} | lines" : Name;
        // A word that stands nowhere is not 0 %: the question means something else.
        return _conditions.Fields.Count > 0
            ? $"let part = {rows} | share {condition}\nanswer \"{{round(100 * part, 1)}} %\""
            : $"let part = {rows} | share {condition}\nanswer if part == 0 then \"\" else \"{{round(100 * part, 1)}} %\"";
    }

    private string? WriteTermComparison()
    {
        List<string> terms = [.. _question.Phrases.Concat(
            _question.Words.Where(w => WordLists.IsTopic(w) && w.Stem is not ("common" or "frequent")).Select(static w => w.Text))];
        return terms.Count < 2 ? null
            : $"let a = {Name} | grep /{ProgramText.Escape(terms[0])}/i | count\nlet b = {Name} | grep /{ProgramText.Escape(terms[1])}/i | count\nanswer {WriteComparison("a", "b", terms[0], terms[1])}";
    }

    private string? WriteAggregate()
    {
        if (_measure is not { } field
            || _question.Has(@"\b(best|worst)[ -](sell\w*|sold)|\b(sold|sells?) (best|worst)\b|most common|most frequent"))
            return null;

        bool isCounted = _question.Has(@"\b(how many|number of)\b");
        bool isSummed = isCounted && FieldFinder.FindQuantity(_question, _shape) is { } quantity && quantity == field;
        if (isCounted && !isSummed)
            return null;

        string? fold = isSummed ? "sum"
            : _question.Has(@"\baverage|\bmean\b") ? "average"
            : _question.Has(@"\bmedian\b") ? "median"
            : _question.Has(@"\b(sum|total|revenue|turnover|sales|spen[dt]|paid|earn\w*|how much)\b|\bbest (customer|client)") ? "sum"
            : _question.Has(@"\b(max\w*|highest|largest|longest|slowest|biggest|most expensive|greatest)\b") ? "max"
            : _question.Has(@"\b(min\w*|lowest|smallest|shortest|fastest|cheapest)\b") ? "min" : null;
        if (fold is null)
            return null;

        string key = WriteKey();
        bool isEach = _question.Has(@"\b(per|each|every|by|which|who|most|least|top|best)\b|\bwhat (?!(is|are|was|were|s)\b)\w");
        string rows = WriteRows(field, FindBinned(key)), name = key.Split(' ')[0];
        bool isLowest = _question.Has(@"\b(bottom|lowest|least|worst|smallest|shortest|fastest|cheapest)\b");
        if (_question.Ranked is { } ranked && key.Length == 0 && (fold is "max" or "min"))
            return $"answer {rows} | {(isLowest ? $"sort by {field.Name} | first {ranked}" : $"top {ranked} by {field.Name}")} | to table";
        if (_question.Ranked is { } count && key.Length > 0 && key != field.Name)
            return $"answer {rows} | {fold} {field.Name} by {key} | {(isLowest ? $"sort by {fold} | first {count}" : $"top {count} by {fold}")} | map \"{{{name}}}: {{{fold}}}\" | join \"\\n\"";

        if (key.Length == 0 || key == field.Name || !isEach)
            return $"answer coalesce(({rows} | {fold} {field.Name}), \"\")";
        if (fold is "max" or "min" && _question.Has(@"\b(slowest|fastest)\b"))
            fold = "average";
        return _question.Has(
            @"^(which|what|who)\b.*\b(most|best|worst|highest|largest|longest|slowest|biggest|greatest|lowest|smallest|shortest|fastest|cheapest|least)\b")
            ? $"answer {rows} | {fold} {field.Name} by {key} | {(_question.Has(@"\b(lowest|smallest|shortest|fastest|cheapest|least)\b") ? $"sort by {fold} | first" : $"top 1 by {fold}")} | get {name}"
            : $"answer {rows} | {fold} {field.Name} by {key} | sort by {fold} desc | to table";
    }

    /// <summary>An answer that is empty where the reply says that there is none, so that the next program has its turn.</summary>
    private static string WriteReply(string data, string question) =>
        $"let reply = {data} | llm {question}\nanswer if {(data == "best" ? "(best | count) == 0 or " : "")}reply == \"none\" then \"\" else reply";

    private string WriteQuestion()
    {
        string question = ProgramText.Quote(_question.Text.Trim());
        List<string> terms = _question.Terms(new HashSet<string>());
        if (_card.IsText && _shape.Fields.Count == 0 && _card.Bytes <= WholeBytes && terms.Count > 0 && !_question.Has("summar|overview"))
            return WriteReply(Name, question);
        if (terms.Count > 0
            && !(_question.Has("summar|overview") && terms.Count < 2 && _card.Bytes < 4_000_000 && _question.Phrases.Count == 0))
        {
            string score = string.Join(" + ", terms.Select(static t => $"(if it matches /{t}/i then 1 else 0)"));
            return terms.Count == 1
                ? $"let best = {Name} | grep /{terms[0]}/i around 2 | first 60\n{WriteReply("best", question)}"
                : $"let hits = {Name} | grep /{string.Join('|', terms)}/i around 2\nlet best = hits | extend score = {score} | top 40 by score | get text\n{WriteReply("best", question)}";
        }

        long parts = Math.Max(1, _callsLeft / 2), lines = Math.Max(60, (_card.Items + parts - 1) / parts);
        string cut = !_card.IsText && _card.Items <= parts ? "" : _card.IsText && _card.Items > 0 && _card.Bytes / _card.Items < 1_000
            ? $" | chunk {lines} lines"
            : $" | chunk into {parts}";
        return $"answer {Name}{cut} | map llm \"Summarise this part.\" | reduce llm {question}";
    }
}
