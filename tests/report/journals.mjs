// Journals of the format's version 2, whose lines have no checksum, so that any text can be written into one.
import { createWriteStream } from "node:fs";

export const hostile = [
  "</script><script>window.hurt = 1</script>", "<img src=x onerror=\"window.hurt = 1\">", "<!-- <script>", "]]>", "\u202Egnp.exe\u202C", "\u2066a\u2069", "NUL \u0000 bell \u0007 escape \u001b[31m",
  "line\u2028and\u2029paragraph", "javascript:window.hurt=1", "{{7*7}}${7*7}`", "\ud83d\ude00 \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627", "x".repeat(50000), "\n".repeat(500),
].join(" ");

// A run by hand of one stage with so many calls; every hundredth fails, every fiftieth reply is of no use.
export async function write(path, calls, text = at => ["spam", "ham"][at % 2], program = "answer context | lines | map llm \"Spam?\" as one of [\"spam\", \"ham\"] pack 1") {
  const file = createWriteStream(path), put = line => file.write(JSON.stringify(line) + "\n") || new Promise(done => file.once("drain", done));
  const took = 400, gap = 5, end = calls * gap + took;
  await put({ format: "rlm-journal", formatVersion: 2, rlmVersion: "0.1.0", promptVersion: "00000000" });
  const model = { provider: "openai", name: "scripted", windowTokens: 128000, maxOutputTokens: 4000 };
  await put({ event: "run", arguments: ["run", "-e", program], directory: "/tmp", startedAt: "2026-11-01T10:00:00+00:00", program, programName: "program", root: model, sub: model });
  await put({ event: "context", name: "context", texts: 1, bytes: calls * 40, hash: "0", whole: true });
  await put({ event: "program", atMs: 0, text: program });
  await put({ event: "stage", atMs: 0, stage: "map llm \"Spam?\"", calls });
  for (let at = 0; at < calls; at++) {
    const key = at.toString(16).padStart(32, "0"), made = { atMs: at * gap, key, model: "sub", tookMs: took - at % 97 };
    await put(at % 100 === 99
      ? { event: "failed", ...made, failure: "ServerError", attempts: 4, message: "the server answered 500: " + text(at).slice(0, 200) }
      : { event: "call", ...made, inputTokens: 120, outputTokens: 2, costUsd: 0.000034, reply: text(at) });
    if (at % 50 === 7)
      await put({ event: "unusable", atMs: at * gap + took, key, items: 1, of: 1, reason: "`" + text(at).slice(0, 80) + "` is none of the labels" });
  }
  await put({ event: "stageEnd", atMs: end, stage: "map llm \"Spam?\"", calls, failed: Math.floor(calls / 100) });
  await put({ event: "shown", atMs: end, schema: "text", preview: "text\n" + text(1) });
  await put({ event: "note", atMs: end, text: text(1) });
  await put({ event: "end", atMs: end, outcome: "Answered", answer: text(1), partial: true, reasons: [text(1)], notes: [text(1)], losses: [{ kind: "FailedItems", text: text(1), remedy: text(1) }], citations: [text(1).slice(0, 300)], quotes: [text(1)],
    calls, callsLeft: 0, rootCalls: 0, steps: 0, inputTokens: calls * 120, outputTokens: calls * 2, costUsd: calls * 0.000034, elapsedMs: end, held: 0 });
  await new Promise(done => file.end(done));
}
