using System.Globalization;

namespace Rlm.Files.Databases;

/// <summary>What the statement says that a table was made by.</summary>
/// <param name="Columns">The columns, in their order.</param>
/// <param name="HasRowNumbers">Whether its rows are kept by numbers; else they are kept as an index is.</param>
internal sealed record TableDefinition(IReadOnlyList<ColumnDefinition> Columns, bool HasRowNumbers)
{
    private static readonly string[] ConstraintStarts = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

    private static readonly string[] ColumnParts =
        [.. ConstraintStarts, "NOT", "NULL", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS", "ON", "DEFERRABLE"];

    /// <exception cref="InvalidDataException">The statement is damaged.</exception>
    public static TableDefinition Of(string sql)
    {
        var tokens = SqlTokens.Of(sql);
        int open = tokens.FindIndex(token => token.Is("("));
        if (open < 0 || !tokens[0].Is("CREATE") || !tokens.Take(open).Any(token => token.Is("TABLE")))
            throw new InvalidDataException("its definition is damaged");

        var parts = Split(tokens, open, out int end);
        var columns = new List<ColumnDefinition>();
        var integers = new List<string>();
        string? rowNumber = null;
        foreach (var part in parts)
        {
            if (Array.Exists(ConstraintStarts, part[0].Is))
            {
                rowNumber ??= FindOnlyKey(part);
                continue;
            }

            columns.Add(ReadColumn(part, out bool isInteger));
            if (isInteger)
                integers.Add(part[0].Text);
        }

        bool hasRowNumbers = !Enumerable.Range(end, tokens.Count - end - 1).Any(i => tokens[i].Is("WITHOUT") && tokens[i + 1].Is("ROWID"));
        if (rowNumber is not null && hasRowNumbers && integers.Exists(name => name.Equals(rowNumber, StringComparison.OrdinalIgnoreCase)))
        {
            int key = columns.FindIndex(column => column.Name.Equals(rowNumber, StringComparison.OrdinalIgnoreCase));
            columns[key] = columns[key] with { IsRowNumber = true };
        }

        return new TableDefinition(columns, hasRowNumbers);
    }

    /// <summary>The definitions between the brackets, without the commas.</summary>
    private static List<List<SqlToken>> Split(List<SqlToken> tokens, int open, out int end)
    {
        var parts = new List<List<SqlToken>> { new() };
        int depth = 1;
        for (end = open + 1; end < tokens.Count; end++)
        {
            depth += tokens[end].Is("(") ? 1 : tokens[end].Is(")") ? -1 : 0;
            if (depth == 0)
                break;
            if (depth == 1 && tokens[end].Is(","))
                parts.Add([]);
            else
                parts[^1].Add(tokens[end]);
        }

        if (depth != 0 || parts.Exists(part => part.Count == 0))
            throw new InvalidDataException("its definition is damaged");
        return parts;
    }

    /// <summary>The column of <c>PRIMARY KEY (NAME)</c>; null for several, and for any other rule.</summary>
    private static string? FindOnlyKey(List<SqlToken> rule)
    {
        int key = rule.FindIndex(token => token.Is("PRIMARY"));
        int open = rule.FindIndex(token => token.Is("("));
        return key is 0 or 2 && open == key + 2 && open + 2 < rule.Count && !rule.Skip(open).Any(token => token.Is(","))
            ? rule[open + 1].Text : null;
    }

    private static ColumnDefinition ReadColumn(List<SqlToken> part, out bool isInteger)
    {
        int depth = 0, typeEnd = -1;
        bool isKey = false, isComputed = false, isStored = false;
        StoredValue? value = StoredValue.None;
        for (int i = 1; i < part.Count; i++)
        {
            depth += part[i].Is("(") ? 1 : part[i].Is(")") ? -1 : 0;
            if (depth > 0)
                continue;
            if (typeEnd < 0 && Array.Exists(ColumnParts, part[i].Is))
                typeEnd = i;
            if (part[i].Is("PRIMARY"))
                isKey = !(i + 2 < part.Count && part[i + 2].Is("DESC"));
            else if (part[i].Is("AS"))
                isComputed = true;
            else if (part[i].Is("STORED"))
                isStored = true;
            else if (part[i].Is("DEFAULT"))
                value = ReadDefault(part, i + 1);
        }

        isInteger = (typeEnd < 0 ? part.Count : typeEnd) == 2 && part[1].Text.Equals("INTEGER", StringComparison.OrdinalIgnoreCase);
        return new ColumnDefinition(part[0].Text)
        {
            IsRowNumber = isKey && isInteger,
            IsComputed = isComputed && !isStored,
            Default = isComputed ? null : value,
        };
    }

    private static StoredValue? ReadDefault(List<SqlToken> part, int at)
    {
        bool isNegative = at < part.Count && part[at].Is("-");
        if (isNegative || (at < part.Count && part[at].Is("+")))
            at++;
        if (at >= part.Count)
            return null;

        var (text, quote) = part[at];
        if (quote is '\'' or '"')
            return new StoredValue(StoredValueKind.Text, text);
        if (part[at].Is("NULL"))
            return StoredValue.None;
        if (part[at].Is("TRUE") || part[at].Is("FALSE"))
            return new StoredValue(StoredValueKind.Number, part[at].Is("TRUE") ? "1" : "0");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            && !(at + 1 < part.Count && (part[at + 1].Is("-") || part[at + 1].Is("+")))
            ? new StoredValue(StoredValueKind.Number, isNegative ? $"-{text}" : text) : null;
    }
}
