namespace Rlm.Runtime.Tests.Files;

/// <summary>Where letters stand decides what is a word, however they are drawn.</summary>
internal sealed class PdfTextTests
{
    [TestCase("BT /Font 10 Tf 72 700 Td (100) Tj 0 -8.8 Td (200) Tj 0 -8.8 Td (300) Tj ET", "100\n200\n300", TestName = "lines set tight")]
    [TestCase("BT /Font 10 Tf 172 700 Td (100) Tj -22 0 Td (5) Tj ET", "100 5", TestName = "cells from right to left")]
    [TestCase("BT /Font 10 Tf 172 700 Td (100) Tj -100 0 Td (Total) Tj ET", "100 Total", TestName = "a label behind its amount")]
    [TestCase("BT /Font 10 Tf 72 700 Td (Total) Tj 100 0 Td (100) Tj 0.3 0 Td (100) Tj 100 0 Td (5) Tj ET", "Total 100 5", TestName = "a cell drawn twice")]
    [TestCase("BT /Font 12 Tf -1 0 0 -1 300 700 Tm (Amount) Tj 80 0 Td (100) Tj 40 0 Td (200) Tj ET", "Amount 100 200", TestName = "upside down")]
    [TestCase("BT /Font 12 Tf 0 1 -1 0 300 100 Tm (Item 5) Tj 80 0 Td (100) Tj -80 -14 Td (Item 6) Tj 80 0 Td (200) Tj ET", "Item 5 100\nItem 6 200", TestName = "sideways")]
    [TestCase("BT /Font 12 Tf 72 700 Td (Schr) Tj 26 0 Td (\\250) Tj -0.5 0 Td (oder) Tj ET", "Schröder", TestName = "an accent before its letter")]
    [TestCase("BT /Font 12 Tf 72 700 Td (one two) Tj 0 -14 Td (three) Tj ET", "one two\nthree", TestName = "as ever")]
    [TestCase("BT /Font 12 Tf 72 700 Td (x) Tj 5 Ts (2) Tj 0 Ts ( + 1) Tj ET", "x2 + 1", TestName = "an index")]
    public void Read_Drawn_IsItsWords(string content, string text) =>
        Assert.That(ReadFile.Of(new PdfFile { Font = "/Encoding /WinAnsiEncoding" }.AddDrawn(content).ToBytes()).Text, Is.EqualTo(text));

    [TestCase(90)]
    [TestCase(180)]
    [TestCase(270)]
    public void Read_PageTurned_IsTheSameText(int rotate)
    {
        const string content = "BT /Font 12 Tf 72 700 Td (Item 5) Tj 100 0 Td (10) Tj 40 0 Td (15.50) Tj -140 -16 Td (Item 6) Tj 100 0 Td (12) Tj 40 0 Td (18.50) Tj ET";

        Assert.That(ReadFile.Of(new PdfFile().AddDrawn(content, rotate: rotate).ToBytes()).Text, Is.EqualTo("Item 5 10 15.50\nItem 6 12 18.50"));
    }
}
