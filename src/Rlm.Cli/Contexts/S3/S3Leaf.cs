namespace Rlm.Cli.Contexts.S3;

/// <summary>An element that holds no other.</summary>
/// <param name="Parent">The name of the one that it is in; empty for none.</param>
/// <param name="Place">Which element that is, of several of its name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct S3Leaf(string Parent, int Place, string Name, string Text);
