// Whether the engine of VS Code and TextMate gives every stretch of the repository's programs the scope of what the parser reads there.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const oniguruma = require('vscode-oniguruma');
const textmate = require('vscode-textmate');
const [grammarPath, programsPath] = process.argv.slice(2);
await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({ createOnigScanner: sources => new oniguruma.OnigScanner(sources), createOnigString: text => new oniguruma.OnigString(text) }),
  loadGrammar: async () => textmate.parseRawGrammar(readFileSync(grammarPath, 'utf8'), grammarPath),
});
const grammar = await registry.loadGrammar('source.rlm');

// The scopes of each character, and what it is in: code, a text, a pattern or a comment.
function scopesOf(text) {
  const scopes = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const read = grammar.tokenizeLine(line, state);
    state = read.ruleStack;
    for (const token of read.tokens) {
      for (let at = token.startIndex; at < Math.min(token.endIndex, line.length); at++) scopes.push(token.scopes);
    }

    scopes.push(null);
  }

  return scopes;
}

function kindOf(scopes) {
  for (const scope of [...scopes].reverse()) {
    if (scope.startsWith('meta.embedded')) return 'code';
    if (scope.startsWith('string.regexp')) return 'regex';
    if (scope.startsWith('string.')) return 'string';
    if (scope.startsWith('comment.')) return 'comment';
  }

  return 'code';
}

const last = scopes => scopes[scopes.length - 1];
const isRight = {
  string: (scopes, text, at) => kindOf(scopes) === 'string' || (last(scopes).startsWith('punctuation.section.embedded') && '{}'.includes(text[at]))
    || last(scopes).startsWith('constant.other.placeholder'),
  regex: scopes => kindOf(scopes) === 'regex',
  hole: scopes => kindOf(scopes) === 'code',
  format: scopes => kindOf(scopes) !== 'comment',
  code: scopes => ['code', 'comment'].includes(kindOf(scopes)),
  quoting: scopes => kindOf(scopes) !== 'regex',
  number: scopes => kindOf(scopes) === 'code' && (last(scopes).startsWith('constant.numeric') || last(scopes).startsWith('keyword.operator.arithmetic')),
  constant: scopes => last(scopes).startsWith('constant.language'),
  // A word alone at the start of a statement is a variable where there is one, and a stage else.
  name: (scopes, text, at) => kindOf(scopes) === 'code'
    && (/^(variable|support\.function)/.test(last(scopes)) || (last(scopes).startsWith('keyword.other.stage') && /(^|\n)[ \t]*(let [\w]+ = |answer |assert )?\w*$/.test(text.slice(0, at)))),
  stage: scopes => last(scopes).startsWith('keyword.other.stage'),
  function: scopes => kindOf(scopes) === 'code' && /^(support\.function|entity\.name\.function|keyword\.other\.stage|variable)/.test(last(scopes)),
  // `a ** b` is read as a call of its sign.
  call: (scopes, text, at) => text[at] === '*' || /^(support\.function|entity\.name\.function)/.test(last(scopes)),
  statement: scopes => last(scopes) === 'keyword.control.rlm',
};

const programs = JSON.parse(readFileSync(programsPath, 'utf8'));
const wrong = new Map();
let checked = 0;
for (const { text, spans } of programs) {
  const kinds = Array.from({ length: text.length }, () => 'code');
  for (const [start, end, kind] of spans) kinds.fill(kind, start, end);
  const scopes = scopesOf(text.replaceAll('\r', ' '));
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text[at]) || scopes[at] === null) continue;
    checked++;
    if (isRight[kinds[at]](scopes[at], text, at)) continue;
    const line = text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n')[0];
    if (!wrong.has(line)) wrong.set(line, `${kinds[at]}, not ${scopes[at].slice(1).join(' ')}, at \`${text.slice(at, at + 12)}\``);
  }
}

console.log(`scopes: ${checked} characters of ${programs.length} programs, ${wrong.size} lines with a wrong scope`);
[...wrong].slice(0, 40).forEach(([line, what]) => console.log(`  ${line}\n    ${what}`));
process.exit(wrong.size === 0 && programs.length > 200 ? 0 : 1);
