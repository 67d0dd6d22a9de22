using Rlm.Dsl.Diagnostics;

namespace Rlm.Dsl.Operators;

/// <summary>Reports what is wrong with a bound stage though each of its arguments is right; a signature lists its own.</summary>
internal delegate void StageCheck(StageTyping stage, DiagnosticSink sink);
