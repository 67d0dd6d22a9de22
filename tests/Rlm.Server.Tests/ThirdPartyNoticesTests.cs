using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Rlm.Server.Tests;

/// <summary>
/// THIRD-PARTY-NOTICES names what the binaries are linked of, as the restore found it and the packages describe themselves; <c>RLM_ACCEPT=1</c>
/// writes the list anew. The texts of licences below it are kept by hand.
/// </summary>
internal sealed class ThirdPartyNoticesTests
{
    private const string FirstText = "\n---- MIT\n";

    /// <summary>The server and the worker have the packages of the command line, too.</summary>
    private static readonly string[] Programs = ["Rlm.Server", "Rlm.Workers", "Rlm.Docs"];

    /// <summary>Packages that tell an address in place of a name.</summary>
    private static readonly Dictionary<string, string> LicencesByAddress = new()
    {
        ["https://github.com/sprache/Sprache/blob/master/licence.txt"] = "MIT",
    };

    /// <summary>What packages hold of others, and do not describe as data.</summary>
    private static readonly Notice[] Parts =
    [
        new(".NET 10.0", "MIT", "© Microsoft Corporation. Copyright (c) .NET Foundation and Contributors", "https://github.com/dotnet/runtime"),
        new("ASP.NET Core 10.0", "MIT", "© Microsoft Corporation. Copyright (c) .NET Foundation and Contributors", "https://github.com/dotnet/aspnetcore"),
        new("Brotli, in .NET", "MIT", "Copyright (c) 2009, 2010, 2013-2016 by the Brotli Authors", "https://github.com/google/brotli"),
        new("zlib-ng, in .NET", "Zlib", "(C) 1995-2024 Jean-loup Gailly and Mark Adler", "https://github.com/zlib-ng/zlib-ng"),
        new("xxHash, in System.IO.Hashing", "BSD-2-Clause", "Copyright (C) 2012-2021 Yann Collet", "https://github.com/Cyan4973/xxHash"),
        new("PDFBox, in PdfPig", "Apache-2.0", "Copyright 2014 The Apache Software Foundation", "https://pdfbox.apache.org"),
        new("CMap resources, in PdfPig", "BSD-3-Clause", "Copyright 1990-2015 Adobe Systems Incorporated. All rights reserved.", "https://github.com/adobe-type-tools/cmap-resources"),
        new("Metrics of the 14 core fonts, in PdfPig", "APAFML", "Copyright (c) 1985, 1987, 1989-1993, 1997 Adobe Systems Incorporated. All Rights Reserved.", "https://www.adobe.com"),
        new("Zstandard, in ZstdSharp.Port", "BSD-3-Clause", "Copyright (c) Meta Platforms, Inc. and affiliates", "https://github.com/facebook/zstd"),
    ];

    [Test]
    public void Notices_List_IsOfWhatIsLinked()
    {
        string file = Read("THIRD-PARTY-NOTICES");
        Notice[] notices = [.. Programs.SelectMany(Packages).Distinct().OrderBy(notice => notice.Name, StringComparer.Ordinal), .. Parts];
        var list = new StringBuilder(
            """
            Rlm is under the MIT licence. The binaries `rlm`, `rlm-server`, `rlm-worker` and `rlm-docs` are linked of these, too.
            The text of each licence stands once, below. The notices of all that .NET holds are in the files DOTNET-NOTICES and ASPNETCORE-NOTICES of a release.


            """.ReplaceLineEndings("\n"));
        foreach (var notice in notices)
            list.Append($"{notice.Name}: {notice.Licence}\n    {notice.Copyright}\n    {notice.Address}\n");

        Snapshot.VerifyPage($"{list}{file[file.IndexOf(FirstText, StringComparison.Ordinal)..]}", "THIRD-PARTY-NOTICES");
        Assert.That(
            file.Split('\n').Where(line => line.StartsWith("---- ", StringComparison.Ordinal)).Select(line => line[5..]),
            Is.EquivalentTo(notices.Select(notice => notice.Licence).Distinct()));
    }

    /// <summary>The packages whose assemblies a program is made of.</summary>
    private static IEnumerable<Notice> Packages(string program)
    {
        using var assets = JsonDocument.Parse(Read(Path.Combine("artifacts", "obj", program, "project.assets.json")));
        string[] folders = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        string[] linked =
        [
            .. from package in assets.RootElement.GetProperty("targets").GetProperty("net10.0").EnumerateObject()
               where package.Value.GetProperty("type").GetString() == "package" && package.Value.TryGetProperty("runtime", out _)
               select package.Name,
        ];
        foreach (string path in linked.Select(name => assets.RootElement.GetProperty("libraries").GetProperty(name).GetProperty("path").GetString()!))
        {
            string folder = folders.Select(folder => Path.Combine(folder, path)).First(Directory.Exists);
            var metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements().Single();
            string? Of(string name) => (string?)metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name);
            yield return new(
                $"{Of("id")} {Of("version")}", Of("license") ?? LicencesByAddress[Of("licenseUrl")!], Of("copyright") ?? Of("authors")!, Of("projectUrl")!);
        }
    }

    private static string Read(string path, [CallerFilePath] string file = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", path)).ReplaceLineEndings("\n");

    private sealed record Notice(string Name, string Licence, string Copyright, string Address);
}
