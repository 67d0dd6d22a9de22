using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;
using Rlm.Offline;

namespace Rlm.Runtime.Tests;

internal sealed class PublicApiTests
{
    [Test]
    public void PublicApi_Library_IsAsVerified() => Snapshot.Verify(ApiOf(typeof(RlmAgent).Assembly));

    [Test]
    public void PublicApi_OfflineModel_IsAsVerified() => Snapshot.Verify(ApiOf(typeof(OfflineChatClient).Assembly));

    private static string ApiOf(Assembly assembly) =>
        assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = [typeof(AsyncIteratorStateMachineAttribute).FullName!]
        }) + "\n";
}
