using Rlm.Dsl.Binders.Meanings;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds stages: operators of the catalogue, and functions of the piped value.</summary>
internal sealed class StageBinder(BindingContext context)
{
    /// <summary>What other languages call both how long a text is and how many a list has.</summary>
    private static readonly string[] LengthWords = ["len", "size"];

    public BoundStage? Bind(StageSyntax stage, RlmType input, ItemScope? scope, BoundExpression? source, BoundStage? before)
    {
        if (stage.IsBroken)
            return null;

        if (stage.Operator is null)
            return BindFunctionStage(stage, input, scope, before);

        var signature = stage.Operator;
        if (LeastRows.LacksKey(stage) && input.ItemType?.Required is RecordType { TextField: null })
        {
            context.Report(DslDiagnostics.WrongArguments, stage.Span, $"`{stage.Head.Name}` needs to know by what", "write `| sort by FIELD | first 3`");
            return null;
        }

        if (signature == OperatorCatalog.Find("select") && stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.By) is { } keys)
        {
            context.Report(DslDiagnostics.WrongArguments, keys.Span, "`select` has no keys", "a fold has them: `aggregate n = count() by KEY`");
            return null;
        }

        if (signature.Is(OperatorTraits.TakesBest) && stage.Arguments.All(argument => argument.Slot != Slots.Key))
        {
            string count = context.TextAt(stage.Arguments[0].Span);
            context.Report(DslDiagnostics.WrongArguments, stage.Span, $"`{signature.Name}` needs to know by what",
                $"write `{signature.Name} {count} by FIELD`, or `first {count}` for the first ones");
            return null;
        }

        if (ShellOrder.Report(stage, input, context))
            return null;

        if (ColumnStages.Find(stage, input, context) is not { } selected || PivotValues.Find(selected, input, context) is not { } meant)
            return null;

        stage = meant;
        if (FindForOne(stage, signature, input, source) is { } ofOne)
            return Compute(stage.Span, context.Expressions.Bind(ofOne, new ItemScope(input, scope)), input);

        // Of rows with one column the fold is of that.
        if (signature.Family == OperatorFamily.Fold && FunctionCatalog.Find(signature.Name) is { OverItems.Operand: ItemOperand.Numbers or ItemOperand.Any, IsFold: true, Parameters.Count: 1 or 2 }
            && signature.HasKeys && stage.Arguments.All(argument => argument.Slot != Slots.Value) && input.ItemType?.Required is RecordType { IsOpen: false, TextField: null, Fields: [var only] })
            stage = stage with { Arguments = [.. stage.Arguments, new ArgumentSyntax(stage.Span, Slots.Value, new NameSyntax(stage.Span, only.Name))] };

        if (FindCaptureOfTexts(stage, input) is { } ofTexts)
            (stage, signature) = (ofTexts, ofTexts.Operator!);

        if (!Accepts(stage, signature, input, before, out bool isLifted))
            return null;

        var arguments = new List<BoundArgument>();
        var labelVariables = new List<VariableSymbol>();
        bool promptReadsItem = false;
        var piece = isLifted ? input.ItemType! : input;
        foreach (var argument in stage.Arguments)
        {
            if (arguments.Any(other => other.Slot == argument.Slot))
            {
                context.Report(DslDiagnostics.RepeatedArgument, argument.Span,
                    $"`{signature.Name}` has this argument twice", "keep one of them");
                continue;
            }

            var item = argument.Slot == Slots.Prompt
                ? PromptScope(stage, piece, scope)
                : new ItemScope(piece.ItemType ?? RlmType.Unknown, scope);
            var value = context.Arguments.Bind(stage, argument, piece, item, labelVariables);
            promptReadsItem |= argument.Slot == Slots.Prompt && item.Use.IsRead;
            if (value is not null)
                arguments.Add(new BoundArgument(argument.Span, argument.Slot, OfOnlyCapture(value, arguments)));
        }

