using PublicApiGenerator;

namespace Rlm.Dsl.Tests;

internal sealed class PublicApiTests
{
    [Test]
    public void PublicApi_Library_IsAsVerified() =>
        Snapshot.Verify(
            typeof(RlmProgram).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n");
}
