using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

internal sealed record OutputArguments(bool Json, bool IsQuiet, bool IsVerbose, bool NoColor)
{
    public static OutputArguments Read(OptionReader reader)
    {
        bool isQuiet = reader.Flag(Quiet), isVerbose = reader.Flag(Verbose);
        if (isQuiet && isVerbose)
            reader.Fail("--quiet and --verbose exclude each other");
        return new(reader.Flag(OptionCatalog.Json), isQuiet, isVerbose, reader.Flag(OptionCatalog.NoColor));
    }
}
