using Microsoft.Extensions.AI;
using static System.FormattableString;

namespace Rlm.AotSmoke;

internal enum Course
{
    Starter,
    Main,
    Dessert,
}

internal sealed record Dish(string Name, Course Course, decimal Price, DateOnly? Since = null);

/// <summary>Tools and pipelines over every type that the generators know.</summary>
[RlmTools]
internal sealed partial class Kitchen(IChatClient model)
{
    private readonly List<string> _orders = [];

    public IReadOnlyList<string> Orders => _orders;

    /// <summary>The dishes of a course.</summary>
    /// <param name="course">The course.</param>
    /// <param name="above">The lowest price.</param>
    [RlmTool]
    public static IReadOnlyList<Dish> Dishes(Course course, decimal above = 0) =>
        [.. new Dish[] { new("Soup", Course.Starter, 4.5m), new("Stew", Course.Main, 12m, new DateOnly(2026, 3, 1)), new("Pie", Course.Dessert, 6m) }
            .Where(dish => dish.Course == course && dish.Price > above)];

    [RlmTool("Takes every type.")]
    public static string Show(
        Guid id, Uri page, TimeSpan wait, DateTimeOffset at_time, (int Table, char Seat) place, Dictionary<string, int> counts, int?[] marks, Dish dish) =>
        Invariant($"{id:N} {page.Host} {wait.TotalMinutes} {at_time:HH:mm} {place.Table}{place.Seat} {counts["a"]} {marks.Count(mark => mark is null)} {dish.Name} {dish.Price}");

    [RlmTool("Orders a dish.", Name = "order_dish", Effect = RlmToolEffect.Writes, MaxCalls = 2, TimeoutSeconds = 10)]
    public async Task OrderAsync(string dish, CancellationToken cancellationToken)
    {
        await Task.Delay(0, cancellationToken);
        _orders.Add(dish);
    }

    [RlmPipeline("answer dishes | where price > least | sort by price")]
    public partial Task<IReadOnlyList<Dish>> DearerAsync(IReadOnlyList<Dish> dishes, decimal least);

    [RlmPipeline("dishes | count by course")]
    public partial ValueTask<Dictionary<Course, int>> CountsAsync(IReadOnlyList<Dish> dishes);

    [RlmPipeline("answer first(dishes)")]
    public partial Task<RlmResult<Dish>> FirstAsync(IReadOnlyList<Dish> dishes);

    [RlmPipeline("answer {a: day, b: wait * 2, c: course, d: marks | where it != none, e: [day > date(\"2026-01-01\")]}")]
    public partial Task<(DateOnly A, TimeSpan B, Course C, int[] D, bool[] E)> MixedAsync(DateOnly day, TimeSpan wait, Course course, int?[] marks);

    [RlmPipeline(File = "kitchen.rlm")]
    public static partial Task<int> LongestAsync(IChatClient model, TextSource context);
}
