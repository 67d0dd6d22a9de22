using System.Text;

// Writes the sample texts, the same bytes every time: dotnet run --project samples/generate
string folder = args is [var path] ? path : "samples";
Directory.CreateDirectory(Path.Combine(folder, "contracts"));

(string mails, string refunds) = Mailbox.Write();
(string messages, string messageLabels) = Messages.Write();
(string orders, string orderLabels) = Orders.Write();

Save("mails.txt", mails);
Save("mails.refunds.csv", refunds);
Save("server.log", ServerLog.Write());
Save("messages.txt", messages);
Save("messages.labels.txt", messageLabels);
Save("orders.csv", orders);
Save("orders.labels.txt", orderLabels);
Save("meeting.jsonl", Meeting.Write());
foreach ((string name, string text) in Contracts.Write())
    Save("contracts/" + name, text);
Save("box.mbox", ProjectMailbox.Write());
SaveBytes("contract.pdf", ServicesAgreement.Write());

void Save(string name, string text) => SaveBytes(name, Encoding.UTF8.GetBytes(text));

void SaveBytes(string name, byte[] bytes)
{
    File.WriteAllBytes(Path.Combine(folder, name), bytes);
    Console.Error.WriteLine($"{name}: {bytes.Length} bytes");
}
