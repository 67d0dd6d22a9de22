using System.Reflection;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Tests.Operators;

internal sealed class SlotsTests
{
    private static readonly Slot[] All =
        [.. typeof(Slots).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (Slot)field.GetValue(null)!)];

    /// <summary>A stage that is asked by a slot gets what the binder put there: the slot's type is that of its kind.</summary>
    [TestCaseSource(typeof(OperatorCatalog), nameof(OperatorCatalog.All))]
    public void Slots_EveryForm_AreFilledWithWhatTheyTake(OperatorSignature signature)
    {
        string[] stages = [.. new[] { true, false }
            .SelectMany(isCondition => CatalogStages.Of(signature, slot => CatalogStages.Fill(slot, "x", isCondition)))
            .Distinct()];
        var filled = stages.Select(stage => RlmProgram.Compile(
            $"let rows = context | parse csv\ncontext | lines | extend x = it, made = it | {stage}\ncontext | {stage}\n"))
            .Where(program => program.Bound is not null)
            .SelectMany(program => program.Bound!.Pipelines).SelectMany(pipeline => pipeline.Stages).Where(stage =>
                stage.Operator == signature)
            .SelectMany(stage => stage.Arguments).ToArray();
        Assert.That(
            filled.Select(argument => argument.Slot),
            Is.SupersetOf(CatalogStages.SlotsOf(signature.Shape)));

        Assert.That(filled.Where(argument => !argument.Slot.Takes(argument.Value) && argument.Value is not BoundLiteral { Value: null })
            .Select(argument => $"{argument.Slot} is {argument.Value}"), Is.Empty);
    }

    /// <summary>Two slots of one name are of two kinds, and no shape has both of them.</summary>
    [Test]
    public void Slots_All_AreEachOneThing()
    {
        Assert.That(All.GroupBy(slot => (slot.Name, slot.Kind)).Where(group => group.Count() > 1).Select(group => group.Key), Is.Empty);
        Assert.That(
            OperatorCatalog.All.SelectMany(signature => CatalogStages.SlotsOf(signature.Shape).Distinct().GroupBy(slot => slot.Name))
                .Where(group => group.Count() > 1).Select(group => group.Key), Is.Empty);
    }

    [Test]
    public void Slots_All_StandInAShape() =>
        Assert.That(
            All.Except(OperatorCatalog.All.SelectMany(signature => CatalogStages.SlotsOf(signature.Shape))),
            Is.EquivalentTo(new Slot[] { Slots.Ignored, Slots.CaptureName, Slots.Dropped, Slots.Renamed, Slots.Filled }));
}
