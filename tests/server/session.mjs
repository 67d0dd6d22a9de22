// What the official client makes of the server: session.mjs RLM-SERVER
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import http from 'node:http';
import OpenAI from 'openai';
import { serveModel } from './model.mjs';

const program = '```rlm\nanswer (context | grep /ERROR/ | count)\n```';
// Programs for questions with data, words for the rest; a question about waiting has no reply.
const model = await serveModel((body) => {
    const said = JSON.stringify(body.messages);
    return said.includes('wait for ever') ? null : said.includes('How many') ? program : 'fine and well';
});
const server = spawn(process.argv[2], ['--listen', '127.0.0.1:0', '--base-url', model.url, '--model', 'test-model', '--min-tokens', '2000', '--max-queue', '500', '--price', '1/1', '--quiet'],
    { env: { ...process.env, OPENAI_API_KEY: 'sk-upstream' }, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => server.on('exit', (code) => resolve(code)));
const baseURL = await new Promise((resolve, reject) => {
    server.stdout.once('data', (data) => resolve(data.toString().trim()));
    server.on('exit', (code) => reject(new Error(`rlm-server ended with code ${code}`)));
});
const client = new OpenAI({ baseURL, apiKey: 'the-clients-own', maxRetries: 0 });
const root = baseURL.slice(0, -3);
const metric = async (line) => Number((await (await fetch(`${root}/metrics`)).text()).split('\n').find((one) => one.startsWith(line))?.split(' ').pop() ?? 0);
const log = (lines) => Array.from({ length: lines }, (_, i) => `10:00:${i % 60} ${i % 7 === 0 ? 'ERROR' : 'INFO'} request ${i}\n`).join('');
const question = (lines, more = {}) => ({ model: 'rlm', messages: [{ role: 'user', content: `How many lines have ERROR?\n\n${log(lines)}` }], ...more });

assert.deepEqual((await client.models.list()).data.map((one) => one.id), ['rlm', 'test-model']);

const short = await client.chat.completions.create({ model: 'rlm', messages: [{ role: 'user', content: 'Hello' }] });
assert.equal(short.choices[0].message.content, 'fine and well');
assert.deepEqual([...model.seen.authorizations], ['Bearer sk-upstream']);
const tools = await client.chat.completions.create({ model: 'rlm', messages: [{ role: 'user', content: 'Hello' }], tools: [{ type: 'function', function: { name: 'clock', parameters: { type: 'object', properties: {} } } }] });
assert.equal(tools.choices[0].message.tool_calls[0].function.name, 'clock');
let words = '';
for await (const chunk of await client.chat.completions.create({ model: 'test-model', stream: true, messages: [{ role: 'user', content: 'Hello' }] }))
    words += chunk.choices[0]?.delta.content ?? '';
assert.equal(words, 'fineandwell');

const long = await client.chat.completions.create(question(20_000));
assert.equal(long.choices[0].message.content, '2858');
assert.equal(long.choices[0].finish_reason, 'stop');
assert.deepEqual([long.usage.total_tokens, long.rlm.steps, long.rlm.partial, long.rlm.cost_usd], [12, 1, false, 0.000012]);
const stream = client.chat.completions.stream(question(20_000, { stream_options: { include_usage: true } }));
const streamed = await stream.finalChatCompletion();
assert.equal(streamed.choices[0].message.content, '2858');
assert.equal(streamed.usage.total_tokens, 12);

const wrong = await client.chat.completions.create({ model: 'other', messages: [{ role: 'user', content: 'a' }] }).catch((error) => error);
assert.ok(wrong instanceof OpenAI.NotFoundError && wrong.code === 'model_not_found', String(wrong));
const refused = await client.chat.completions.create(question(20_000, { n: 2 })).catch((error) => error);
assert.ok(refused instanceof OpenAI.BadRequestError && refused.param === 'n', String(refused));

// 200 at once: all are answered, and no run is forgotten.
const many = await Promise.all(Array.from({ length: 200 }, (_, i) => client.chat.completions.create(i % 2 ? question(2_000 + i) : { model: 'rlm', messages: [{ role: 'user', content: `Hello ${i}` }] })));
many.forEach((reply, i) => assert.equal(reply.choices[0].message.content, i % 2 ? String(Math.ceil((2_000 + i) / 7)) : 'fine and well'));
assert.equal(await metric('rlm_runs_running'), 0);

// A client that goes away takes its calls with it.
for (const content of ['wait for ever', `How many, wait for ever?\n\n${log(20_000)}`]) {
    const { left } = model.seen;
    const leaving = new AbortController();
    const asking = client.chat.completions.create({ model: 'rlm', messages: [{ role: 'user', content }] }, { signal: leaving.signal }).catch((error) => error);
    const { requests } = model.seen;
    while (model.seen.requests === requests) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    assert.ok(await asking instanceof OpenAI.APIUserAbortError);
    while (model.seen.left === left) await new Promise((resolve) => setTimeout(resolve, 5));
}

// 10 MB in a message.
const large = question(420_000);
assert.ok(large.messages[0].content.length > 10_000_000);
assert.equal((await client.chat.completions.create(large)).choices[0].message.content, '60000');

// Who does not read holds no run.
const slow = http.request(`${baseURL}/chat/completions`, { method: 'POST', headers: { 'Content-Type': 'application/json' } });
slow.end(JSON.stringify(question(20_000, { stream: true })));
const before = await metric('rlm_runs_total{outcome="answered"}');
while (await metric('rlm_runs_total{outcome="answered"}') === before) await new Promise((resolve) => setTimeout(resolve, 5));
assert.equal(await metric('rlm_runs_running'), 0);
slow.destroy();

// What is under way ends, then the server.
const last = client.chat.completions.create(question(20_000));
const { requests } = model.seen;
while (model.seen.requests === requests) await new Promise((resolve) => setTimeout(resolve, 5));
server.kill('SIGTERM');
assert.equal((await last).choices[0].message.content, '2858');
assert.equal(await ended, 0);
model.close();
console.log('server: the official client lists, asks, streams, leaves and is told what is wrong');
