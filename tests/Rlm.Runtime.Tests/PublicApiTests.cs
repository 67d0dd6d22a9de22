using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace Rlm.Runtime.Tests;

internal sealed class PublicApiTests
{
    [Test]
    public void PublicApi_Library_IsAsVerified() => Snapshot.Verify(ApiOf(typeof(RlmAgent).Assembly));

    [Test]
    public void PublicApi_OfflineModel_IsAsVerified() => Snapshot.Verify(ApiOf(typeof(OfflineChatClient).Assembly));

    [Test]
    public void PublicApi_Providers_IsAsVerified() => Snapshot.Verify(ApiOf(typeof(ModelEndpoint).Assembly));

    [Test]
    public void PublicApi_Documents_IsAsVerified() => Snapshot.Verify(ApiOf(typeof(RlmDocuments).Assembly));

    [Test]
    public void PublicApi_Files_IsAsVerified() => Snapshot.Verify(ApiOf(typeof(RlmFiles).Assembly));

    /// <summary>A host writes one <c>using</c>, whichever of the packages it takes.</summary>
    [TestCase(typeof(RlmProgram))]
    [TestCase(typeof(RlmAgent))]
    [TestCase(typeof(OfflineChatClient))]
    [TestCase(typeof(ModelEndpoint))]
    [TestCase(typeof(RlmDocuments))]
    [TestCase(typeof(RlmFiles))]
    public void PublicApi_Types_StandInOneNamespace(Type ofLibrary) => Assert.That(
        ofLibrary.Assembly.GetExportedTypes().Where(type => type.Namespace != "Rlm"), Is.Empty);

    private static string ApiOf(Assembly assembly) =>
        assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = [typeof(AsyncIteratorStateMachineAttribute).FullName!]
        }) + "\n";
}
