// A model server that counts: node model.mjs PORT DELAY_MS [KEY]. It answers with the last word of the prompt;
// GET /count tells requests, replies and how often each prompt came.
import { createServer } from 'node:http';

const [port, delay, key] = process.argv.slice(2);
const seen = new Map();
let requests = 0, replies = 0;

createServer((request, response) => {
    const send = (status, value) => {
        const body = JSON.stringify(value);
        response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        response.end(body);
    };
    if (request.url === '/count')
        return send(200, { requests, replies, prompts: seen.size, twice: [...seen.values()].filter(n => n > 1).length });
    if (key && request.headers.authorization !== `Bearer ${key}`)
        return send(401, { error: { message: 'wrong key' } });

    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
        const prompt = JSON.parse(Buffer.concat(chunks)).messages.at(-1).content;
        const word = /item (\d+)/.exec(prompt)?.[1] ?? 'none';
        requests++;
        seen.set(prompt, (seen.get(prompt) ?? 0) + 1);
        setTimeout(() => {
            if (response.destroyed)
                return;
            replies++;
            send(200, {
                id: 'x', object: 'chat.completion', created: 1, model: 'm',
                choices: [{ index: 0, message: { role: 'assistant', content: word }, finish_reason: 'stop' }],
                usage: { prompt_tokens: 20, completion_tokens: 1, total_tokens: 21 },
            });
        }, Number(delay));
    });
}).listen(Number(port), '127.0.0.1', function () { console.log(this.address().port); });
