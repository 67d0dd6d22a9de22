using System.Text;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>
/// Texts of no column that are read as numbers one by one: `1,500` is 1500 by custom. Where others of the same stage show a decimal comma
/// that custom may be wrong, and the result rests on it.
/// </summary>
internal sealed class CommaDoubt
{
    private const int DigitsOfThousands = 3;

    private string? _open;
    private string? _comma;

    public void Add(in Cell cell)
    {
        if (cell.Column is not null || (_open is not null && _comma is not null) || cell.LengthBytes is 0 or > NumberText.LongestBytes)
            return;

        if (cell.Kind == CellKind.Text)
            Add(cell.Text);
        else if (cell.ToValue() is TextValue text)
            Add(Encoding.UTF8.GetBytes(text.ToString()));
    }

    public void Tell(string stage, EvaluationContext evaluation)
    {
        if (_open is not null && _comma is not null)
            evaluation.Tallies.Doubt(
                $"{stage}: `{_open}` is read with thousands or decimals by custom, and `{_comma}` has a decimal comma",
                "read the texts as a column: `extract` or `parse` them, or put points for commas with `replace` before");
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)',') && !(text.Length > DigitsOfThousands && text[^(DigitsOfThousands + 1)] == '.'))
            return;

        string written = Encoding.UTF8.GetString(text);
        var number = NumberText.Read(written);
        if (number.IsOpen)
            _open ??= written.Trim();
        else if (number.Proof == DecimalMark.Comma)
            _comma ??= written.Trim();
    }
}
