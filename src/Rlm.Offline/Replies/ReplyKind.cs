namespace Rlm.Offline.Replies;

/// <summary>The shapes a reply can be asked for in.</summary>
internal enum ReplyKind
{
    Text,
    Number,
    Bool,
    Date,
    Quote,
    OneOf,
    ListOf,
    Record,
}
