#!/usr/bin/env bash
# What the official clients make of `rlm mcp`: tests/mcp/check.sh [RLM]
# Needs npm, and the binary at bin/rlm or at RLM.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rlm=${1:-$root/bin/rlm}
work="$root/artifacts/mcp"
mkdir -p "$work"
cp "$here"/*.json "$here"/*.mjs "$work"
(cd "$work" && npm install --silent --no-audit --no-fund --no-package-lock)
node "$work/session.mjs" "$rlm" "$root/samples"
node "$work/hostile.mjs" "$rlm" "$root/samples"

# The inspector's command line, as somebody tries a server with it.
export MCP_CATALOG_PATH="$work/catalog.json"
inspect() { "$work/node_modules/.bin/mcp-inspector" --cli "$rlm" mcp --allow "$root/samples" "$@"; }
inspect --method tools/list | grep -q '"name": "describe"' || { echo "mcp: the inspector lists no tools"; exit 1; }
inspect --method tools/call --tool-name run --tool-arg 'program=context | grep /ERROR/ | count' 'contexts=["server.log"]' | grep -q 267 \
    || { echo "mcp: the inspector runs no program"; exit 1; }
inspect --method resources/read --uri rlm://help/grep | grep -q 'grep PATTERN' || { echo "mcp: the inspector reads no resource"; exit 1; }
echo "mcp: the inspector lists, calls and reads"
