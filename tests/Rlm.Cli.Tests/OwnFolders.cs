namespace Rlm.Cli.Tests;

/// <summary>Binaries that tests start have no configuration of whoever runs the tests, and keep their runs elsewhere.</summary>
[SetUpFixture]
internal sealed class OwnFolders
{
    [OneTimeSetUp]
    public void Set()
    {
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", TestFiles.NewDirectory());
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", TestFiles.NewDirectory());
        Environment.SetEnvironmentVariable("RLM_CONFIG", null);
    }
}
