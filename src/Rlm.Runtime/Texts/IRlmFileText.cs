namespace Rlm;

/// <summary>Takes the text of a file, in its order, from an <see cref="IRlmFileReader"/>.</summary>
public interface IRlmFileText
{
    /// <summary>Begins a place, which what is written from here on is cited by: <c>p12</c> gives <c>contract.pdf:p12</c>.</summary>
    /// <param name="place">One line, without the file's name.</param>
    void StartPlace(string place);

    /// <summary>Adds to the text.</summary>
    void Write(string text);

    /// <summary>Tells in one line what of the file is not in the text, such as <c>page 3 is damaged</c>; answers are then partial.</summary>
    void AddGap(string gap);
}
