#!/usr/bin/env bash
# What engines of others make of the exported grammars and the programs of this repository: tests/grammar/check.sh [all]
# The tests of Rlm.Dsl.Tests write both. XGrammar reads GBNF and EBNF, Lark its own notation. Needs npm and Debian's python3-lark.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
programs="$root/artifacts/bin/Rlm.Dsl.Tests/release/grammar"
work="$root/artifacts/grammar"
mkdir -p "$work"
cp "$here/package.json" "$here/check.mjs" "$work"
/usr/bin/python3 "$here/check.py" "$programs"
(cd "$work" && npm install --silent --no-audit --no-fund)
node "$work/check.mjs" "$programs" "${1:-}"
