using Rlm.Docs;

using var error = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
using var output = Console.OpenStandardOutput();
// The console opens what it needs when something is first written. Once a file is being read, nothing can be opened.
output.Write([]);
return DocsCommand.Run(args, Console.OpenStandardInput, output, error);
