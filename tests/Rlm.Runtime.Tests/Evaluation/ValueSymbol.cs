using System.Collections;
using System.Runtime.CompilerServices;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>A variable that carries its value, so that a tree with values in it can be evaluated as it stands.</summary>
internal sealed class ValueSymbol
{
    private static readonly ConditionalWeakTable<VariableSymbol, Value> Values = [];

    public ValueSymbol(Value value) => Values.Add(Symbol, value);

    public VariableSymbol Symbol { get; } = new("v", RlmType.Unknown, null);

    /// <summary>The values of all such variables.</summary>
    public sealed class Table : IReadOnlyDictionary<VariableSymbol, Value>
    {
        public IEnumerable<VariableSymbol> Keys => [];

        public int Count => 0;

        IEnumerable<Value> IReadOnlyDictionary<VariableSymbol, Value>.Values => [];

        public Value this[VariableSymbol key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException();

        public bool ContainsKey(VariableSymbol key) => TryGetValue(key, out _);

        public bool TryGetValue(VariableSymbol key, out Value value) => ValueSymbol.Values.TryGetValue(key, out value!);

        public IEnumerator<KeyValuePair<VariableSymbol, Value>> GetEnumerator() =>
            Enumerable.Empty<KeyValuePair<VariableSymbol, Value>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
