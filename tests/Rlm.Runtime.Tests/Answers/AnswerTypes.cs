using System.Text.Json.Serialization;

namespace Rlm.Runtime.Tests.Answers;

internal enum Mood
{
    Calm,
    Angry,
    VerySad = 7,
}

[JsonConverter(typeof(JsonStringEnumConverter<Level>))]
internal enum Level
{
    Low,
    High,
}

internal sealed record Team(string Name, int Wins, Mood Mood = Mood.Calm, string? Coach = null);

internal sealed record Report(
    Level Level, IReadOnlyList<Team> Teams, Dictionary<string, decimal> Costs, DateOnly Day, DateTime Start, TimeSpan Took, bool IsDone,
    Guid? Id, double Share);

internal sealed record Node(string Name, IReadOnlyList<Node> Children);

[JsonPolymorphic]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
internal abstract record Figure;

internal sealed record Circle(double Radius) : Figure;

internal sealed record Square(double Side) : Figure;

/// <summary>A type that checks its values itself.</summary>
internal sealed record Percent
{
    [JsonConstructor]
    public Percent(int value) => Value = value is >= 0 and <= 100 ? value
        : throw new ArgumentException("a percentage is from 0 to 100");

    public int Value { get; }
}

internal sealed record Times(DateTimeOffset At, TimeOnly Clock, Uri Page, char Sign);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(List<Team>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(Figure))]
[JsonSerializable(typeof(Percent))]
[JsonSerializable(typeof(Times))]
[JsonSerializable(typeof(Mood))]
[JsonSerializable(typeof(Level))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(TimeSpan))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(int[][]))]
internal sealed partial class AnswerContext : JsonSerializerContext;
