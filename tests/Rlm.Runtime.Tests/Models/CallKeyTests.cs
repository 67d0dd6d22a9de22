using System.IO.Hashing;
using Rlm.Runtime.Models;

namespace Rlm.Runtime.Tests.Models;

/// <summary>The key of a call, which journals hold from one version to the next.</summary>
internal sealed class CallKeyTests
{
    [Test]
    public void ToString_Parts_IsTheHashThatJournalsHold()
    {
        string expected = Convert.ToHexStringLower(XxHash128.Hash("sub\0\0größe\0"u8));

        Assert.That(CallKey.Of("sub", null, "größe").ToString(), Is.EqualTo(expected));
        Assert.That(CallKey.Of("su", "b", "größe").ToString(), Is.Not.EqualTo(expected));
    }

    [Test]
    public void ToString_SmallHash_KeepsItsZeros() => Assert.That(new CallKey(11).ToString(), Is.EqualTo("0000000000000000000000000000000b"));
}
