#!/usr/bin/env bash
# What the engine and the client of editors make of the grammar and of `rlm lsp`: tests/editors/check.sh [RLM]
# The tests of Rlm.Dsl.Tests write what the parser makes of the programs. Needs npm, and the binary at bin/rlm or at RLM.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/artifacts/editors"
mkdir -p "$work"
cp "$here"/*.json "$here"/*.mjs "$work"
(cd "$work" && npm install --silent --no-audit --no-fund --no-package-lock)
node "$work/scopes.mjs" "$root/editors/vscode/syntaxes/rlm.tmLanguage.json" "$root/artifacts/bin/Rlm.Dsl.Tests/${RLM_CONFIGURATION:-release}/grammar/scopes.json"
node "$work/session.mjs" "${1:-$root/bin/rlm}" "$root/samples/orders.csv"
