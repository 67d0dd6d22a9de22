// A model of OpenAI's protocol whose replies are written here: as a root it writes programs, as a sub-model it labels mails.
// Some prompts get a reply of no use, some an error that passes, and some one that stays.
import http from "node:http";

const programs = [
  'Let me look first.\n```rlm\ncontext | chunk by /^===== mail \\d+ =====$/ | count\ncontext | grep /refund|money back/i | first 5\n```',
  '```rlm\n# One mail in ten speaks of money.\nlet mails = context | chunk by /^===== mail \\d+ =====$/\nlet likely = mails | where it matches /refund|money\\s+back|reimburse/i\n'
    + 'let labelled = likely | extend reason = llm "Why does the writer want the money back?\\n{it}" as one of ["damaged", "late", "other"] pack 1\nlabelled | count by reason | sort by count desc\n```',
  '```rlm\nanswer labelled | where reason == "late" | select reason, it | first 6\n```',
];
const asked = new Map();
let turns = 0;

function digest(text) {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619) >>> 0;
  return hash;
}

function reply(prompt) {
  if (/rlm/.test(prompt) && /turn/i.test(prompt) && /grep/.test(prompt))
    return programs[Math.min(turns++, programs.length - 1)];
  const hash = digest(prompt), times = asked.get(hash) ?? 0;
  asked.set(hash, times + 1);
  if ((hash >>> 5) % 29 === 0 || (hash % 17 === 0 && times === 0))
    return null;
  return (hash >>> 9) % 7 === 0 ? "I would say it is late, or perhaps damaged <script>alert(1)</script>." : ["damaged", "late", "other"][hash % 3];
}

const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", part => parts.push(part));
  request.on("end", () => {
    const send = (status, body) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.method === "GET")
      return send(200, { object: "list", data: [{ id: "scripted", object: "model" }] });
    const prompt = JSON.parse(Buffer.concat(parts).toString()).messages.map(message => message.content).join("\n"), text = reply(prompt);
    if (text === null)
      return send(500, { error: { message: "the model is tired" } });
    send(200, {
      id: "1", object: "chat.completion", model: "scripted", choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
      usage: { prompt_tokens: Math.ceil(prompt.length / 4), completion_tokens: Math.ceil(text.length / 4) },
    });
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
