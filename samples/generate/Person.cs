/// <summary>Who writes; below the signs of a signature stands what it says.</summary>
internal sealed record Person(string Name, string Address, string Signature);
