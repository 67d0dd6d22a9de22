using System.Globalization;

namespace Rlm.Runtime.Tests.Issues;

/// <summary><c>slice</c> takes places from either end and open ranges, of lists and of each unit of a text.</summary>
internal sealed class Issue15_SlicesTests
{
    [Test]
    public async Task Slice_PlacesFromEitherEnd_EqualThoseOfAPlainList()
    {
        string[] items = [.. Enumerable.Range(0, 7).Select(number => $"é{number}")];
        string letters = "aé\u6f22b\U0001F600c\u0301";
        string[] runes = [.. letters.EnumerateRunes().Select(rune => rune.ToString())];
        int[] places = [-9, -7, -5, -1, 0, 1, 3, 6, 7, 9];
        foreach (int? start in places.Cast<int?>().Append(null))
        {
            foreach (int? end in places.Cast<int?>().Append(null).Where(end => (start ?? end) is not null))
            {
                string range = string.Create(CultureInfo.InvariantCulture, $"{start}..{end}");
                bool isBackwards = end is { } last && last < (start ?? 0) && last < 0 == (start ?? 0) < 0;
                await CheckAsync($"context | slice {range} lines | lines", string.Join('\n', items), items);
                await CheckAsync($"context | slice {range} | lines", string.Join("\r\n", items) + "\r\n", items);
                await CheckAsync($"context | lines | slice {range}", string.Join('\n', items), items);
                await CheckAsync($"context | lines | slice {range} items", string.Join('\n', items), items);
                await CheckAsync($"context | slice {range} words | words", string.Join(' ', items), items);
                await CheckAsync($"context | slice {range} chars | split \"\" | first", letters, null);

                async Task CheckAsync(string stages, string text, string[]? all)
                {
                    var parts = all ?? runes;
                    string[] taken = isBackwards ? [] : [.. parts[Place(start ?? 0, parts.Length)..Math.Max(Place(start ?? 0, parts.Length), Place(end ?? parts.Length, parts.Length))]];
                    string program = all is null ? $"answer context | slice {range} chars" : $"answer {stages} | join \"|\"";
                    var run = await ProgramRun.RunAsync(program, text, new ScriptedChatClient());
                    if (isBackwards)
                        Assert.That(run.Result.Diagnostics.Single().Message, Does.StartWith("`slice` goes from"), program);
                    else
                        Assert.That(run.Answer, Is.EqualTo(string.Join(all is null ? "" : "|", taken)), program);
                }
            }
        }
    }

    [TestCase("slice 1.5..2", "`slice` takes a whole number from either end here, not 1.5")]
    [TestCase("slice -3..-5", "`slice` goes from -3 back to -5")]
    [TestCase("slice (\"x\")..2", "`slice` takes a whole number from either end here, not a text")]
    public async Task Slice_NoPlace_IsAnError(string stage, string message) =>
        Assert.That((await ProgramRun.RunAsync($"answer context | {stage}", "a\nb", new ScriptedChatClient())).Result.Diagnostics[0].Message, Is.EqualTo(message));

    private static int Place(int place, int count) => Math.Clamp(place < 0 ? count + place : place, 0, count);
}
