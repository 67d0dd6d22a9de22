using Rlm.Dsl.Formats;

namespace Rlm.Runtime.Values.Dates;

/// <summary>The formats that programs read fields by, each parsed once. The binder has refused those that are none.</summary>
internal static class DateFormats
{
    private static readonly Memo<string, DatePattern> Known = new(StringComparer.Ordinal);

    public static DatePattern Of(string format) => Known.GetOrAdd(format, static format =>
        DatePattern.TryParse(format, out var fault) ?? throw new ArgumentException(fault!.Message, nameof(format)));
}
