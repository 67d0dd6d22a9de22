
using Rlm.Offline.Reading;

namespace Rlm.Offline.Planning;

/// <summary>Finds the columns that a question speaks of, by name or by a common word for it.</summary>
internal static class FieldFinder
{
    private static readonly Dictionary<string, string[]> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["user"] = ["who", "person", "customer", "member"],
        ["host"] = ["server", "machine", "node"],
        ["from"] = ["who", "sender", "person", "sent"],
        ["name"] = ["who", "person"],
        ["speaker"] = ["who", "person", "spoke", "speak"],
        ["path"] = ["endpoint", "page", "url"],
        ["endpoint"] = ["path", "url"],
        ["customer"] = ["who", "client", "user"],
        ["took"] = ["slow", "slowest", "long", "longest", "duration", "latency", "time", "fastest", "response"],
        ["ms"] = ["slow", "slowest", "longest", "duration", "latency", "fastest", "response"],
        ["duration"] = ["longest", "shortest", "slowest"],
        ["amount"] = ["revenue", "turnover", "money", "spent", "spend", "paid", "sale", "sales", "cost", "price"],
        ["price"] = ["cost", "expensive", "cheapest", "revenue"],
        ["total"] = ["revenue", "turnover", "money", "spent", "spend", "paid", "sale", "sales", "cost"],
        ["sales"] = ["revenue", "turnover", "sold"],
        ["quantity"] = ["units", "pieces", "copies", "sold"],
        ["qty"] = ["quantity", "units", "pieces", "copies", "sold"],
        ["product"] = ["article", "item", "goods"],
        ["level"] = ["severity"],
        ["status"] = ["code"],
    };

    private static readonly string[] Prices = ["price", "unit_price", "unitprice", "price_each", "item_price"];

    private static readonly string[] Quantities = ["quantity", "qty", "units", "units_sold", "pieces", "quantity_sold"];

    private static readonly string[] Sums = ["amount", "revenue", "turnover", "total", "sales", "sum", "paid", "spent", "value"];

    private static readonly string[] Groupings = ["per", "each", "every", "by"];

    private static readonly string[] Askings = [.. Groupings, "which", "what", "who", "most", "distinct", "different", "unique", "many",
        "often", "all", "list"];

    /// <summary>The column after per, each or by; without one, after which, what or who.</summary>
    public static Field? FindTarget(Question question, RowShape shape) =>
        FindTarget(question, shape, Groupings) ?? FindTarget(question, shape, Askings);

    private static Field? FindTarget(Question question, RowShape shape, string[] openers)
    {
        bool after = false;
        foreach (Word word in question.Words)
        {
            after |= openers.Contains(word.Text.ToLowerInvariant());
            if (after && shape.Fields.FirstOrDefault(f => Names(f, word)) is { } field && !(field.Type == "number" && IsMeasure(field))
                && (field.Type != "date" || word.Stem == Stemmer.Stem(field.Name)))
                return field;
        }

        return null;
    }

    public static Field? FindNumber(Question question, RowShape shape)
    {
        List<Field> numbers = [.. shape.Fields.Where(static f => f.Type == "number" && IsMeasure(f))];
        return numbers.Find(f => question.Words.Any(w => w.Stem == Stemmer.Stem(f.Name)))
            ?? numbers.Find(f => question.Words.Any(w => Names(f, w)))
            ?? (numbers.Count == 1 ? numbers[0] : null);
    }

    /// <summary>
    /// What the question adds up or compares: a column of numbers, or, for money where there is none, the price of one times how many there
    /// are.
    /// </summary>
    public static Field? FindMeasure(Question question, RowShape shape)
    {
        if (question.Has(@"\bhow many\b|\bnumber of\b") && FindQuantity(question, shape) is { } counted)
            return counted;

        bool isMoney = question.Has(@"\b(revenue|turnover|sales|spen[dt]|paid|earn\w*|income|money|worth)\b");
        if (isMoney && !shape.Fields.Any(static f => f.Type == "number" && Sums.Contains(f.Name.ToLowerInvariant()))
            && FindMeasured(shape, Prices) is { } price && FindMeasured(shape, Quantities) is { } quantity)
        {
            return new Field($"{price.Name} * {quantity.Name}", "number", []);
        }

        return FindNumber(question, shape);
    }

    /// <summary>The column that says how many, where the question asks how many units of something there are.</summary>
    public static Field? FindQuantity(Question question, RowShape shape) =>
        FindMeasured(shape, Quantities) is { } quantity && (question.Has(@"\b(units|pieces|copies)\b") || IsNamed(question, quantity))
            ? quantity
            : null;

    /// <summary>The column that says how many were sold, if there is one.</summary>
    public static Field? FindSold(RowShape shape) => FindMeasured(shape, Quantities);

    /// <summary>Whether the question names the column.</summary>
    public static bool IsNamed(Question question, Field field) =>
        field.Name.Contains(" * ", StringComparison.Ordinal) || question.Words.Any(word => Names(field, word));

    private static Field? FindMeasured(RowShape shape, string[] names) =>
        shape.Fields.FirstOrDefault(field => field.Type == "number" && names.Contains(field.Name.ToLowerInvariant()));

    public static bool Names(Field field, Word word) =>
        word.Stem == Stemmer.Stem(field.Name)
        || field.Name.Contains('_', StringComparison.Ordinal) && field.Name.Split('_').Any(part => Stemmer.Stem(part) == word.Stem)
        || Synonyms.TryGetValue(field.Name, out string[]? others)
            && others.Any(o => o.Equals(word.Text, StringComparison.OrdinalIgnoreCase) || Stemmer.Stem(o) == word.Stem);

    /// <summary>Whether the question asks how many of the column's values there are, as in "how many customers".</summary>
    public static bool IsCounted(Question question, Field field) =>
        question.Match(@"\b(?:how many|number of) (?:distinct |different |unique )?(\w+)") is { Success: true } counted
        && Stemmer.Stem(counted.Groups[1].Value) == Stemmer.Stem(field.Name) && !IsBody(field);

    /// <summary>Whether the column tells rows of several kinds apart.</summary>
    public static bool TellsKinds(Field field) => field.Name.ToLowerInvariant() is "action" or "type" or "kind" or "event" or "operation"
        or "event_type" or "transaction_type" or "method";

    /// <summary>Whether the column holds what people wrote, rather than a value to count by.</summary>
    public static bool IsBody(Field field) => field.Name is "text" or "message" or "msg" or "body";

    private static bool IsMeasure(Field field) =>
        field.Name.ToLowerInvariant() is not ("user" or "id" or "status" or "code" or "year" or "user_id" or "customer");
}
