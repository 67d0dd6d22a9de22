namespace Rlm.Conformance;

/// <summary>A question over a generated text, as a program that a model would write, and its answer by other means.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="Program">The program.</param>
/// <param name="Answer">The answer.</param>
/// <param name="AskedRows">How many different rows a model has to read; 0 where no meaning is asked.</param>
public sealed record Question(string Name, string Program, string Answer, int AskedRows = 0)
{
    public override string ToString() => Name;
}
