using static Rlm.DiagnosticSeverity;

namespace Rlm;

/// <summary>Every diagnostic of the language. <c>docs/diagnostics.md</c> is made from this table.</summary>
public static class DslDiagnostics
{
    /// <summary>What helps call the page that lists the operators, where the host has no other word for it.</summary>
    internal const string OperatorsPage = "docs/operators.md";

    /// <summary>The program has no statement.</summary>
    public static readonly DiagnosticDescriptor EmptyProgram = new("RLM1001", "empty program", Error, "# nothing", "Write a pipeline, such as `context | lines | count`.");

    /// <summary>A token stands where it cannot.</summary>
    public static readonly DiagnosticDescriptor Unexpected = new("RLM1002", "unexpected text", Error, "context | count by", "Write one of the forms that the message names.");

    /// <summary>A string has no end.</summary>
    public static readonly DiagnosticDescriptor UnclosedString = new("RLM1003", "string without an end", Error, "context | grep \"a", "Close the string with the quote that opens it.");

    /// <summary>A regular expression has no end.</summary>
    public static readonly DiagnosticDescriptor UnclosedRegex = new("RLM1004", "regular expression without an end", Error, "context | grep /a", "Close it with `/` on the same line.");

    /// <summary>A hole holds something behind a colon that is not a format.</summary>
    public static readonly DiagnosticDescriptor FormatInHole = new("RLM1005", "format in a hole", Error, "let x = 1\nanswer \"{x:.2q}\"", "Write a format that is known, `{x:.2f}` or `{d:yyyy-MM-dd}`, or a function in the hole: `{round(x, 2)}`.");

    /// <summary>Two comparisons share an operand.</summary>
    public static readonly DiagnosticDescriptor ChainedComparison = new("RLM1006", "chained comparison", Error, "answer 1 < 2 == 3", "Join two comparisons with `and`.");

    /// <summary>A head word is not an operator, function or tool.</summary>
    public static readonly DiagnosticDescriptor UnknownOperator = new("RLM2001", "unknown operator", Error, "context | lines | cuont", "Use the operator that the message suggests.");

    /// <summary>A name means nothing where it stands.</summary>
    public static readonly DiagnosticDescriptor UnknownName = new("RLM2002", "unknown name", Error, "answer nothing_here", "Use one of the names that the message lists.");

    /// <summary>A row has no field of that name.</summary>
    public static readonly DiagnosticDescriptor UnknownField = new("RLM2003", "unknown field", Error, "context | extract \"{a}\" | get b", "Use one of the fields that the message lists.");

    /// <summary>A call names no function.</summary>
    public static readonly DiagnosticDescriptor UnknownFunction = new("RLM2004", "unknown function", Error, "answer entropy(context)", "Use the function that the message suggests.");

    /// <summary>A function does not get the arguments that it takes.</summary>
    public static readonly DiagnosticDescriptor WrongArguments = new("RLM2005", "wrong arguments", Error, "answer round()", "Give the arguments that the message names.");

    /// <summary>An operator has an option twice, or two that exclude each other.</summary>
    public static readonly DiagnosticDescriptor RepeatedArgument = new("RLM2006", "repeated argument", Error, "context | grep \"a\" not not", "Keep one of them.");

    /// <summary>Two keys have no name.</summary>
    public static readonly DiagnosticDescriptor UnnamedKeys = new("RLM2007", "two keys without a name", Error, "context | words | count by it == \"a\", it == \"b\"", "Name the keys: `count by a = it == \"a\", b = it == \"b\"`.");

    /// <summary>A construct is part of the language and not evaluated yet.</summary>
    public static readonly DiagnosticDescriptor NotEvaluatedYet = new("RLM2008", "not evaluated yet", Error, "", "Use the form that the message suggests.") { IsInUse = false };

    /// <summary>A paid stage stands inside an item expression.</summary>
    public static readonly DiagnosticDescriptor PaidInsideItem = new("RLM2009", "paid stage inside an item expression", Error, "context | lines | map (it | llm \"Why?\")", "Use `map llm`, `extend x = llm`, or `reduce llm … by`.");

    /// <summary>An aggregate stands outside <c>aggregate</c> in the form that needs one.</summary>
    public static readonly DiagnosticDescriptor MisplacedAggregate = new("RLM2010", "aggregate out of place", Error, "context | lines | aggregate n = length(it)", "Use an aggregate such as `count()` or `sum(x)`.");

