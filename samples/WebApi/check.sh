#!/usr/bin/env bash
# Starts the web sample on a free port, asks it about a log and compares what it streams: check.sh BINARY
set -euo pipefail
cd "$(dirname "$0")"/../..
log=$(mktemp)
"$1" --urls http://127.0.0.1:0 --contentRoot "$(realpath "$(dirname "$1")")" >"$log" &
server=$!
trap 'kill "$server"; rm -f "$log"' EXIT
for _ in $(seq 100); do
    url=$(grep -oE 'http://127.0.0.1:[0-9]+' "$log" || true)
    [ -z "$url" ] || break
    sleep 0.1
done
curl -sS --fail --data-binary @samples/server.log "$url/ask?question=Which+host+has+the+most+errors" |
    diff - samples/WebApi/expected.txt