        AddTypesOfHoles(arguments);
        var typing = new StageTyping(stage.Span, signature, arguments, piece);
        var output = ProbeRows(signature, source, typing) ?? signature.Result(typing);
        if (isLifted)
            output = output.ItemType is null ? RlmType.ListOf(output) : output;

        var bound = new BoundStage(stage.Span, signature, arguments, input, output, isLifted)
        {
            HeadSpan = stage.Head.Span,
            LabelVariables = labelVariables,
            PromptReadsItem = promptReadsItem
        };
        Check(bound);
        return bound;
    }

    /// <summary>
    /// Texts have no field to name, so that <c>extract no /(\d+)/</c> says what the capture is called, and <c>extract no it /(\d+)/</c> the same. Null for
    /// rows, and for any other stage.
    /// </summary>
    private StageSyntax? FindCaptureOfTexts(StageSyntax stage, RlmType input)
    {
        if ((input.ItemType ?? input) is not { IsTextual: true, Required: not RecordType }
            || stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.SourceField) is not { Value: IdentifierSyntax field } source)
            return null;

        bool isNamed = stage.Arguments.Any(argument => argument.Slot == Slots.CaptureName);
        if (isNamed ? field.Name is not ("it" or "text") : stage.Arguments.Any(argument => argument.Value is TemplateSyntax template && !CaptureBinder.IsRegex(context.TextAt(template.Span))))
            return null;

        return stage with
        {
            Operator = OperatorCatalog.Find("extract"),
            Arguments = [.. stage.Arguments.Where(argument => argument != source), .. isNamed ? (ArgumentSyntax[])[] : [new ArgumentSyntax(source.Span, Slots.CaptureName, field)]],
        };
    }

    /// <summary>A type behind a pattern with one capture is that capture's.</summary>
    private static object OfOnlyCapture(object value, List<BoundArgument> before) =>
        value is RlmType { Required: not RecordType } type
            && before.Select(static argument => argument.Value).OfType<BoundPattern>().FirstOrDefault() is { Captures: [var only] }
            ? new RecordType([new FieldType(only, type)])
            : value;

    /// <summary>Types in the holes of a template are those that <c>as</c> gives, which says more where it names the same.</summary>
    private static void AddTypesOfHoles(List<BoundArgument> arguments)
    {
        if (arguments.Select(static argument => argument.Value).OfType<BoundPattern>().FirstOrDefault() is not { HoleTypes: { Count: > 0 } holes } pattern)
            return;

        var declared = arguments.FirstOrDefault(static argument => argument.Slot == Slots.As);
        IReadOnlyList<FieldType> fields = (declared?.Value as RecordType)?.Fields ?? [];
        if (declared is not null && fields.Count == 0)
            return;

        arguments.RemoveAll(static argument => argument.Slot == Slots.As);
        arguments.Add(new BoundArgument(declared?.Span ?? pattern.Span, Slots.As,
            new RecordType([.. fields, .. holes.Where(hole => fields.All(field => field.Name != hole.Name))])));
    }

    /// <summary>
    /// What <c>map E</c> means behind one value, and <c>extend</c> and <c>select</c> behind one record: the stage over the list of it, of which that is the
    /// only item. Null for a list, and for a text as it comes from outside, whose lines are meant.
    /// </summary>
    private static GroupSyntax? FindForOne(StageSyntax stage, OperatorSignature signature, RlmType input, BoundExpression? source)
    {
        bool isRecord = input.Required is RecordType { TextField: null };
        if (input.ItemType is not null || input.Required == RlmType.Unknown || input.Required == RlmType.None || signature.IsPaid
            || !signature.Is(OperatorTraits.GivesOneForEach) || (input.Required is RecordType && !isRecord)
            || !(isRecord || signature.Input == OperatorInput.List) || (input.IsTextual && source is BoundVariable { Symbol.Definition: null }))
            return null;

        var one = new ListSyntax(stage.Span, [new PipelineSyntax(stage.Span, new NameSyntax(stage.Span, "it"), [])]);
        var first = new StageSyntax(stage.Span, new IdentifierSyntax(stage.Span, "first"), OperatorCatalog.Find("first"), [], null);
        return new GroupSyntax(stage.Span, new PipelineSyntax(stage.Span, one, [stage, first]));
    }

    /// <summary>A stage that computes a value of what comes in.</summary>
    private static BoundStage Compute(SourceSpan span, BoundExpression value, RlmType input) =>
        new(span, OperatorCatalog.Function, [new BoundArgument(span, Slots.Value, value)], input, value.Type, false);

    private void Check(BoundStage stage)
    {
        if (stage.Operator.IsPaid)
            CallOptions.Check(stage, context.Environment.RootsRefused, context.Sink);
        ClashingFields.Check(stage, context.Sink);
        FixedTexts.CheckKeys(stage, context.Sink);
        FixedKeys.Check(stage, context.Sink);
        foreach (var check in stage.Operator.Checks)
            check(stage, context.Sink);
    }

    /// <summary>Whether the operator takes the type, and whether it is lifted over it.</summary>
    private bool Accepts(StageSyntax stage, OperatorSignature signature, RlmType input, BoundStage? before, out bool isLifted)
    {
        isLifted = false;
        if (input.Required == RlmType.Unknown || signature.Input == OperatorInput.Any)
            return true;

        bool isList = input.ItemType is not null;
        switch (signature.Input)
        {
            case OperatorInput.Text when input.IsTextual:
                return true;

            case OperatorInput.Text when isList && (input.ItemType!.IsTextual || input.ItemType.Required == RlmType.Unknown):
                isLifted = true;
                return true;

            case OperatorInput.TextOrList when isList || input.IsTextual:
            case OperatorInput.List when isList:
            case OperatorInput.Rows when isList && (input.ItemType!.Required is RecordType || input.ItemType.Required == RlmType.Unknown):
                return true;
        }

        StageInputs.Report(stage, signature, input, before, context.Sink);
        return false;
    }

    /// <summary>What a prompt sees: the item for a stage over items, the group for <c>reduce … by</c>, the whole value otherwise.</summary>
    private ItemScope PromptScope(StageSyntax stage, RlmType input, ItemScope? scope)
    {
        var signature = stage.Operator!;
        if (signature.Input == OperatorInput.Any)
            return new ItemScope(input, scope) { HasFields = input.ItemType is null };
        if (!signature.Is(OperatorTraits.AsksTogether))
            return new ItemScope(input.ItemType ?? RlmType.Unknown, scope);
        if (stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.By)?.Value is not BindingListSyntax keys)
            return new ItemScope(input, scope) { HasFields = false };

        var by = new BoundArgument(keys.Span, Slots.By, context.Bindings.Bind(SlotKind.Keys, keys, input, scope));
        return new ItemScope(ResultTypes.MakeKeyedRow(new StageTyping(stage.Span, signature, [by], input)), scope);
    }

    /// <summary>The rows of a host's text, told from the first ones; null where they cannot be.</summary>
    private RlmType? ProbeRows(OperatorSignature signature, BoundExpression? source, StageTyping typing)
    {
        var (symbol, document) = source switch
        {
            BoundVariable { Symbol: var whole } => (whole, null),
            BoundIndexer { Target: BoundVariable { Symbol: var documents }, Index: BoundLiteral { Value: decimal and >= 0 and < int.MaxValue and var place } } when place % 1 == 0 =>
                (documents, (int)place),
            _ => ((VariableSymbol?)null, (int?)null),
        };
        return symbol is { Definition: null } && signature.ProbedFormat(typing) is { } format ? context.Environment.ProbeSchema(symbol, document, format) : null;
    }

    private BoundStage? BindFunctionStage(StageSyntax stage, RlmType input, ItemScope? scope, BoundStage? before)
    {
        // How many a list has and how long a text is are two things, which other languages call by one name.
        string name = stage.Head.Name;
        if (context.FindFunction(name) is null && FunctionSynonyms.Canonical(name) is { } canonical
            && (FunctionCatalog.Find(canonical) is { OfList: null } || (LengthWords.Contains(name) && input.Required != RlmType.Unknown)))
            name = canonical;
        var call = stage.Call ?? [];
        if (context.FindFunction(name) is null && Substrings.OfStage(stage.Head, call) is { } part)
        {
            if (context.Calls.ReportSubstring(stage.Head, part))
                return null;
            if (part.Slice is not null)
                (name, call) = ("slice", [.. part.Slice.Select(CallArgumentSyntax.Of)]);
        }

        if (context.FindFunction(name) is not { } function)
        {
            if (stage.Call is null && (input.ItemType ?? input).Required is RecordType row && row.Find(TypeRules.MemberNameOf(row, stage.Head.Name)) is not null)
            {
                var field = new ArgumentSyntax(stage.Head.Span, Slots.Field, stage.Head);
                return Bind(stage with { Operator = OperatorCatalog.Find("get"), Arguments = [field] }, input, scope, null, null);
            }

            if ((JoinCalls.OfStage(stage.Span, stage.Head, call) ?? WiderRows.Find(stage, input)) is { } meant)
                return Bind(meant, input, scope, null, before);

            UnknownOperator.Report(stage, context);
            return null;
        }

        // How many a list has is `length` and `len` in other languages.
        if (call.Count == 0 && input.ItemType is { } counted && function.OfList is { } ofItems
            && (LengthWords.Contains(stage.Head.Name) || counted.Required is RecordType { TextField: null }))
            return Bind(stage with { Operator = OperatorCatalog.Find(ofItems), Arguments = [], Call = null }, input, scope, null, null);

        // One text is given of one group; of several named ones rows are meant.
        if (function.OfGroups is { } rows && call is [{ Operand: RegexSyntax pattern }] && RegexRules.HasNamedGroups(pattern.Pattern))
            return Bind(stage with { Operator = OperatorCatalog.Find(rows), Arguments = [new ArgumentSyntax(pattern.Span, Slots.CapturePattern, pattern)] }, input, scope, null, null);

        // `rows | distinct_count(user)` is of what the items have.
        if (input.ItemType is not null && function is { IsFold: true, Parameters.Count: var taken } && call.Count == taken && (taken == 1 || function.OverItems!.IsOfPairs))
        {
            return Compute(stage.Span,
                context.Aggregates.Bind(stage.Span, function, call, new ItemScope(input, scope) { IsGroup = true, HasFields = false }), input);
        }

        if (input.ItemType is { IsTextual: true } && function.OfList is { } ofList)
        {
            context.Report(DslDiagnostics.FunctionOfEach, stage.Span, $"`{stage.Head.Name}` behind a list is that of each text",
                $"that of the list is `{ofList}`");
        }

        if (FunctionOfRows.Report(stage, function, input, before, context))
            return null;

        bool takesList = function.Parameters.Count > 0 && function.Parameters[0].Type.ItemType is not null;
        bool isLifted = input.ItemType is not null && !takesList;
        var piped = new BoundItem(stage.Head.Span, isLifted ? input.ItemType! : input, 0);
        var item = new ItemScope(piped.Type, scope);
        var value = FilledTexts.OfStage(stage.Span, name, call) is { } text
            ? context.Expressions.Bind(text, item)
            : context.Calls.Bind(stage.Span, stage.Head with { Name = name }, call, item, piped);

        // A list that each item gives stays one list, as with the operators that cut.
        var output = !isLifted ? value.Type : value.Type.ItemType is null ? RlmType.ListOf(value.Type) : value.Type;
        return new BoundStage(
            stage.Span, OperatorCatalog.Function, [new BoundArgument(stage.Span, Slots.Value, value)], input, output, isLifted);
    }
}