    /// <summary>A field would be there twice.</summary>
    public static readonly DiagnosticDescriptor FieldClash = new("RLM2011", "field twice", Error, "let r = context | extract \"{a},{b}\"\nr | join r on a | count by b", "Rename it before: `join (r | rename b to b2) on a`.");

    /// <summary>A regular expression is not well-formed.</summary>
    public static readonly DiagnosticDescriptor BadRegex = new("RLM2012", "bad regular expression", Error, "context | grep /(/", "Mend the pattern; write a bracket that means itself as `\\(`.");

    /// <summary>A regular expression needs more than linear time.</summary>
    public static readonly DiagnosticDescriptor NonLinearRegex = new("RLM2013", "regular expression beyond linear time", Error, "context | grep /a(?=b)/", "Match more and keep less: `grep` first, then `where` with `and`, `not`, `prev(it)` or `next(it)`.");

    /// <summary>A type's name means nothing.</summary>
    public static readonly DiagnosticDescriptor UnknownType = new("RLM2014", "unknown type", Error, "context | llm \"?\" as nmber", "Use text, number, bool, date, quote, list of T, {f: T} or one of LABELS.");

    /// <summary>A reserved name is defined.</summary>
    public static readonly DiagnosticDescriptor BadDefinition = new("RLM2015", "name that cannot be defined", Error, "let it = 1", "Choose another name.");

    /// <summary>A format holds what means nothing.</summary>
    public static readonly DiagnosticDescriptor UnknownFormat = new("RLM2016", "unknown format", Error, "answer format(date(\"2026-03-01\"), \"dd.xx.yyyy\")", "Use the letters that the message lists; text of its own stands in `'…'`.");

    /// <summary>A stage gets a type that it does not take.</summary>
    public static readonly DiagnosticDescriptor WrongInput = new("RLM3001", "wrong input", Error, "context | sort by it", "Add the stage that the message names.");

    /// <summary>An operand has a type that the operation does not take.</summary>
    public static readonly DiagnosticDescriptor WrongOperand = new("RLM3002", "wrong operand", Error, "answer true + 1", "Convert the operand, or compare it first.");

    /// <summary>A list is compared with a value.</summary>
    public static readonly DiagnosticDescriptor ListComparison = new("RLM3003", "list compared with a value", Error, "answer (context | lines) == \"a\"", "Add `| first`, or use `contains`, `in`, `any` or `count`.");

    /// <summary>Texts are compared by order.</summary>
    public static readonly DiagnosticDescriptor TextOrder = new("RLM3004", "texts compared by order", Error, "context | lines | extend k = llm \"?\" as one of [\"low\", \"high\"] | where k > \"low\"", "Name the labels that are meant: `k in [\"high\"]`.");

    /// <summary>A function of one value gets a list.</summary>
    public static readonly DiagnosticDescriptor ListArgument = new("RLM3005", "list where one value is wanted", Error, "let r = context | lines\nanswer lower(r)", "Pipe it: `r | lower`.");

    /// <summary>A column or value that a model is paid for is never read.</summary>
    public static readonly DiagnosticDescriptor UnusedColumn = new("RLM3006", "paid value that nothing reads", Error, "context | lines | extend n = llm \"?\" | count", "Leave it out, or use it.");

    /// <summary>A condition is not a condition.</summary>
    public static readonly DiagnosticDescriptor NotACondition = new("RLM3007", "condition that is not true or false", Error, "context | lines | where length(it)", "Compare it: `length(it) > 0`.");

    /// <summary>An <c>as</c> type does not fit its stage.</summary>
    public static readonly DiagnosticDescriptor WrongReplyType = new("RLM3008", "reply type that does not fit", Error, "context | lines | extend llm \"?\" as number", "Give the type that the message names.");

    /// <summary>A label is compared with a text that is not among the labels.</summary>
    public static readonly DiagnosticDescriptor UnknownLabel = new("RLM3009", "label that does not occur", Error, "let r = context | lines | extend k = llm \"?\" as one of [\"spam\", \"ham\"]\nr | where k == \"smap\"", "Use one of the labels, spelled as they are declared.");

    /// <summary>A text that is looked for as it is holds signs of a regular expression.</summary>
    public static readonly DiagnosticDescriptor TextLikeRegex = new("RLM3010", "text that looks like a regular expression", Warning, "context | grep \"err.*r\"", "Write the pattern between slashes: `/err.*r/`.");

