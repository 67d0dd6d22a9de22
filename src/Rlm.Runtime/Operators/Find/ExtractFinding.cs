namespace Rlm.Runtime.Operators.Find;

/// <summary>What <c>extract</c> finds on a line beside captures.</summary>
/// <param name="Matches">How many matches there are.</param>
/// <param name="IsBlank">Whether it has nothing but blanks.</param>
/// <param name="LooksAlike">Whether it looks as if it matched, and does not.</param>
/// <param name="TakesMore">Whether the last capture goes on with another key.</param>
internal readonly record struct ExtractFinding(int Matches, bool IsBlank, bool LooksAlike, bool TakesMore);
