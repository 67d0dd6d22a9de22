using Rlm.Dsl.Binding;

namespace Rlm.Dsl.Checks;

/// <summary>Reports what is wrong with a bound stage though each of its arguments is right; a signature lists its own.</summary>
internal delegate void StageCheck(BoundStage stage, DiagnosticSink sink);