    /// <summary>A free column or mapped value is never read.</summary>
    public static readonly DiagnosticDescriptor UnusedValue = new("RLM3011", "value that nothing reads", Warning, "context | lines | extend n = length(it) | count", "Leave it out, or use it.");

    /// <summary>A word that is a value stands where the rows have a field of that name.</summary>
    public static readonly DiagnosticDescriptor ValueNamedAsField = new("RLM3012", "value with the name of a field", Warning, "context | extract /(?<a>.)(?<true>.)/ | count by true", "Write the field in backticks; the value is meant where none stand.");

    /// <summary>A fold without arguments follows a group, of which it counts each.</summary>
    public static readonly DiagnosticDescriptor FoldOfGroups = new("RLM3013", "fold behind a group", Hint, "context | words | group by it | count", "Write `count by KEY`, or `distinct by KEY | count` for how many groups there are.");

    /// <summary>A hole is written with two braces.</summary>
    public static readonly DiagnosticDescriptor DoubledBraces = new("RLM3014", "hole in two braces", Hint, "context | lines | map \"{{it}}!\"", "Write `{x}`; a name in braces is `{{x}`.");

    /// <summary>A function that texts and lists have is called of a list of texts.</summary>
    public static readonly DiagnosticDescriptor FunctionOfEach = new("RLM3015", "function of each text", Hint, "context | lines | length", "Write `count` for how many there are, `slice 1..3` for a part of the list.");

    /// <summary>The host wants an answer of another shape.</summary>
    public static readonly DiagnosticDescriptor WrongAnswer = new("RLM3016", "answer of another type", Error, "", "Write a record, list or value of the type that the message names.");

    /// <summary>What other languages write is read as what it means here.</summary>
    public static readonly DiagnosticDescriptor ReadAs = new("RLM3017", "form that is read as another", Hint, "context | extract \"{level} {text}\" | where level == ERROR", "Write the form that the message names.");

    /// <summary>A program ends with its answer, and statements stand behind it.</summary>
    public static readonly DiagnosticDescriptor Unreached = new("RLM3018", "statement behind the answer", Warning, "answer context | lines | count\ncontext | lines | first", "Put it before `answer`, or leave `answer` out: each value is shown then.");

    /// <summary>A program is too long.</summary>
    public static readonly DiagnosticDescriptor TooLong = new("RLM4001", "program too long", Error, "", "Split the program; texts belong in a context, not in the program.");

    /// <summary>A program is nested too deep.</summary>
    public static readonly DiagnosticDescriptor TooDeep = new("RLM4002", "program nested too deep", Error, "", "Name inner parts with `let`.");

    /// <summary>A program is too tangled to read.</summary>
    public static readonly DiagnosticDescriptor TooComplex = new("RLM4003", "program too tangled", Error, "", "Split the program with `let`.");

    /// <summary>An amount is out of range.</summary>
    public static readonly DiagnosticDescriptor OutOfRange = new("RLM4004", "amount out of range", Error, "context | chunk 0 lines", "Give an amount in the range that the message names.");

    /// <summary>A root would be asked for a root of its own beyond the deepest level.</summary>
    public static readonly DiagnosticDescriptor RootTooDeep = new("RLM4005", "root below the deepest level", Error, "", "Ask a model, `llm`, or allow deeper roots.");

    /// <summary>The whole table, in order of id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        EmptyProgram, Unexpected, UnclosedString, UnclosedRegex, FormatInHole, ChainedComparison, UnknownOperator, UnknownName, UnknownField,
        UnknownFunction, WrongArguments, RepeatedArgument, UnnamedKeys, NotEvaluatedYet, PaidInsideItem, MisplacedAggregate, FieldClash,
        BadRegex, NonLinearRegex, UnknownType, BadDefinition, UnknownFormat, WrongInput, WrongOperand, ListComparison, TextOrder, ListArgument, UnusedColumn,
        NotACondition, WrongReplyType, UnknownLabel, TextLikeRegex, UnusedValue, ValueNamedAsField, FoldOfGroups, DoubledBraces, FunctionOfEach, WrongAnswer, ReadAs, Unreached, TooLong, TooDeep, TooComplex, OutOfRange,
        RootTooDeep,
    ];
}
