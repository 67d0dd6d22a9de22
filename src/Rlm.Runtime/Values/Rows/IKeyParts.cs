namespace Rlm.Runtime.Values.Rows;

/// <summary>The parts of a key that is looked for.</summary>
internal interface IKeyParts
{
    Cell CellOf(int part);

    Value ValueOf(int part);
}
