using System.Globalization;
using Rlm.Fuzz;
using SharpFuzz;

if (args is ["mutate", var count, .. var seed])
    return new ProgramMutations().Run(long.Parse(count, CultureInfo.InvariantCulture), seed is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 1) == 0 ? 0 : 1;

// One target for afl-fuzz, which sends inputs and watches which code they reach; with a file after it, that input alone.
if (args is not [var name, .. var files] || FuzzTargets.Find(name) is not { } target)
{
    await Console.Error.WriteLineAsync($"usage: Rlm.Fuzz {string.Join('|', FuzzTargets.Names)} [FILE...], or mutate COUNT [SEED]");
    return 2;
}

foreach (string file in files)
    target(await File.ReadAllBytesAsync(file));
if (files.Length > 0)
    return 0;

// The instrumented code must not run before the fuzzer has shared its memory.
Fuzzer.OutOfProcess.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    target(input.ToArray());
});
return 0;
