// What no client sends: broken lines, floods, and an end in the middle. The server answers what comes next, and ends with code 0.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const [rlm, samples] = process.argv.slice(2);
const stop = setTimeout(() => { console.log('hostile: no end after 60 s'); process.exit(1); }, 60_000);

function start() {
  const server = spawn(rlm, ['mcp', '--allow', samples, '-q'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise(resolve => server.on('exit', resolve));
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const read = async () => JSON.parse((await lines.next()).value);
  const send = message => server.stdin.write(typeof message === 'string' || message instanceof Buffer ? message : `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  return { server, ended, read, send };
}

const initialize = { id: 'i', method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'hostile', version: '1' } } };
const count = id => ({ id, method: 'tools/call', params: { name: 'run', arguments: { contexts: ['server.log'], program: 'context | lines | count' } } });

const { server, ended, read, send } = start();
send(initialize);
assert.equal((await read()).result.protocolVersion, '2025-11-25');
const broken = ['{\n', '[]\n', 'null\n', '"x"\n', `${'['.repeat(200_000)}\n`, `${'x'.repeat(6_000_000)}\n`, Buffer.from([0xff, 0xfe, 0x0a]), '{"jsonrpc":"2.0","id":[1],"method":"ping"}\n'];
for (const line of broken) {
  send(line);
  assert.ok((await read()).error.code < 0);
}
for (const id of [0, -1, 1.5, 1e300, '', 'é😀', 'x'.repeat(100_000)]) {
  send({ id, method: 'ping' });
  assert.deepEqual((await read()).id, id);
}

// A flood: each gets one answer, a result or a refusal, and memory stays where it is.
const many = 20_000;
for (let i = 0; i < many; i++) send(count(i));
const answers = new Set();
let done = 0;
while (answers.size < many) {
  const answer = await read();
  assert.ok(!answers.has(answer.id));
  answers.add(answer.id);
  if (answer.result) done += /^number\n10000\n/.test(answer.result.content[0].text) ? 1 : assert.fail(answer.result.content[0].text);
  else assert.equal(answer.error.code, -32000);
}
assert.ok(done > 0);
send(count('last'));
assert.match((await read()).result.content[0].text, /^number\n10000\n/);
server.stdin.end();
assert.equal(await ended, 0);

// An end in the middle of a line, and with runs underway.
for (const last of ['{"jsonrpc":"2.0","id":1,', '']) {
  const other = start();
  other.send(initialize);
  await other.read();
  for (let i = 0; i < 10; i++) other.send(count(i));
  other.send(last);
  other.server.stdin.end();
  other.server.stdout.resume();
  assert.equal(await other.ended, 0);
}
console.log(`hostile: ${broken.length} broken lines and ${many} requests at once, ${done} of them done`);
clearTimeout(stop);
