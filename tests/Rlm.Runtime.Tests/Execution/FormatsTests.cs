using Rlm.Dsl.Types;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>The forms of a run's values, for whoever embeds it.</summary>
internal sealed class FormatsTests
{
    private static readonly RlmOptions Options = new() { Formats = [RlmFormat.Csv, RlmFormat.Json] };

    [Test]
    public async Task RunAsync_Formats_AreThoseOfTheAnswer()
    {
        var result = await Session(Options).RunAsync("answer context | parse csv | extend n = a as number");

        Assert.That(result.Answer, Is.EqualTo("| a | n |\n|---|---|\n| 1.50 | 1.5 |"));
        Assert.That(result.Write(RlmFormat.Markdown), Is.EqualTo(result.Answer));
        Assert.That(result.Write(RlmFormat.Csv), Is.EqualTo("a,n\n1.50,1.5"));
        Assert.That(result.Write(RlmFormat.Json), Is.EqualTo("[{\"a\":1.50,\"n\":1.5}]"));
        Assert.That(() => result.Write(RlmFormat.Table), Throws.ArgumentException.With.Message.Contains("RlmOptions.Formats"));
    }

    [Test]
    public async Task RunAsync_ValueThatIsShownLast_HasItsFormsAsTheAnswer() =>
        Assert.That((await Session(Options).RunAsync("parse csv")).Write(RlmFormat.Json), Is.EqualTo("[{\"a\":1.50}]"));

    [Test]
    public async Task AskAsync_WordsOfAModel_AreTextInAnyForm()
    {
        var agent = new RlmAgent(new ScriptedChatClient("two\nlines"), options: Options);

        var result = await agent.AskAsync("What?", [RlmVariable.Text("context", TextSource.FromString("x"))]);

        Assert.That(result.Write(RlmFormat.Json), Is.EqualTo("\"two\\nlines\""));
        Assert.That((result with { Answer = null }).Write(RlmFormat.Json), Is.Null);
    }

    [Test]
    public void Forms_OfAnEvent_MakeItNoOther()
    {
        var shown = new ValueShown { At = default, Schema = "text", Text = "x", Preview = "x" };
        WrittenForms forms = new(BoolValue.True, RlmType.Bool, [RlmFormat.Json], null);

        Assert.That(shown with { Forms = forms }, Is.EqualTo(shown with { Forms = new(BoolValue.False, RlmType.Bool, [], null) }));
        Assert.That((shown with { Forms = forms }).Write(RlmFormat.Json), Is.EqualTo("true"));
    }

    private static RlmSession Session(RlmOptions options) => new(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString("a\n1.50\n"))], options);
}
