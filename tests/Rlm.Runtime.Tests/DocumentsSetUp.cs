namespace Rlm.Runtime.Tests;

/// <summary>The process of the tests reads documents, as the command line does.</summary>
[SetUpFixture]
internal sealed class DocumentsSetUp
{
    [OneTimeSetUp]
    public void Register() => RlmDocuments.Register();
}
