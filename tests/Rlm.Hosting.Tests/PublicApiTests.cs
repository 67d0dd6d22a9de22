using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace Rlm.Hosting.Tests;

internal sealed class PublicApiTests
{
    [Test]
    public void PublicApi_Library_IsAsVerified() =>
        Snapshot.Verify(typeof(RlmChatClient).Assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = [typeof(AsyncIteratorStateMachineAttribute).FullName!],
        }) + "\n");
}
