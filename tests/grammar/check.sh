#!/usr/bin/env bash
# What an engine of others makes of the exported grammars and the programs of this repository: tests/grammar/check.sh [all]
# The tests of Rlm.Dsl.Tests write both. Needs node and npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/artifacts/grammar"
mkdir -p "$work"
cp "$here/package.json" "$here/check.mjs" "$work"
(cd "$work" && npm install --silent --no-audit --no-fund)
node "$work/check.mjs" "$root/artifacts/bin/Rlm.Dsl.Tests/release/grammar" "${1:-}"
