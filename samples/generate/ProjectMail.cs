/// <summary>A mail of a conversation; plain where nothing else is said.</summary>
internal sealed record ProjectMail(string From, string To, string Body, string Kind)
{
    public static implicit operator ProjectMail((string From, string To, string Body) mail) => new(mail.From, mail.To, mail.Body, "plain");

    public static implicit operator ProjectMail((string From, string To, string Body, string Kind) mail) => new(mail.From, mail.To, mail.Body, mail.Kind);
}
