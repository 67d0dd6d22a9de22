using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Packs;

namespace Rlm.Runtime.Tests.Asking;

internal sealed class PackedReplyTests
{
    [TestCase("[1] spam\n[2] ham", "1=spam,2=ham", TestName = "Read_Brackets_GivesEach")]
    [TestCase("1. spam\n2) ham", "1=spam,2=ham", TestName = "Read_BareNumbers_GivesEach")]
    [TestCase("1: spam\n2 - ham", "1=spam,2=ham", TestName = "Read_ColonAndDash_GivesEach")]
    [TestCase("- [1] spam\n* [2]: ham", "1=spam,2=ham", TestName = "Read_Bullets_GivesEach")]
    [TestCase("Here you are:\n\n```\n[1] spam\n[2] ham\n```", "1=spam,2=ham", TestName = "Read_FenceAndProse_GivesEach")]
    [TestCase("[2] ham", "2=ham", TestName = "Read_MissingRow_LeavesItOut")]
    [TestCase("[1] spam\n[2] ham\n[3] spam\n[0] x", "1=spam,2=ham", TestName = "Read_UnknownNumbers_AreLeftOut")]
    [TestCase("[0] spam\n[1] ham", "", TestName = "Read_CountedFrom0_GivesNone")]
    [TestCase("[2] spam\n[3] ham", "", TestName = "Read_CountedFrom2_GivesNone")]
    [TestCase("[1] spam\n[1] spam\n[2] ham", "1=spam,2=ham", TestName = "Read_SameTwice_IsNoContradiction")]
    [TestCase("[1] spam\n[2] ham\n[1] ham", "2=ham", TestName = "Read_Contradiction_LeavesTheRowOut")]
    [TestCase("[1] {\"a\": 1,\n \"b\": 2}\n[2] {}", "1={\"a\": 1,\n\"b\": 2},2={}", TestName = "Read_SeveralLines_BelongToTheirRow")]
    [TestCase("[1] Steps:\n1. mix\n2. bake\n[2] none", "1=Steps:\n1. mix\n2. bake,2=none", TestName = "Read_NumberedLinesInReply_AreNoRows")]
    [TestCase("[99999999999] x\n[1] spam", "1=spam", TestName = "Read_HugeNumber_IsLeftOut")]
    [TestCase("", "", TestName = "Read_Empty_GivesNone")]
    public void Read(string reply, string rows) =>
        Assert.That(
            string.Join(',', PackedReply.Read(reply, 2, RlmType.Text).OrderBy(row => row.Key).Select(row => $"{row.Key}={row.Value}")),
            Is.EqualTo(rows));

    [TestCase("[1] spam\n[-] ham\n[2] spam\n[-] ham", "1=spam,2=spam", TestName = "ReadBesideNeighbours_TheirRows_AreLeftOut")]
    [TestCase("[1] spam\n[2] ham\n[3] spam\n[4] ham", "", TestName = "ReadBesideNeighbours_NumbersForThem_GiveNone")]
    [TestCase("[0] spam\n[1] ham\n[2] spam", "", TestName = "ReadBesideNeighbours_CountedFrom0_GivesNone")]
    [TestCase("[1] spam\n[2] ham", "1=spam,2=ham", TestName = "ReadBesideNeighbours_AsAsked_GivesAll")]
    public void ReadBesideNeighbours(string reply, string rows) =>
        Assert.That(
            string.Join(',', PackedReply.Read(reply, 2, RlmType.Text, haveNeighbours: true).OrderBy(row => row.Key).Select(row => $"{row.Key}={row.Value}")),
            Is.EqualTo(rows));
}
