namespace Rlm.Dsl.Grammars;

/// <summary>
/// The rules of docs/specification.md, section 2, that are about no operator: a test holds that they are the same there. Those of stages come
/// from the catalogue.
/// </summary>
internal static class CoreGrammar
{
    public static IReadOnlyDictionary<string, EbnfRule> Rules { get; } = EbnfReader.Read(
        """
        program   = [ statement { NL statement } ] ;
        statement = "let" NAME "=" query | "answer" query | "assert" ( expr | pipeline | compared ) [ string ] | query ;
        query     = ( opener | expr ) { "|" stage } ;
        pipeline  = expr { "|" stage } ;
        compared  = expr { "|" stage } "|" FOLD sign sum ;
        element   = expr { "|" stage1 } ;                (* stage1: stage without its comma lists; a comma ends an element *)
        expr      = NAME "=>" expr | "if" expr "then" expr "else" expr | or ;
        or        = and { "or" and } ;
        and       = not { "and" not } ;
        not       = "not" not | compare ;
        compare   = sum [ relation sum | "is" [ "not" ] "failed" ] ;
        relation  = sign | [ "not" ] test ;
        sign      = "==" | "!=" | "<=" | ">=" | "<" | ">" ;
        test      = "in" | "contains" | "matches" | "starts" "with" | "ends" "with" ;
        sum       = product { ( "+" | "-" ) product } ;
        product   = unary { ( "*" | "/" | "%" ) unary } ;
        unary     = "-" unary | power ;
        power     = postfix [ "**" unary ] ;
        postfix   = primary { ~"." WORD | ~"[" pipeline "]" } ;
        primary   = DURATION | NUMBER | string | REGEX | "true" | "false" | "none"
                  | NAME [ call ] | CALLED call | "(" pipeline ")"
                  | "[" [ element { "," element } ] "]" | "{" [ field { "," field } ] "}" ;
        call      = ~"(" [ arg { "," arg } ] ")" ;
        arg       = NAME ":" element | element ;
        field     = WORD ":" element | NAME | LABEL ":" element ;
        string    = QUOTE { CHARS | HOLE pipeline "}" } ENDQUOTE ;
        function  = FNAME [ call ] | BARE literal [ literal ] ;
        literal   = DURATION | NUMBER | string | REGEX ;
        keys      = key { "," key } ;
        key       = NAME "=" expr | expr ;
        bindings  = binding { "," binding } ;
        binding   = NAME "=" expr ;
        columns   = column { "," column } ;
        column    = NAME [ "=" expr ] ;
        orders    = order { "," order } ;
        order     = expr [ "desc" | "asc" ] ;
        names     = NAME { "," NAME } ;
        condition = "not" compare | NAME relation sum ;
        fallback  = "fail" | "skip" | string | NUMBER | "none" ;
        model     = NAME | string ;
        pattern   = REGEX | string | IDENT | "(" pipeline ")" ;
        scalar    = DURATION | NUMBER | text ;
        text      = string | NAME | "(" pipeline ")" ;
        place     = WHOLE | "-" WHOLE | IDENT | "(" pipeline ")" ;
        n         = NUMBER | IDENT | "(" pipeline ")" ;
        unit      = "lines" | "chars" | "tokens" | "items" | "words" ;
        type      = base [ "?" ] ;
        base      = "text" | "number" | "bool" | "date" [ LABEL | "epoch" | "iso" ] | "duration" | "quote" | "list" "of" base
                  | "one" "of" ( NAME | "[" label { "," label } "]" ) | "{" WORD ":" type { "," WORD ":" type } "}" ;
        label     = LABEL [ ":" LABEL ] ;
        """);
}
