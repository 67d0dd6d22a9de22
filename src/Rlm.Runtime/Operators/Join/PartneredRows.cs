using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Join;

/// <summary>The rows of a join, made while the left side is read.</summary>
/// <param name="name">The stage's name.</param>
/// <param name="keepsAll">Whether a row without a partner is kept.</param>
/// <param name="rows">The left side.</param>
/// <param name="extender">What makes rows of its items.</param>
/// <param name="on">The fields that are the key.</param>
/// <param name="partners">The right side.</param>
/// <param name="shapes">What puts two rows together.</param>
/// <param name="width">How many fields of the left side are read one by one.</param>
internal sealed class PartneredRows(
    string name, bool keepsAll, StageRows rows, RowExtender extender, string[] on, JoinPartners partners, JoinedShapes shapes, int width)
    : RowReader, IKeyParts
{
    private readonly RowExpression[] _keys = [.. on.Select(rows.Field)];
    private int _partner = -1;
    private bool _hasAny;
    private long _count;
    private long _missed;
    private string? _firstMissed;

    public override bool Has(int field) => field >= width || rows.Reader.Has(field);

    public override Cell CellAt(int field) => field < width ? rows.Reader.CellAt(field) : shapes.CellOf(Partner, field - width);

    public override Value ValueAt(int field) => field < width ? rows.Reader.ValueAt(field) : shapes.ValueOf(Partner, field - width);

    Cell IKeyParts.CellOf(int part) => partners.Read(part, _keys[part], rows);

    Value IKeyParts.ValueOf(int part) => throw new InvalidOperationException("A key of the left side is only looked for.");

    public override void Dispose() => rows.Dispose();

    private RecordValue? Partner => _partner < 0 ? null : partners.Rows[_partner];

    protected override bool Advance()
    {
        if (_partner >= 0 && (_partner = partners.NextOf(_partner)) >= 0)
        {
            rows.Evaluation.CancellationToken.ThrowIfCancellationRequested();
            return true;
        }

        while (rows.MoveNext())
        {
            _count++;
            _partner = HasKey() ? partners.FirstOf(this) : -1;
            _hasAny |= _partner >= 0;
            if (!_hasAny)
                CountMissed();
            if (_partner >= 0 || keepsAll)
                return true;
        }

        TellNone();
        return false;
    }

    protected override Value MakeItem() => shapes.Join(extender.RowOf(rows.Reader.Item), Partner);

    private bool HasKey()
    {
        foreach (var key in _keys)
        {
            if (key.Read(rows).IsNone)
                return false;
        }

        return true;
    }

    /// <summary>Counts a row that has a partner but for case and blanks around the keys.</summary>
    private void CountMissed()
    {
        if (partners.Rows.Length == 0 || !partners.HasFolded(ValueOf))
            return;

        _missed++;
        _firstMissed ??= string.Join(", ", extender.RowOf(rows.Reader.Item) is var row ? row.Shape.Names.Intersect(on).Select(key => ValueRenderer.InTemplate(row.Find(key)!)) : []);

        Value ValueOf(string field) => FieldAccess.Of(extender.RowOf(rows.Reader.Item), field);
    }

    private void TellNone()
    {
        if (_hasAny || _count == 0 || partners.Rows.Length == 0)
            return;

        rows.Evaluation.Tallies.Doubt(
            $"{name}: not one of {Amount.Of(_count, "row")} has a partner among {Amount.Of(partners.Rows.Length)}",
            _missed == 0
                ? "look at how both sides write the keys, as a time and its day; where none is meant to be there, count with `in`"
                : $"{Amount.Of(_missed, "row")} {Amount.Agree(_missed, "{has|have}")} one but for case and blanks, as `{Preview.Of(_firstMissed!, 60)}`: write `| extend {string.Join(", ", on.Select(key => $"{key} = lower(trim({key}))"))}` on both sides before");
    }
}
