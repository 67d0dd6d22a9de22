namespace Rlm;

/// <summary>Takes the text of a file, in its order, from an <see cref="IRlmFileReader"/>.</summary>
public interface IRlmFileText
{
    /// <summary>Begins a mail, which is a document of its own, named <c>box.mbox:#31</c> for the place <c>#31</c>.</summary>
    /// <remarks>A file that begins one is a list of them; nothing is written before the first.</remarks>
    /// <param name="place">One line, without the file's name; empty where the file is the mail.</param>
    /// <param name="header">The fields that rows of mails have.</param>
    void StartMail(string place, RlmMailHeader header);

    /// <summary>Begins a place, which what is written from here on is cited by: <c>p12</c> gives <c>contract.pdf:p12</c>.</summary>
    /// <param name="place">One line, without the name of the file or the mail.</param>
    void StartPlace(string place);

    /// <summary>Adds to the text.</summary>
    void Write(string text);

    /// <summary>Tells in one line what of the file, or the mail, is not in the text, such as <c>page 3 is damaged</c>; answers are then
    /// partial.</summary>
    void AddGap(string gap);
}
