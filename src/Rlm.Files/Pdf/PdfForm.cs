using UglyToad.PdfPig;
using UglyToad.PdfPig.AcroForms;
using UglyToad.PdfPig.AcroForms.Fields;
using UglyToad.PdfPig.Tokens;

namespace Rlm.Files.Pdf;

/// <summary>What was filled into the form of a PDF: its fields stand on pages without being a part of their text.</summary>
internal sealed class PdfForm
{
    private const int MostFields = 100_000;

    // 0 for fields that do not say on which page they are.
    private readonly Dictionary<int, List<string>> _lines = [];

    /// <summary>Whether there is a form that only programs of its maker show, beside or in place of the fields.</summary>
    public bool IsClosed { get; private init; }

    public static PdfForm Of(PdfDocument document, PdfDamage damage)
    {
        try
        {
            if (!document.TryGetForm(out AcroForm? form) || form is null)
                return new PdfForm();

            var read = new PdfForm { IsClosed = form.Dictionary.ContainsKey(NameToken.Create("XFA")) && form.Fields.Count == 0 };
            foreach (var field in form.GetFields().Take(MostFields))
                read.Add(field);
            return read;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            damage.Add(exception);
            return new PdfForm();
        }
    }

    /// <summary>The filled fields of a page, a line for each as <c>[field Name: Ann Lee]</c>; of the last page also those of none.</summary>
    public IEnumerable<string> LinesOf(int page, bool isLast) =>
        _lines.GetValueOrDefault(page, []).Concat(isLast ? _lines.Where(lines => lines.Key < 1 || lines.Key > page).SelectMany(lines => lines.Value) : []);

    private void Add(AcroFieldBase field)
    {
        string? value = field switch
        {
            AcroCheckboxField box => box.IsChecked ? "checked" : null,
            AcroRadioButtonField button => button.IsSelected ? button.CurrentValue?.Data : null,
            AcroTextField text => text.Value,
            AcroComboBoxField box => string.Join(", ", box.SelectedOptions),
            AcroListBoxField box => string.Join(", ", box.SelectedOptions),
            _ => null,
        };
        if (string.IsNullOrWhiteSpace(value))
            return;

        string name = field.Information.AlternateName ?? field.Information.PartialName ?? "";
        int page = field.PageNumber ?? 0;
        if (!_lines.TryGetValue(page, out var lines))
            _lines[page] = lines = [];
        lines.Add(PdfNotes.Line("field", name, value));
    }
}
