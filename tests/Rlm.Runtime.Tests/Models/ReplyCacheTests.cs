using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Tests.Models;

/// <summary>Who makes a call, who waits for it, and what is shared after.</summary>
internal sealed class ReplyCacheTests
{
    private static readonly CallKey Key = new(1);

    private ReplyCache _replies = new(null);

    [SetUp]
    public void StartAnew() => _replies = new ReplyCache(null);

    [Test]
    public async Task Begin_CallInFlight_WaitsForItsReply()
    {
        Assert.That(_replies.Begin(Key), Is.Null);
        var waiting = _replies.Begin(Key)!;
        Assert.That((waiting.IsCompleted, _replies.Has(Key)), Is.EqualTo((false, false)));

        _replies.End(Key, new ModelReply("yes", new TokenCounts(100, 2)));

        Assert.That((await waiting).Text, Is.EqualTo("yes"));
        Assert.That((await _replies.Begin(Key)!).Text, Is.EqualTo("yes"));
        Assert.That(_replies.Has(Key), Is.True);
        _replies.ForgetFailures();
        Assert.That(_replies.Has(Key), Is.True);
    }

    [Test]
    public async Task Begin_CutReply_StaysCut()
    {
        Assert.That(_replies.Begin(Key), Is.Null);

        _replies.End(Key, new ModelReply("ye", new TokenCounts(100, 1)) { IsCut = true });

        Assert.That((await _replies.Begin(Key)!).IsCut, Is.True);
    }

    [Test]
    public async Task Begin_FailedCall_SharesTheFailureUntilItIsForgotten()
    {
        var failure = new ModelException(ModelFailure.ServerError, "broken");
        Assert.That(_replies.Begin(Key), Is.Null);
        var waiting = _replies.Begin(Key)!;

        _replies.Fail(Key, failure);

        await Assert.ThatAsync(() => waiting, Throws.Exception.SameAs(failure));
        await Assert.ThatAsync(() => _replies.Begin(Key)!, Throws.Exception.SameAs(failure));
        Assert.That(_replies.Has(Key), Is.False);
        _replies.ForgetFailures();
        Assert.That(_replies.Begin(Key), Is.Null);
    }
}
