using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Tests.CommandLine;

internal sealed class LoaderArgumentTests
{
    [TestCase("pdf=pdftotext {} -", "pdf: pdftotext|{}|-")]
    [TestCase(".PDF = ocr", "pdf: ocr")]
    [TestCase("tar.gz=tar -xOzf {}", "tar.gz: tar|-xOzf|{}")]
    [TestCase("x='/opt/my tool/run' --to=\"a b\" '' {}", "x: /opt/my tool/run|--to=a b||{}")]
    [TestCase("x=run a\\ b 'it\\'", "x: run|a b|it\\")]
    [TestCase("x=C:\\tools\\run.exe {}", "x: C:\\tools\\run.exe|{}")]
    [TestCase("x=sh -c 'cat \"$1\"' - {}", "x: sh|-c|cat \"$1\"|-|{}")]
    [TestCase("pdf", null)]
    [TestCase("pdf=", null)]
    [TestCase("=cat", null)]
    [TestCase(".=cat", null)]
    [TestCase("a/b=cat", null)]
    [TestCase("x='' {}", null)]
    [TestCase("x=cat 'open", null)]
    public void Read_Text_IsAnExtensionAndWords(string text, string? expected) => Assert.That(
        LoaderArgument.Read(text) is { } loader ? $"{loader.Extension}: {string.Join('|', loader.Words)}" : null, Is.EqualTo(expected));
}
