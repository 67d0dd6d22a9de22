namespace Rlm.Cli.Mcp;

/// <summary>A part of a tool's result: a text, or a link to a resource.</summary>
/// <param name="Type">Which of them.</param>
/// <param name="Text">The text.</param>
/// <param name="Uri">The resource.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is.</param>
/// <param name="MimeType">How it is written.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record McpContent(string Type, string? Text, string? Uri, string? Name, string? Description, string? MimeType, long? Size)
{
    public static McpContent OfText(string text) => new("text", text, null, null, null, null, null);

    public static McpContent OfLink(McpResource resource) =>
        new("resource_link", null, resource.Uri, resource.Name, resource.Description, resource.MimeType, resource.Size);
}
