using Npgsql;

namespace Rlm.Workers.Tests;

/// <summary>What the address of a queue says, and what it must not.</summary>
internal sealed class QueueAddressTests
{
    [Test]
    public void Read_WholeAddress_GivesItsParts()
    {
        var address = QueueAddress.Read("postgres://my%40user:p%3Aw@db.example.com:6432/my%20base?sslmode=require&sslrootcert=/etc/ca.pem");
        Assert.That(
            (address.Username, address.Password, address.Host, address.Port, address.Database, address.SslMode, address.RootCertificate),
            Is.EqualTo(("my@user", "p:w", "db.example.com", 6432, "my base", SslMode.Require, "/etc/ca.pem")));
    }

    [TestCase("postgres://me@db.example.com/rlm", SslMode.VerifyFull)]
    [TestCase("postgresql://me@10.0.0.7/rlm", SslMode.VerifyFull)]
    [TestCase("postgres://me@localhost.example.com/rlm", SslMode.VerifyFull)]
    [TestCase("postgres://me@localhost/rlm", SslMode.Disable)]
    [TestCase("postgres://me@127.0.0.1/rlm", SslMode.Disable)]
    [TestCase("postgres://me@[::1]/rlm", SslMode.Disable)]
    [TestCase("postgres://me@localhost/rlm?host=/var/run/postgresql", SslMode.Disable)]
    [TestCase("postgres://me@db.example.com/rlm?sslmode=disable", SslMode.Disable)]
    [TestCase("postgres://me@127.0.0.1/rlm?host=192.0.2.2", SslMode.VerifyFull)]
    [TestCase("postgres://me@localhost/rlm?host=db.example.com", SslMode.VerifyFull)]
    public void Read_Host_IsAskedForACertificateUnlessItIsThisMachine(string url, SslMode mode) =>
        Assert.That(QueueAddress.Read(url).SslMode, Is.EqualTo(mode));

    [TestCase("db.example.com/rlm")]
    [TestCase("mysql://me@db/rlm")]
    [TestCase("postgres://db/rlm")]
    [TestCase("postgres://me@db")]
    [TestCase("postgres://me@db/a/b")]
    [TestCase("postgres://me@db/rlm?sslmode=prefer")]
    [TestCase("postgres://me@db/rlm?search_path=x")]
    [TestCase("postgres://me@db/rlm?sslmode")]
    [TestCase("")]
    public void Read_AnythingElse_IsRefused(string url)
    {
        var refusal = Assert.Throws<CallQueueException>(() => QueueAddress.Read(url));
        Assert.That(refusal!.IsTransient, Is.False);
    }

    [Test]
    public void Display_Password_IsLeftOut() =>
        Assert.That(QueueAddress.Display(QueueAddress.Read("postgres://me:secret@db.example.com:6432/rlm")), Is.EqualTo("postgres://db.example.com:6432/rlm"));

    [Test]
    public void Read_OtherParameters_CannotBeSetThroughAPart()
    {
        var address = QueueAddress.Read("postgres://me%3BSSL%20Mode%3DDisable:a%3BHost%3Devil@db.example.com/rlm");
        var read = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.That((read.Host, read.SslMode, read.Username, read.Password), Is.EqualTo(("db.example.com", SslMode.VerifyFull, "me;SSL Mode=Disable", "a;Host=evil")));
    }
}
