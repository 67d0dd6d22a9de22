using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Matching;

/// <param name="Slice">The match.</param>
/// <param name="Captures">Where its captures lie in it.</param>
internal readonly record struct TextMatch(TextSlice Slice, CapturePlace[] Captures);
