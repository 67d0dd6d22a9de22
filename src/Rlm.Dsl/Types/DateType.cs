namespace Rlm.Dsl.Types;

/// <summary><c>date "dd/MM/yyyy"</c>: how <c>extract</c> reads a field; what it gives is a date like any other.</summary>
internal sealed record DateType(string Format) : RlmType
{
    public override string ToString() => $"date \"{Format}\"";
}
