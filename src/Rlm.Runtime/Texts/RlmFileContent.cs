namespace Rlm;

/// <summary>What an <see cref="IRlmFileReader"/> makes of a file, as far as it is known before the file is read.</summary>
public enum RlmFileContent
{
    /// <summary>One text. Mails in it are places.</summary>
    Text,

    /// <summary>One mail.</summary>
    Mail,

    /// <summary>Mails, as many as there are; a file of a folder is read before the others for that.</summary>
    Mails,
}
