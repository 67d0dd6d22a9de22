namespace Rlm.Dsl;

/// <summary>Every reserved word, and every name that an item has by itself.</summary>
internal static class WordCatalog
{
    public static IReadOnlyList<RlmKeyword> All { get; } =
    [
        new("let", "let NAME = PIPELINE", "names a value, which is computed once, when it is first needed; a second `let` of the name replaces it",
            "let errors = context | grep /ERROR/\nanswer errors | count"),
        new("answer", "answer PIPELINE", "ends the program with this value", "answer context | lines | count"),
        new("assert", "assert CONDITION [\"why\"]", "stops the program where the condition does not hold, with what is said", "assert (context | lines | count) > 0 \"the file is empty\""),
        new("if", "if CONDITION then VALUE else VALUE", "chooses between two values; what is neither true nor false gives none",
            "context | lines | map (if it contains \"ERROR\" then \"bad\" else \"good\")"),
        new("then", "if CONDITION then VALUE else VALUE", "stands before the value where the condition holds", "answer if 1 < 2 then \"less\" else \"more\""),
        new("else", "if CONDITION then VALUE else VALUE", "stands before the value where the condition does not hold", "answer if 1 < 2 then \"less\" else \"more\""),
        new("and", "CONDITION and CONDITION", "holds where both do", "context | lines | where it contains \"a\" and it contains \"b\""),
        new("or", "CONDITION or CONDITION", "holds where one does; behind a paid stage `or` says what stands for an item that failed",
            "context | lines | where it contains \"a\" or it contains \"b\""),
        new("not", "not CONDITION", "holds where the condition does not; a failed value meets neither", "context | lines | where not (it contains \"a\")"),
        new("in", "VALUE in LIST", "holds where the list has the value", "context | lines | where it in [\"a\", \"b\"]"),
        new("contains", "TEXT contains TEXT", "holds where the first text has the second in it, in upper or lower case as it is written", "context | lines | where it contains \"ERROR\""),
        new("matches", "TEXT matches /REGEX/", "holds where the pattern is found in the text", "context | lines | where it matches /err(or)?/i"),
        new("by", "STAGE by KEY, …", "stands before the keys that a stage groups, counts or sorts by", "context | lines | count by first(it, 1)"),
        new("as", "as TYPE", "stands before the type that captures or replies must have", "context | extract \"{user} took {ms}\" as {ms: number} | sum ms"),
        new("true", "true", "a bool that holds", "context | lines | extend seen = true | count by seen"),
        new("false", "false", "a bool that does not hold", "context | lines | extend seen = false | count by seen"),
        new("none", "VALUE == none", "no value: a comparison with it does not hold, arithmetic gives none, folds leave it out", "context | lines | extract /(?<n>\\d+)?/ | where n != none | count"),
        new("failed", "VALUE is failed", "the item has no usable reply: it meets no condition, and the result is partial", "context | lines | extend k = llm \"Kind?\" | where k is not failed | count by k"),
        new("llm", "llm PROMPT", "asks the model, once or for each item; paid", "context | lines | map llm \"Translate: {it}\""),
        new("rlm", "rlm PROMPT", "asks a root of its own, which writes programs over its piece; paid", "context | chunk 100k tokens | map rlm \"Who is named?\""),
        new("it", "it", "the item that a stage is at; `it.FIELD` and `it[\"Field\"]` are its fields", "context | lines | where length(it) > 80"),
        new("index", "index", "the place of the item in its list, counted from 0", "context | lines | where index < 10"),
        new("key", "key", "what a group or a row of `count by` is for, where its key has no name", "context | lines | count by first(it, 1) | where key != \"#\""),
        new("name", "name", "the name of the document that a text comes from", "context | lines | map \"{name}: {it}\""),
        new("line", "line", "the number of the line that a text begins at, counted from 1", "context | grep /ERROR/ | map \"{line}: {it}\""),
        new("at", "at", "the byte of its document that a text begins at", "context | grep /ERROR/ | map \"{at}: {it}\""),
        new("cite", "cite", "where a text begins: file:line, or the page, row, slide or mail of a document that has those, as contract.pdf:p12", "context | grep /ERROR/ | map \"{it} [{cite}]\""),
        new(
            "context", "context",
            "what `-c` gives, where it has no name of its own: a text, a list of documents {name, text, size}, or one of mails {name, from, to, date, subject, text, size}",
            "context | lines | count"),
        new("text", "as text", "the type of a text", "context | extract \"{user} left\" as {user: text} | count by user"),
        new("number", "as number", "the type of a number; a text is read as one, with its unit left out", "context | extract \"{ms} ms\" as {ms: number} | sum ms"),
        new("bool", "as bool", "the type of what holds or does not, yes or no in a reply", "context | lines | extend bad = llm \"Is it an error?\" as bool | count by bad"),
        new("quote", "as quote", "the type of a reply that is a passage of the text, word for word, and keeps its place there", "context | paragraphs | map llm \"Which words promise something?\" as quote?"),
        new("one", "as one of LABELS", "the type of a reply that is one of some texts", "context | lines | extend kind = llm \"Kind?\" as one of [\"good\", \"bad\"] | count by kind"),
        new("chars", "N chars", "counts by characters", "context | chunk 2000 chars | count"),
        new("tokens", "N tokens", "counts by what a model reads at once, about four letters", "context | chunk 8k tokens | count"),
        new("items", "items", "the list of the items of a group; as a unit, `N items`, counts by the items of a list", "context | lines | group by first(it, 1) | map \"{key}: {count(items)}\""),
    ];
}
