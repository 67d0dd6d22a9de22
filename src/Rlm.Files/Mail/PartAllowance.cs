namespace Rlm.Files.Mail;

/// <summary>How many parts of a mail may be read.</summary>
internal sealed class PartAllowance
{
    public const int Most = 10_000;

    /// <summary>In how many others a part may lie.</summary>
    public const int MostDepth = 20;

    private int _count;

    public bool IsUsedUp => _count > Most;

    public bool Take() => _count <= Most && ++_count <= Most;
}
