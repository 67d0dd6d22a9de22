using System.Runtime.CompilerServices;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>Answers <c>in</c> for a long list that is asked again and again, each of whose items is compared as by <c>==</c>.</summary>
internal sealed class MemberSet
{
    private const int ShortestList = 16;

    // A list made for one item is asked once; hashing it would cost more than looking through it.
    private const int AsksBeforeHashing = 3;

    private static readonly ConditionalWeakTable<ListValue, MemberSet> Sets = [];

    private readonly ListValue _list;
    private readonly Lazy<HashSet<ValueKey>?> _keys;
    private int _asks;
    private bool _hasTexts;
    private bool _hasOthers;
    private bool _hasDates;
    private bool _hasFailed;

    private MemberSet(ListValue list)
    {
        _list = list;
        _keys = new Lazy<HashSet<ValueKey>?>(() => KeysOf(list));
    }

    /// <summary>Whether an item of the list equals the value; null where none does and one failed.</summary>
    public static bool? Contains(ListValue list, Value value, EvaluationContext evaluation) => list.IsStreamed || list.KnownCount < ShortestList
        ? IsAmong(list, value, evaluation)
        : Sets.GetValue(list, static list => new MemberSet(list)).Contains(value, evaluation);

    private static bool? IsAmong(ListValue list, Value value, EvaluationContext evaluation)
    {
        bool? isAmong = false;
        foreach (var item in list.Items)
        {
            bool? isEqual = Comparison.Holds(BinaryOperator.Equal, value, item, evaluation);
            if (isEqual == true)
                return true;
            isAmong = isEqual is null ? null : isAmong;
        }

        return isAmong;
    }

    private bool? Contains(Value value, EvaluationContext evaluation)
    {
        if (ValueKinds.Of(value) is not (ValueKind.Text or ValueKind.Number or ValueKind.Date or ValueKind.None)
            || Interlocked.Increment(ref _asks) < AsksBeforeHashing
            || _keys.Value is not { } keys)
        {
            return IsAmong(_list, value, evaluation);
        }

        // A text equals a number that it reads as, though "1" and "1.0" are two texts: only hits in the set are certain.
        return keys.Contains(new ValueKey(value)) ? true : HasReading(value, evaluation) ? IsAmong(_list, value, evaluation) : _hasFailed ? null : false;
    }

    private bool HasReading(Value value, EvaluationContext evaluation) => value switch
    {
        TextValue => _hasOthers && (Reading.AsNumber(value) is not null || Reading.AsDate(value, evaluation.Now) is not null || Reading.AsBool(value) is not null),
        NumberValue => _hasTexts,
        // A day equals the instants on it, which are other keys.
        DateValue => _hasTexts || _hasDates,
        _ => false,
    };

    /// <summary>The keys; null where the list holds lists or records, whose equality is not that of keys.</summary>
    private HashSet<ValueKey>? KeysOf(ListValue list)
    {
        HashSet<ValueKey> keys = [];
        foreach (var item in list.Items)
        {
            if (item is ListValue or RecordValue)
                return null;

            _hasFailed |= item is FailedValue;
            _hasTexts |= item is TextValue;
            _hasDates |= item is DateValue;
            _hasOthers |= item is NumberValue or DateValue or BoolValue;
            keys.Add(new ValueKey(item));
        }

        return keys;
    }
}
