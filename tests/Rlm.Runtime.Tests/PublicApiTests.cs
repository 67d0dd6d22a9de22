using PublicApiGenerator;

namespace Rlm.Runtime.Tests;

internal sealed class PublicApiTests
{
    [Test]
    public void PublicApi_Library_IsAsVerified() =>
        Snapshot.Verify(typeof(RlmAgent).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");
}
