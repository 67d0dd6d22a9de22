namespace Rlm.Server.Tests;

/// <summary>Servers of tests have no configuration of whoever runs the tests, and keep their runs elsewhere.</summary>
[SetUpFixture]
internal sealed class OwnFolders
{
    private static readonly string Root = Directory.CreateTempSubdirectory("rlm-server-tests-").FullName;

    /// <summary>A new folder, which is removed with the others.</summary>
    public static string Create() => Directory.CreateDirectory(Path.Combine(Root, Guid.NewGuid().ToString("N"))).FullName;

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(Root, recursive: true);
}
