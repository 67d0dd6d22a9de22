namespace Rlm.Runtime.Values.Rows;

/// <summary>What the value of an item can be made of when its reader has moved on.</summary>
internal abstract class KeptRow
{
    public abstract Value Make();

    /// <summary>An item whose value is made.</summary>
    public sealed class Made : KeptRow
    {
        /// <summary>The item that is kept, in what another was kept in if that can be used again.</summary>
        public static Made Of(Value item, KeptRow? used)
        {
            var made = used as Made ?? new Made();
            made._item = item;
            return made;
        }

        private Value _item = NoneValue.Instance;

        public override Value Make() => _item;
    }
}
