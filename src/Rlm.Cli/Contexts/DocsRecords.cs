using System.Text.Json;

namespace Rlm.Cli.Contexts;

/// <summary>
/// Reads the JSON lines of <c>rlm-docs --records</c>: <c>{"rlm-docs":1}</c>, then <c>mail</c>, <c>place</c>, <c>text</c> and <c>gap</c>, at last
/// <c>end</c> or <c>error</c>.
/// </summary>
internal sealed class DocsRecords(IRlmFileText text)
{
    private const int Version = 1;

    private bool _hasBegun;

    /// <summary>Whether the last record was there.</summary>
    public bool IsComplete { get; private set; }

    /// <exception cref="InvalidDataException">The file is not read, or the line is none of this version.</exception>
    public void Take(string line)
    {
        var (name, value) = Read(line);
        if (!_hasBegun)
        {
            _hasBegun = name == "rlm-docs" && value.ValueKind == JsonValueKind.Number
                && value.TryGetInt32(out int version) && version == Version
                ? true : throw new InvalidDataException("`rlm-docs` is of another version than `rlm`; put both there from one release");
            return;
        }

        try
        {
            switch (name, value.ValueKind)
            {
                case ("mail", JsonValueKind.Object):
                    text.StartMail(TextOf(value, "place"), HeaderOf(value));
                    break;
                case ("place", JsonValueKind.String):
                    text.StartPlace(value.GetString()!);
                    break;
                case ("text", JsonValueKind.String):
                    text.Write(value.GetString()!);
                    break;
                case ("gap", JsonValueKind.String):
                    text.AddGap(value.GetString()!);
                    break;
                case ("end", JsonValueKind.True):
                    IsComplete = true;
                    break;
                case ("error", JsonValueKind.String):
                    IsComplete = true;
                    throw new InvalidDataException(value.GetString());
                default:
                    throw MakeUnknownError(line);
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or a mail behind a text.
            throw MakeUnknownError(line);
        }
    }

    private static RlmMailHeader HeaderOf(JsonElement mail) => new(
        TextOf(mail, "from"), TextOf(mail, "to"),
        mail.TryGetProperty("date", out var date) && date.TryGetDateTimeOffset(out var known) ? known : null,
        TextOf(mail, "subject"));

    private static string TextOf(JsonElement mail, string field) =>
        mail.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static (string Name, JsonElement Value) Read(string line)
    {
        try
        {
            using var record = JsonDocument.Parse(line);
            return record.RootElement.EnumerateObject().Select(field => (field.Name, field.Value.Clone())).Single();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw MakeUnknownError(line);
        }
    }

    private static InvalidDataException MakeUnknownError(string line) =>
        new($"`rlm-docs` writes what `rlm` does not know: `{(line.Length > 80 ? line[..80] : line)}`");
}
