// Whether XGrammar, in its build for the web, reads the exported grammars and takes the same programs as the tests' own recognizer.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

// The package is built for browsers, and puts itself where scripts of theirs find it.
globalThis.require = createRequire(import.meta.url);
globalThis.__filename = fileURLToPath(import.meta.url);
globalThis.__dirname = dirname(globalThis.__filename);
await import('@mlc-ai/web-xgrammar');
const { Grammar, Testings } = globalThis.xgrammar;

const folder = process.argv[2];
const read = name => readFileSync(`${folder}/${name}`, 'utf8');
let wrong = 0;

async function check(what, grammar, texts, isWanted) {
  const started = Date.now();
  const odd = [];
  for (const text of texts) {
    if (await Testings.isGrammarAcceptString(grammar, text) !== isWanted) odd.push(text);
  }

  wrong += odd.length;
  console.log(`${what}: ${texts.length - odd.length} of ${texts.length} ${isWanted ? 'taken' : 'refused'}, ${Date.now() - started} ms`);
  odd.slice(0, 5).forEach(text => console.log(`  ${JSON.stringify(text)}`));
}

// A check builds its automaton anew, which takes some 0.1 s: every tenth, unless all are asked for.
const some = texts => texts.filter((_, i) => process.argv[3] === 'all' || i % 10 === 0);
const taken = some(read('taken.txt').split('\0'));
const other = some(read('other.txt').split('\0'));
const replies = taken.map(text => `<think>\nSee \`it\`.\n</think>\nThis one:\n\`\`\`rlm\n${text.trimEnd()}\n\`\`\`\nDone.\n`);
for (const format of ['gbnf', 'ebnf']) {
  const program = await Grammar.fromEBNF(read(`program.${format}`));
  await check(`${format}, programs`, program, taken, true);
  await check(`${format}, other programs`, program, other, false);
  const reply = await Grammar.fromEBNF(read(`reply.${format}`));
  await check(`${format}, replies`, reply, replies, true);
  await check(`${format}, replies without a program`, reply, ['The answer is 4.\n', '```python\nx = 1\n```\n', '```rlm\nx ==\n```'], false);
}

process.exit(wrong === 0 ? 0 : 1);
