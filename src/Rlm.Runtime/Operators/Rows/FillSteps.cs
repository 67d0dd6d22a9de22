using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>The steps of a <c>fill</c>, as places on a line: numbers, or the ticks that a date's clock shows.</summary>
internal abstract class FillSteps
{
    /// <summary>What the values are, as "number".</summary>
    public abstract string Kind { get; }

    /// <summary>The steps that a stage names.</summary>
    /// <exception cref="EvaluationException">It names none.</exception>
    public static FillSteps Of(BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var step = stage.Get(Slots.Step);
        return ExpressionEvaluator.Evaluate(step, scope, evaluation) switch
        {
            NumberValue { Number: { IsExact: true, InDecimal: > 0 and var width } } => new OfNumbers(width),
            DurationValue { Duration.Ticks: > 0 and var ticks } => new OfDates(
                stage, ticks % TimeSpan.TicksPerDay == 0 ? DatePrecision.Day : DatePrecision.Time, evaluation.Now,
                (clock, first) => (clock.Ticks - first.Ticks) % ticks == 0, clock => clock.AddTicks(ticks)),
            TextValue text when CalendarUnit.Find(text.ToString()) is { } unit =>
                new OfDates(stage, unit.Least, evaluation.Now, (clock, _) => unit.StartOf(clock) == clock, unit.Next),
            var value => throw new EvaluationException(step.Span,
                $"`fill` goes by a width above 0, a duration or a calendar unit, and this is {ValueRenderer.InTemplate(value)}",
                $"write `by 10`, `by 1h` or one of {string.Join(", ", CalendarUnit.All.Select(unit => $"\"{unit.Name}\""))}"),
        };
    }

    /// <summary>Where a value stands; null where it is of no use.</summary>
    public abstract decimal? PlaceOf(Value value);

    /// <summary>Whether one of the steps from the first place on is there.</summary>
    public abstract bool IsStep(decimal place, decimal first);

    /// <summary>The step after one; null where there can be none.</summary>
    public abstract decimal? Next(decimal place);

    /// <summary>The value of a step.</summary>
    public abstract Value ValueAt(decimal place);

    private sealed class OfNumbers(decimal width) : FillSteps
    {
        public override string Kind => "number";

        public override decimal? PlaceOf(Value value) => Reading.AsNumber(value) is { IsExact: true, InDecimal: var number } ? number : null;

        public override bool IsStep(decimal place, decimal first) => (place - first) % width == 0;

        public override decimal? Next(decimal place) => Number.Add(place, width) is { IsExact: true, InDecimal: var next } ? next : null;

        public override Value ValueAt(decimal place) => new NumberValue(place);
    }

    private sealed class OfDates(
        BoundStage stage, DatePrecision least, DateTime? now, Func<DateTime, DateTime, bool> isStep, Func<DateTime, DateTime> next)
        : FillSteps
    {
        private PointInTime? _pattern;

        public override string Kind => "date";

        public override decimal? PlaceOf(Value value)
        {
            if (Reading.AsDate(value, now) is not { Point: var point } || (least == DatePrecision.Time ? point.IsBare : point.Precision < least))
                return null;

            _pattern ??= point;
            if (_pattern.Value.Offset != point.Offset || _pattern.Value.IsClockTime != point.IsClockTime)
            {
                throw new EvaluationException(stage.Span, "`fill` goes over times of one clock, and these have several offsets",
                    "fill the times of each offset by itself, or `bin` them by \"day\"");
            }

            return point.Clock.Ticks;
        }

        public override bool IsStep(decimal place, decimal first) => isStep(new DateTime((long)place), new DateTime((long)first));

        public override decimal? Next(decimal place)
        {
            try
            {
                return next(new DateTime((long)place)).Ticks;
            }
            catch (ArgumentOutOfRangeException)
            {
                return null;
            }
        }

        public override Value ValueAt(decimal place) =>
            new DateValue(_pattern!.Value with { Clock = new DateTime((long)place), Guess = DateGuess.None });
    }
}
