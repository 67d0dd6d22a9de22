#!/usr/bin/env bash
# What the official client of OpenAI, and curl, make of the server: tests/server/check.sh [RLM-SERVER]
# Needs npm and curl, and the binary at bin/rlm-server or at RLM-SERVER, with rlm beside it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
server=${1:-$root/bin/rlm-server}
work="$root/artifacts/server"
mkdir -p "$work"
cp "$here"/*.json "$here"/*.mjs "$work"
(cd "$work" && npm install --silent --no-audit --no-fund --no-package-lock)
own=$(mktemp -d)
export XDG_STATE_HOME=$own/state XDG_CONFIG_HOME=$own/config
trap 'rm -rf "$own"' EXIT
node "$work/session.mjs" "$server"

# The offline model, by curl, started as somebody starts it.
"$(dirname "$server")/rlm" serve --model offline --min-tokens 1000 --listen 127.0.0.1:0 >"$own/address" 2>"$own/log" &
running=$!
trap 'kill "$running" 2>/dev/null || true; rm -rf "$own"' EXIT
for _ in $(seq 200); do
    [ -s "$own/address" ] && break
    sleep 0.05
done
url=$(cat "$own/address")
node -e 'process.stdout.write(JSON.stringify({ model: "rlm", stream: true, messages: [{ role: "user", content: "Which host has the most errors?\n\n" + require("fs").readFileSync(process.argv[1], "utf8") }] }))' \
    "$root/samples/server.log" >"$own/request.json"
curl -sS --fail -d "@$own/request.json" "$url/chat/completions" | grep -q '"content":"api-02"' || { echo "server: curl gets no answer of the loop"; exit 1; }
curl -sS --fail "${url%/v1}/metrics" | grep -q '^rlm_runs_total{outcome="answered"} 1$' || { echo "server: no metrics"; exit 1; }
[ "$(curl -sS -o /dev/null -w '%{http_code}' -H 'Host: evil.example' "$url/models")" = 403 ] || { echo "server: another host's name is taken"; exit 1; }
kill "$running"
# `rlm serve` has become the server, and so its signals and its end are the server's.
wait "$running" || { echo "server: it does not end with code 0"; exit 1; }
cp "$(dirname "$server")/rlm" "$own/"
code=0
"$own/rlm" serve 2>"$own/log" || code=$?
[ "$code" = 5 ] && grep -q "rlm-server is not there, the program that serves" "$own/log" || { echo "server: rlm alone ends with code $code"; cat "$own/log"; exit 1; }
echo "server: curl is answered"
