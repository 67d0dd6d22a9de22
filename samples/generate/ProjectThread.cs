/// <summary>A conversation: its subject, its first day counted from 1 March 2026, and of each mail the writer, the reader, the body and how it is written.</summary>
internal sealed record ProjectThread(string Subject, int Day, ProjectMail[] Mails);
