using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rlm.Cli.Tests;

/// <summary>The command line is the first proof that the public API suffices.</summary>
internal sealed class PublicApiOnlyTests
{
    [TestCase(typeof(RlmProgram))]
    [TestCase(typeof(RlmAgent))]
    [TestCase(typeof(ModelEndpoint))]
    [TestCase(typeof(RlmDocuments))]
    public void Library_InternalsVisibleTo_LeavesTheCommandLineOut(Type facade)
    {
        var friends = facade.Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

        Assert.That(friends, Is.Not.Empty.And.None.EqualTo("rlm"));
    }
}
