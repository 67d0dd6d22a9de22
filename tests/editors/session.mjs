// A whole session of the client that editors are made with, against a real `rlm lsp`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const protocol = require('vscode-languageserver-protocol/node');
const [rlm, orders] = process.argv.slice(2);
const uri = 'file:///work/a.rlm';
const stop = setTimeout(() => { console.log('session: no end after 30 s'); process.exit(1); }, 30_000);

function start(...args) {
  const [command, ...before] = rlm.split(' ');
  const server = spawn(command, [...before, 'lsp', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise(resolve => server.on('exit', resolve));
  const connection = protocol.createProtocolConnection(new protocol.StreamMessageReader(server.stdout), new protocol.StreamMessageWriter(server.stdin));
  const published = [];
  const waiting = [];
  connection.onNotification(protocol.PublishDiagnosticsNotification.type, told => (waiting.shift() ?? (one => published.push(one)))(told));
  connection.listen();
  const diagnostics = async version => {
    for (;;) {
      const told = published.shift() ?? await new Promise(resolve => waiting.push(resolve));
      if (told.version === version) return told.diagnostics;
    }
  };
  return { server, connection, ended, diagnostics };
}

async function initialize(connection, capabilities = {}) {
  const { capabilities: offered } = await connection.sendRequest(protocol.InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities });
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  return offered;
}

const open = (connection, text) => connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'rlm', version: 1, text } });
const change = (connection, version, ...contentChanges) => connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
const document = { textDocument: { uri } };

// An edit as an editor makes it.
function apply(text, edits) {
  const offset = ({ line, character }) => text.split('\n').slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return [...edits].reverse().reduce((all, edit) => all.slice(0, offset(edit.range.start)) + edit.newText + all.slice(offset(edit.range.end)), text);
}

// From start to end: what is wrong, what mends it, what may stand there, what it is, and the layout.
{
  const { connection, ended, diagnostics } = start('-c', orders);
  const offered = await initialize(connection, { textDocument: { hover: { contentFormat: ['markdown'] } } });
  assert.equal(offered.positionEncoding, 'utf-16');
  assert.equal(offered.textDocumentSync.change, protocol.TextDocumentSyncKind.Incremental);

  let text = '# 😀 orders\nparse csv | wehre amount > 3 | count';
  await open(connection, text);
  const [wrong, ...others] = await diagnostics(1);
  assert.deepEqual([wrong.code, wrong.severity, others.length], ['RLM2001', protocol.DiagnosticSeverity.Error, 0]);

  const [fix] = await connection.sendRequest(protocol.CodeActionRequest.type, { ...document, range: wrong.range, context: { diagnostics: [wrong] } });
  assert.equal(fix.kind, protocol.CodeActionKind.QuickFix);
  const edits = fix.edit.changes[uri];
  text = apply(text, edits);
  await change(connection, 2, ...edits.map(edit => ({ range: edit.range, text: edit.newText })));
  assert.deepEqual(await diagnostics(2), []);
  assert.match(text, /\| where amount/);

  const field = await connection.sendRequest(protocol.HoverRequest.type, { ...document, position: { line: 1, character: text.split('\n')[1].indexOf('amount') + 2 } });
  assert.match(field.contents.value, /field amount: number/);
  const stage = await connection.sendRequest(protocol.HoverRequest.type, { ...document, position: { line: 1, character: text.split('\n')[1].indexOf('where') } });
  assert.match(stage.contents.value, /^```rlm\nwhere /);

  const end = { line: 1, character: text.split('\n')[1].length };
  await change(connection, 3, { range: { start: end, end }, text: ' by prod' });
  const words = await connection.sendRequest(protocol.CompletionRequest.type, { ...document, position: { line: 1, character: end.character + 8 } });
  assert.deepEqual(words.map(word => word.label), ['product']);
  await change(connection, 4, { range: words[0].textEdit.range, text: words[0].textEdit.newText });
  text += ' by product';
  assert.deepEqual(await diagnostics(4), []);

  const layout = await connection.sendRequest(protocol.DocumentFormattingRequest.type, { ...document, options: { tabSize: 2, insertSpaces: true } });
  assert.equal(apply(text, layout), '# 😀 orders\nparse csv | where amount > 3 | count by product\n');

  await assert.rejects(connection.sendRequest('textDocument/definition', { ...document, position: { line: 0, character: 0 } }), { code: -32601 });
  await connection.sendNotification(protocol.DidCloseTextDocumentNotification.type, document);
  assert.deepEqual(await diagnostics(undefined), []);
  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.equal(await ended, 0);
}

// Places in bytes, many changes one after another, requests that are given up, and an editor that is gone.
{
  const { server, connection, ended, diagnostics } = start();
  const offered = await initialize(connection, { general: { positionEncodings: ['utf-8', 'utf-16'] } });
  assert.equal(offered.positionEncoding, 'utf-8');
  await open(connection, 'grep "é😀" | cuont');
  assert.equal((await diagnostics(1))[0].range.start.character, Buffer.byteLength('grep "é😀" | '));
  for (let version = 2; version <= 200; version++) await change(connection, version, { text: `lines | first ${version} | cuont` });
  const cancelled = Array.from({ length: 20 }, () => {
    const source = new protocol.CancellationTokenSource();
    const asked = connection.sendRequest(protocol.CompletionRequest.type, { ...document, position: { line: 0, character: 8 } }, source.token);
    source.cancel();
    return asked.then(() => 'answered', error => error.code);
  });
  for (const outcome of await Promise.all(cancelled)) assert.ok(outcome === 'answered' || outcome === -32800, `${outcome}`);
  assert.equal((await diagnostics(200))[0].code, 'RLM2001');
  server.stdin.end();
  assert.equal(await ended, 1);
}

clearTimeout(stop);
console.log('session: told, mended, completed, described, laid out, shut down');
process.exit(0);
