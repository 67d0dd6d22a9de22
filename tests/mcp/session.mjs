// Whole sessions of the official clients against a real `rlm mcp`: of the newest revision, and of the one with a handshake.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const [rlm, samples] = process.argv.slice(2);
const stop = setTimeout(() => { console.log('session: no end after 60 s'); process.exit(1); }, 60_000);
const info = { name: 'check', version: '1.0.0' };
const paid = 'answer context | peek 3 | lines | map llm "Say one word: {it}" | join ","';
const textOf = result => result.content[0].text;
const sessionOf = result => /session: (\w+)/.exec(textOf(result))[1];

// A model that says the same to everybody.
const asked = [];
const model = createServer((request, response) => {
  let body = '';
  request.on('data', part => body += part);
  request.on('end', () => {
    asked.push(request.url);
    response.setHeader('content-type', 'application/json');
    response.end(request.url.endsWith('/models') ? '{"data":[{"id":"m"}]}'
      : '{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"fine"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}');
  });
});
await new Promise(resolve => model.listen(0, '127.0.0.1', resolve));
const modelArgs = ['--base-url', `http://127.0.0.1:${model.address().port}/v1`, '-m', 'm', '-q'];
const callsOf = () => asked.filter(url => url.endsWith('/completions')).length;

// Both clients: the files, a program, what it keeps, what mends a wrong one, the whole of a long value, and what may not be read.
async function converse(client) {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(tool => tool.name), ['describe', 'run', 'help', 'check', 'plan']);
  const run = args => client.callTool({ name: 'run', arguments: args });

  const described = await client.callTool({ name: 'describe', arguments: { contexts: ['server.log', 'orders=orders.csv'] } });
  assert.match(textOf(described), /^context: text, 10,000 lines/);
  assert.match(textOf(described), /`orders \| parse csv` gives rows of order_date: date/);
  const session = sessionOf(described);
  assert.match(textOf(await run({ session, program: 'let errors = context | grep /ERROR/\nerrors | count' })), /^number\n267\n/);
  assert.match(textOf(await run({ session, program: 'answer errors | extract /host=(?<host>\\S+)/ | count by host | top 1 by count | get host' })), /^api-02\n/);

  const wrong = await run({ session, program: 'errors | cuont' });
  assert.equal(wrong.isError, true);
  assert.match(textOf(wrong), /error RLM2001[^]*write `\| count`/);
  assert.match(textOf(await client.callTool({ name: 'check', arguments: { program: 'errors | cuont', session } })), /RLM2001/);

  const long = await run({ session, program: 'errors' });
  const link = long.content.find(part => part.type === 'resource_link');
  const { contents: [whole] } = await client.readResource({ uri: link.uri });
  assert.equal(whole.text.split('\n').length, 267);
  assert.ok((await client.listResources()).resources.some(resource => resource.uri === link.uri));
  assert.match((await client.readResource({ uri: 'rlm://help/grep' })).contents[0].text, /^grep PATTERN/);
  assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 1);

  for (const path of ['/etc/passwd', '../README.md']) assert.equal((await run({ contexts: [path], program: 'context' })).isError, true, path);
  await assert.rejects(client.callTool({ name: 'nope', arguments: {} }), /there is no such tool/);
  await assert.rejects(client.readResource({ uri: 'rlm://nope' }), /there is no resource/);
}

async function withClient(make, args, use) {
  const { client, transport } = make(args);
  await client.connect(transport);
  try { await use(client); } finally { await client.close(); }
}

const older = capabilities => args => ({
  client: new OlderClient(info, { capabilities }), transport: new OlderTransport({ command: rlm, args: ['mcp', '--allow', samples, ...args] }),
});
const newest = (capabilities, mode) => args => ({
  client: new Client(info, { capabilities, versionNegotiation: { mode } }), transport: new StdioClientTransport({ command: rlm, args: ['mcp', '--allow', samples, ...args] }),
});

await withClient(older({}), [], async client => {
  assert.equal(client.getServerVersion().name, 'rlm');
  assert.match(client.getInstructions(), /`describe`/);
  await converse(client);
  await client.ping();
});
console.log('session: 1.32 converses in 2025-11-25');

for (const mode of ['auto', { pin: '2026-07-28' }]) {
  await withClient(newest({}, mode), [], async client => {
    await converse(client);
    assert.equal(client.getServerVersion?.()?.name ?? 'rlm', 'rlm');
  });
}
await withClient(newest({}, 'legacy'), [], converse);
console.log('session: 2.4 converses in 2026-07-28, and with a handshake');

// Money: with a question in the middle, with one for which the request comes again, and a no.
for (const action of ['accept', 'decline']) {
  const before = callsOf(), questions = [];
  await withClient(older({ elicitation: {} }), modelArgs, async client => {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => { questions.push(params.message); return { action, content: {} }; });
    const progress = [];
    const result = await client.callTool({ name: 'run', arguments: { contexts: ['server.log'], program: paid } }, undefined, { onprogress: told => progress.push(told) });
    assert.match(questions[0], /exactly 3 calls/);
    assert.match(textOf(result), action === 'accept' ? /^fine,fine,fine\n/ : /^The user did not allow it/);
    assert.equal(callsOf() - before, action === 'accept' ? 3 : 0);
    // The client drops what comes in one piece with the result.
    assert.ok(progress.every(told => told.total === 3));
  });
  await withClient(newest({ elicitation: { form: {} } }, 'auto'), modelArgs, async client => {
    const asked = callsOf();
    client.setRequestHandler('elicitation/create', ({ params }) => { questions.push(params.message); return { action, content: {} }; });
    const result = await client.callTool({ name: 'run', arguments: { contexts: ['server.log'], program: paid } });
    assert.match(questions[1], /exactly 3 calls/);
    assert.match(textOf(result), action === 'accept' ? /^fine,fine,fine\n/ : /^The user did not allow it/);
    assert.equal(callsOf() - asked, action === 'accept' ? 3 : 0);
  });
}
await withClient(older({}), modelArgs, async client => {
  const before = callsOf();
  assert.match(textOf(await client.callTool({ name: 'run', arguments: { contexts: ['server.log'], program: paid } })), /exactly 3 calls[^]*--yes/);
  assert.equal(callsOf(), before);
});
console.log('session: nothing is spent without a yes');
model.closeAllConnections();
model.close();
clearTimeout(stop);
