#!/usr/bin/env bash
# Texts and parts in an object store, through the examples of docs/scale-out.md: tests/scale/s3.sh [RLM]
# The store is npm's s3rver, on loopback; needs node and npm, and the binary at bin/rlm or at RLM.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
rlm=$(realpath "${1:-$root/bin/rlm}")
own=$(mktemp -d)
pid=
cleanup() {
    if [ -n "$pid" ]; then
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "$own"
}
trap cleanup EXIT
export XDG_STATE_HOME=$own/state XDG_CONFIG_HOME=$own/config
fail() {
    echo "s3: $1"
    exit 1
}

store=$root/artifacts/s3rver
if [ ! -d "$store/node_modules/s3rver" ]; then
    npm install --prefix "$store" --no-audit --no-fund --no-save --silent s3rver@3.7.1 || fail "npm does not install s3rver"
fi
cd "$own"
cat >serve.cjs <<'SERVE'
const S3rver = require(process.argv[2]);
const options = { port: 0, address: '127.0.0.1', silent: true, directory: process.argv[3], configureBuckets: [{ name: 'logs' }] };
new S3rver(options).run().then(address => console.log(address.port));
SERVE
mkdir objects
node serve.cjs "$store/node_modules/s3rver" "$own/objects" >port 2>node.err &
pid=$!
for _ in $(seq 300); do
    [ -s port ] && break
    sleep 0.1
done
[ -s port ] || fail "s3rver does not start: $(tail -3 node.err)"
AWS_ENDPOINT_URL_S3=http://127.0.0.1:$(cat port)
export AWS_ENDPOINT_URL_S3 AWS_ACCESS_KEY_ID=S3RVER AWS_SECRET_ACCESS_KEY=S3RVER
unset AWS_PROFILE AWS_REGION AWS_SESSION_TOKEN

# Twenty copies of the log as one object, and others below a prefix. s3rver takes what is not signed.
for _ in $(seq 20); do cat "$root/samples/server.log"; done >server.log
gzip -k server.log
put() {
    curl -sS -f -o /dev/null -T "$2" "$AWS_ENDPOINT_URL_S3/logs/$1" || fail "curl cannot put $1"
}
put server.log server.log
put 2026/a/2.log "$root/samples/server.log"
put 2026/a/1.log.gz server.log.gz
put 2026/3.log "$root/samples/server.log"
cat >errors.rlm <<'PROGRAM'
let errors = context | grep /ERROR/
errors | extract /(?<host>[a-z]+-\d+)/ | count by host | top 5 by count with ties
answer errors | last 3 | map "{line} {it}"
PROGRAM

"$rlm" run -q errors.rlm -c server.log >want
"$rlm" run -q errors.rlm -c s3://logs/server.log | diff want - || fail "an object gives something else than its file"
mkdir -p folder/a
cp "$root/samples/server.log" folder/3.log
cp "$root/samples/server.log" folder/a/2.log
cp server.log.gz folder/a/1.log.gz
for program in 'map "{name} {size}"' 'grep /ERROR/ | count by name'; do
    "$rlm" run -q "$program" -c folder >listed
    "$rlm" run -q "$program" -c s3://logs/2026/ | diff listed - || fail "a prefix gives something else than its folder: $program"
    "$rlm" run -q "$program" -c 's3://logs/2026/**' | diff listed - || fail "a pattern gives something else than its folder: $program"
done
echo "s3: an object, a prefix and a pattern"

for i in 1 2; do
    "$rlm" map -q errors.rlm -c s3://logs/server.log --shard $i/2 -o s3://logs/parts/$i.part
done
"$rlm" merge -q errors.rlm "s3://logs/parts/*.part" | diff want - || fail "parts in a store give something else"
"$rlm" map -q errors.rlm -c s3://logs/server.log --shard 2/2 -o 2.part
"$rlm" merge -q errors.rlm s3://logs/parts/1.part 2.part | diff want - || fail "parts here and there give something else"
code=0
"$rlm" map errors.rlm -c s3://logs/server.log --shard 1/2 -o s3://logs/server.log 2>log || code=$?
[ "$code" = 5 ] && grep -q "is there, and is not the part of a shard" log || fail "a key that is taken ends with code $code"
code=0
"$rlm" run errors.rlm -c s3://none/server.log 2>log || code=$?
[ "$code" = 5 ] && grep -q 'there is no bucket `none`' log || fail "no bucket ends with code $code: $(cat log)"
echo "s3: 2 shards, and their merge"
