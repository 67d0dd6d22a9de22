namespace Rlm.Dsl.Parsing;

/// <summary>Names that other languages give our functions, where they mean the same of the same arguments.</summary>
internal static class FunctionSynonyms
{
    /// <summary>Our name for a function, in whatever case it is written; null where there is none.</summary>
    public static string? Canonical(string name) => name.ToLowerInvariant() switch
    {
        "len" or "size" or "strlen" or "char_length" or "string_length" => "length",
        "strip" or "btrim" => "trim",
        "tolower" or "to_lower" or "tolowercase" or "lowercase" or "lcase" or "casefold" or "downcase" => "lower",
        "toupper" or "to_upper" or "touppercase" or "uppercase" or "ucase" or "upcase" => "upper",
        "float" or "double" or "decimal" or "tonumber" or "to_number" or "parsefloat" or "todouble" or "todecimal" or "as_number" =>
            "number",
        "integer" or "toint" or "to_int" or "tointeger" or "parseint" or "trunc" or "truncate" => "int",
        "avg" or "mean" => "average",
        "nunique" or "n_distinct" or "count_distinct" or "countdistinct" or "distinctcount" or "dcount" => "distinct_count",
        "unique" or "uniq" => "distinct",
        "countif" or "count_if" => "count",
        "tolist" or "to_list" or "collect" or "array_agg" or "make_list" => "list",
        "ifnull" or "nvl" or "fillna" => "coalesce",
        "to_date" or "todate" or "parse_date" or "parsedate" or "to_datetime" or "todatetime" or "parse_datetime" or "datetime" or "strptime" or "str_to_date" or "fromisoformat" => "date",
        "strftime" or "date_format" or "dateformat" or "to_char" or "format_date" or "format_datetime" => "format",
        "current_date" or "curdate" or "currentdate" => "today",
        "current_timestamp" or "getdate" or "utcnow" or "sysdate" => "now",
        "dayofmonth" or "day_of_month" => "day",
        "isoweek" or "weekofyear" or "week_of_year" => "week",
        "isoweekday" => "weekday",
        "dayname" or "weekday_name" => "day_name",
        "monthname" => "month_name",
        "replaceall" or "replace_all" => "replace",
        _ => null,
    };
}
