using System.Text;

namespace Rlm.Files.Databases;

/// <summary>Cuts a statement of SQL, as SQLite keeps one, into tokens.</summary>
internal static class SqlTokens
{
    /// <exception cref="InvalidDataException">A quote or a comment has no end.</exception>
    public static List<SqlToken> Of(string sql)
    {
        var tokens = new List<SqlToken>();
        for (int at = 0; at < sql.Length;)
        {
            char sign = sql[at];
            if (char.IsWhiteSpace(sign))
                at++;
            else if (sql.AsSpan(at).StartsWith("--"))
                at = EndOf(sql, "\n", at);
            else if (sql.AsSpan(at).StartsWith("/*"))
                at = EndOf(sql, "*/", at + 2);
            else if (sign is '"' or '\'' or '`' or '[')
                tokens.Add(ReadQuoted(sql, ref at));
            else
                tokens.Add(ReadWord(sql, ref at));
        }

        return tokens;
    }

    // A comment may end with the statement.
    private static int EndOf(string sql, string end, int at) =>
        sql.IndexOf(end, at, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : sql.Length;

    private static SqlToken ReadQuoted(string sql, ref int at)
    {
        char open = sql[at], close = open == '[' ? ']' : open;
        var text = new StringBuilder();
        for (int i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] != close)
            {
                text.Append(sql[i]);
            }
            else if (close != ']' && i + 1 < sql.Length && sql[i + 1] == close)
            {
                text.Append(close);
                i++;
            }
            else
            {
                at = i + 1;
                return new SqlToken(text.ToString(), open);
            }
        }

        throw new InvalidDataException("its definition ends inside a quoted name");
    }

    private static SqlToken ReadWord(string sql, ref int at)
    {
        int start = at++;
        if (IsOfWord(sql[start]))
        {
            while (at < sql.Length && IsOfWord(sql[at]))
                at++;
        }

        return new SqlToken(sql[start..at], '\0');
    }

    // The point is for numbers; names before one are not looked at.
    private static bool IsOfWord(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '$' or '.' || sign > '\x7F';
}
