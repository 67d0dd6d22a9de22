using Rlm;

namespace SupportDesk;

/// <summary>What the desk knows besides the mailbox, as tools that programs and models may call.</summary>
[RlmTools]
public sealed partial class Desk
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase)
    {
        ["kettle"] = "Ines",
        ["lamp"] = "Oskar",
    };

    [RlmTool("Who answers mails about a product; none where nobody does.")]
    public string? OwnerOf(string product) => _owners.GetValueOrDefault(product);
}
