using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Parsing;

/// <summary>Names that other languages give our functions, where they mean the same of the same arguments.</summary>
internal static class FunctionSynonyms
{
    private static readonly (string Function, string Synonyms)[] Rows =
    [
        ("length", "len size strlen char_length string_length"),
        ("trim", "strip btrim"),
        ("lower", "tolower to_lower tolowercase lowercase lcase casefold downcase"),
        ("upper", "toupper to_upper touppercase uppercase ucase upcase"),
        ("number", "float double decimal tonumber to_number parsefloat todouble todecimal as_number"),
        ("int", "integer toint to_int tointeger parseint trunc truncate"),
        ("average", "avg mean"),
        ("distinct_count", "nunique n_distinct count_distinct countdistinct distinctcount dcount dc"),
        ("distinct", "unique uniq set"),
        ("stdev", "std stddev std_dev standard_deviation"),
        ("correlation", "corr correl pearson pearsonr pearson_corr corrcoef"),
        ("running_sum", "cumsum cum_sum cumulative_sum"),
        ("count", "countif count_if"),
        ("list", "tolist to_list collect array_agg make_list"),
        ("coalesce", "ifnull nvl fillna"),
        ("date", "to_date todate parse_date parsedate to_datetime todatetime parse_datetime datetime strptime str_to_date fromisoformat"),
        ("duration", "to_timedelta totimespan to_timespan parse_duration timespan timedelta parse_timespan"),
        ("format", "strftime printf sprintf date_format dateformat to_char format_date format_datetime"),
        ("today", "current_date curdate currentdate"),
        ("now", "current_timestamp getdate utcnow sysdate"),
        ("day", "dayofmonth day_of_month"),
        ("week", "isoweek weekofyear week_of_year"),
        ("weekday", "isoweekday"),
        ("day_name", "dayname weekday_name"),
        ("month_name", "monthname"),
        ("replace", "replaceall replace_all"),
        ("find_all", "findall match_all matchall str_extract_all extract_all regexp_extract_all"),
        ("repeat", "replicate strrep str_repeat rep"),
        ("range", "xrange arange"),
        ("index_of", "indexof array_index_of array_position"),
        ("prev", "lag"),
        ("next", "lead"),
    ];

    private static readonly Dictionary<string, string> ByName = Rows
        .SelectMany(row => row.Synonyms.Split(' ').Select(synonym => (Synonym: synonym, row.Function)))
        .ToDictionary(row => row.Synonym, row => row.Function, StringComparer.Ordinal);

    /// <summary>Our name for a function, in whatever case it is written; null where there is none, and for ours as it is.</summary>
    public static string? Canonical(string name) => ByName.TryGetValue(name.ToLowerInvariant(), out string? function) ? function
        : name.Length > 1 && name.All(char.IsUpper) ? FunctionCatalog.Find(name.ToLowerInvariant())?.Name
        : null;

    /// <summary>The names that other languages give a function of ours, in lower case.</summary>
    public static IEnumerable<string> Of(string function) => Rows.Where(row => row.Function == function).SelectMany(row => row.Synonyms.Split(' '));
}
