using Microsoft.AspNetCore.Http;
using Rlm.Cli.Report;
using Rlm.Cli.Runs;
using Rlm.Server.Access;
using Rlm.Server.Endpoints;
using Rlm.Server.Protocol;

namespace Rlm.Server.Pages;

/// <summary>
/// Pages of the runs that are kept, of this server and of every other <c>rlm</c> of its user: <c>/runs</c> lists them, <c>/runs/NAME</c> shows one.
/// <c>data</c> below a page is what it shows, <c>events</c> tells when that is new.
/// </summary>
/// <param name="path"><c>/runs</c>, or <c>/runs/*</c> for all below it.</param>
/// <param name="folder">The runs.</param>
/// <param name="known">What their journals tell.</param>
/// <param name="writer">Writes pages, one at a time.</param>
/// <param name="changes">Tells pages what is new.</param>
internal sealed class RunPages(string path, RunsFolder folder, KeptRuns known, PageWriter writer, ChangeEvents changes) : ServerEndpoint("GET", path)
{
    public const string Root = "/runs";

    private const string Html = "text/html; charset=utf-8", Json = "application/json", Data = "data", Events = "events";

    public override bool IsWork => false;

    public override bool IsForBrowsers => true;

    public override Task HandleAsync(HttpContext context, ApiCaller? caller)
    {
        if (caller is { SeesRuns: false })
            throw ApiException.Forbidden($"The token `{caller.Name}` may not see runs, which quote the texts of all: its table in the configuration needs sees_runs = true.");

        string[] words = (context.Request.Path.Value ?? "")[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => writer.SendAsync(context, Html, output => new RunsWriter(known.Read()).Write(output)),
            [Data] => writer.SendAsync(context, Json, output => new RunsWriter(known.Read()).WriteData(output)),
            [Events] => changes.TellAsync(context, () => known.Version, static () => false),
            [var name] => WriteRunAsync(context, name, Html, static (report, output) => report.Write(output, isLive: true)),
            [var name, Data] => WriteRunAsync(context, name, Json, static (report, output) => report.WriteData(output)),
            [var name, Events] when folder.FindPath(name) is { } run => changes.TellAsync(context, () => Invariant($"{FileMark.Of(run)}"), () => !folder.IsUnderWay(System.IO.Path.GetFileNameWithoutExtension(run))),
            [var name, ..] => throw NotFound(name),
        };
    }

    private Task WriteRunAsync(HttpContext context, string name, string type, Action<ReportWriter, Stream> write)
    {
        string run = folder.FindPath(name) ?? throw NotFound(name);
        return writer.SendAsync(context, type, output => write(new ReportWriter(JournalTrace.Read(run), System.IO.Path.GetFileNameWithoutExtension(run)), output));
    }

    private static ApiException NotFound(string name) => ApiException.NotFound($"There is no run `{name}`, or not any more: {Root} lists those that are kept.", "not_found");
}
