#:property PublishAot=true
#:property InvariantGlobalization=true
#:property JsonSerializerIsReflectionEnabledByDefault=false
// What a plain HttpClient loop takes for the posts that `map llm` makes. Usage: plain PORT CALLS PARALLEL FILE; a line of the file is one
// post.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

var (port, calls, parallel) = (args[0], int.Parse(args[1]), int.Parse(args[2]));
string[] lines = File.ReadLines(args[3]).Take(calls).ToArray();
using var http = new HttpClient();
var url = new Uri($"http://127.0.0.1:{port}/v1/chat/completions");
string[] answers = new string[calls];
await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (i, token) =>
{
    using var content = new ByteArrayContent(Body(lines[i])) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    using var response = await http.PostAsync(url, content, token);
    using var reply = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(token));
    answers[i] = reply.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
});
Console.WriteLine(answers.Count(answer => answer == "yes"));
Console.Error.WriteLine($"allocated {GC.GetTotalAllocatedBytes() / calls}");

static byte[] Body(string line)
{
    using var stream = new MemoryStream();
    using (var json = new Utf8JsonWriter(stream))
    {
        json.WriteStartObject();
        json.WriteString("model", "m");
        json.WriteStartArray("messages");
        json.WriteStartObject();
        json.WriteString("role", "system");
        json.WriteString("content", new StringBuilder().Append('s', 550).ToString());
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteString("content", $"Is it good?\n\n<data>\n{line}\n</data>\n\n<reply>\ntext\n</reply>");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("max_tokens", 4096);
        json.WriteEndObject();
    }

    return stream.ToArray();
}
