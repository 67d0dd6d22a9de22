using System.Text;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Conversations;

/// <summary>A long text of a user as UTF-8. As a string it would take twice as much, and as much again for each copy.</summary>
/// <remarks>It is data for the loop; a client that knows no such content is given <see cref="ToText"/>.</remarks>
internal sealed class Utf8TextContent(ReadOnlyMemory<byte> text) : DataContent(text, "text/plain")
{
    /// <summary>The same as a string.</summary>
    public TextContent ToText() => new(Encoding.UTF8.GetString(Data.Span));
}
