namespace Rlm.Dsl.Binders;

/// <summary><c>(b - a).days</c> is how Python writes <c>(b - a) / 1d</c>.</summary>
internal static class DurationUnits
{
    public static TimeSpan? Find(string name) => name switch
    {
        "days" => TimeSpan.FromDays(1),
        "hours" => TimeSpan.FromHours(1),
        "minutes" => TimeSpan.FromMinutes(1),
        "seconds" or "total_seconds" => TimeSpan.FromSeconds(1),
        _ => null,
    };
}
