#!/usr/bin/env bash
# Workers on PostgreSQL, with native binaries on loopback: equal answers, and what is paid when workers, runs and the server are killed.
# tests/workers/check.sh [BIN]: the folder of rlm and rlm-worker
set -u
cd "$(dirname "$0")/../.."
bin=$(realpath "${1:-bin}")
rlm=$bin/rlm
work=$(mktemp -d)
. tests/workers/postgres.sh
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
unset OPENAI_API_KEY OPENAI_BASE_URL ANTHROPIC_API_KEY RLM_MODEL RLM_WORKERS

finish() {
    local pids
    pids=$(jobs -p)
    [ -n "$pids" ] && kill -9 $pids 2>/dev/null
    stop_postgres
    wait 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT

fail() {
    echo "workers: $1"
    for log in "$work"/*.log; do
        echo "-- $(basename "$log")"
        tail -5 "$log"
    done
    exit 1
}

# model DELAY_MS [KEY]: a model server; its port is in $model.
start_model() {
    [ -n "${model_pid:-}" ] && kill "$model_pid" 2>/dev/null && wait "$model_pid" 2>/dev/null
    : >"$work/model.out"
    node tests/workers/model.mjs 0 "$@" >"$work/model.out" 2>"$work/model.log" &
    model_pid=$!
    await test -s "$work/model.out" || fail "the model server does not start"
    model=$(cat "$work/model.out")
}

count() {
    curl -s "http://127.0.0.1:$model/count" | grep -oE "\"$1\":[0-9]+" | grep -oE '[0-9]+'
}

# worker NAME [options]: a worker in the background; its number is in $!. Its way to the queue may be another, $way.
worker() {
    local name=$1
    shift
    RLM_WORKERS=postgres://gpu:wpw@127.0.0.1:${way:-$port}/rlm OPENAI_API_KEY=${key:-} "$rlm" worker --name "$name" --base-url "http://127.0.0.1:$model/v1" "$@" >"$work/$name.log" 2>&1 </dev/null &
}

has_requests() {
    [ "$(count requests)" -ge "$1" ]
}

# Waits until the model server has had so many requests.
until_requests() {
    await has_requests "$1" || fail "there are not $1 requests, but $(count requests)"
}

run() {
    RLM_WORKERS=postgres://me:mpw@127.0.0.1:$port/rlm timeout 120 "$rlm" run 'lines | map llm "Say the number. {it}" | join "\n"' -c "$work/in.txt" --model m "$@"
}

# start_run OPTIONS: the run in the background, once a hundred of its calls have come; its number is in $run_pid.
start_run() {
    run -q "$@" >"$work/out" 2>"$work/run.log" &
    run_pid=$!
    until_requests 100
}

# require_answers WHEN: all of them, in order.
require_answers() {
    diff -q "$work/out" "$work/wanted.txt" >/dev/null || fail "an answer is missing $1"
}

# two_workers SLOTS: w1 with 16 slots, and w2, in place of those that were there.
two_workers() {
    stop_workers ${w1:-} ${w2:-}
    worker w1 --slots 16
    w1=$!
    worker w2 --slots "$1"
    w2=$!
}

stop_workers() {
    [ $# -gt 0 ] && kill -9 "$@" 2>/dev/null && wait "$@" 2>/dev/null
    sql "update rlm.rlm_worker set seen = '-infinity'"
}

n=400
seq 1 $n | sed 's/^/item /' >"$work/in.txt"
seq 1 $n >"$work/wanted.txt"
make_postgres || fail "the server does not start"

step() {
    echo "-- $1"
}

# Where no worker is lost, none may seem so on a machine that is busy; where one is, nobody wants to wait.
long_lease() {
    "$rlm" workers init --lease 20s --workers "$admin" 2>"$work/init.log" || fail "init --lease"
}

short_lease() {
    "$rlm" workers init --lease 3s --workers "$admin" 2>"$work/init.log" || fail "init --lease"
}

step "init, roles"
"$rlm" workers list --workers "$admin" 2>&1 | grep -q 'rlm workers init' || fail "a database without tables is not told what to do"
"$rlm" workers init --lease 3s --workers "$admin" 2>"$work/init.log" || fail "init"
"$rlm" workers init --workers "$admin" 2>&1 | grep -q 'silent for 3 s' || fail "init once more"
sql "create user me password 'mpw' in role rlm_run; create user gpu password 'wpw' in role rlm_worker" || fail "users"
"$rlm" workers list --workers "$admin" | grep -q 'no call waits' || fail "the empty list"
for login in me:mpw gpu:wpw; do
    PGPASSWORD=${login#*:} "$postgres_bin/psql" -h 127.0.0.1 -p "$port" -U "${login%:*}" -d rlm -c 'select * from rlm.rlm_task' 2>&1 | grep -q denied || fail "$login sees a table"
done
PGPASSWORD=wpw "$postgres_bin/psql" -h 127.0.0.1 -p "$port" -U gpu -d rlm -c "select rlm.post('r', '{}', '{}', '{}', '{}')" 2>&1 | grep -q denied || fail "a worker posts"
PGPASSWORD=mpw "$postgres_bin/psql" -h 127.0.0.1 -p "$port" -U me -d rlm -c "select rlm.take('w', '{}', 1)" 2>&1 | grep -q denied || fail "a run takes"
"$rlm" run 'llm "x"' -c "$work/in.txt" --model m --workers "postgres://gpu:wpw@127.0.0.1:$port/rlm" </dev/null 2>&1 | grep -q 'rlm_run' || fail "a run by a worker's login is not told what it needs"

step "no worker: it waits, says so once, and its time holds"
start_model 20
run --no-journal --timeout 3s >"$work/none.out" 2>"$work/none.log"
[ $? -eq 4 ] || fail "the end of the time is no limit"
[ "$(grep -c 'no worker is there' "$work/none.log")" -eq 1 ] || fail "missing workers are not told once"
[ "$(count requests)" -eq 0 ] || fail "there were requests without a worker"

step "equal answers"
long_lease
two_workers 16
run -q --no-journal >"$work/workers.out" 2>"$work/run.log" || fail "a run with workers"
diff -q "$work/workers.out" "$work/wanted.txt" >/dev/null || fail "the answers are not in order"
[ "$(count requests)" -eq $n ] || fail "$(count requests) requests for $n items"
[ "$(sql 'select count(*) from rlm.rlm_task')$(sql 'select count(*) from rlm.rlm_result')" = 00 ] || fail "calls are left behind"
RLM_WORKERS=postgres://me:mpw@127.0.0.1:$port/rlm "$rlm" workers | grep -q '^w2 .*takes calls' || fail "workers list"

step "a worker is killed"
short_lease
start_model 50
two_workers 16
start_run --no-journal --max-calls 500
kill -9 $w1
wait $run_pid || fail "a run whose worker was killed"
require_answers "after a worker was killed"
[ "$(count requests)" -le $((n + 16)) ] || fail "a killed worker with 16 slots costs $(($(count requests) - n)) requests"

step "a worker stands still, and comes back"
start_model 50
two_workers 4
start_run --no-journal --max-calls 500
kill -STOP $w1
sleep 5
kill -CONT $w1
wait $run_pid || fail "a run whose worker stood still"
require_answers "after a worker stood still"
[ "$(count requests)" -le $((n + 16)) ] || fail "a worker that stood still costs $(($(count requests) - n)) requests"

step "a worker is cut off from the queue, and comes back"
start_model 50
stop_workers $w1 $w2
node tests/workers/proxy.mjs "$port" >"$work/proxy.out" 2>/dev/null &
proxy=$!
await test -s "$work/proxy.out" || fail "the proxy does not start"
way=$(cat "$work/proxy.out") worker w1 --slots 16
w1=$!
worker w2 --slots 4
w2=$!
start_run --no-journal --max-calls 500
kill -STOP $proxy
sleep 5
kill -CONT $proxy
wait $run_pid || fail "a run whose worker was cut off"
require_answers "after a worker was cut off"
[ "$(count requests)" -le $((n + 16)) ] || fail "a worker that was cut off costs $(($(count requests) - n)) requests"
kill -9 $proxy

step "the server is killed, and started again"
long_lease
start_model 50
two_workers 16
start_run --no-journal
kill -9 "$(head -1 "$work/data/postmaster.pid")"
sleep 3
rm -f "$work/data/postmaster.pid"
start_postgres || fail "the server does not start again"
wait $run_pid || fail "a run whose queue was away"
require_answers "after the server was killed"
[ "$(count requests)" -eq $n ] || fail "the server's end costs $(($(count requests) - n)) requests"

step "a worker is killed, and starts again under its name"
short_lease
start_model 50
stop_workers $w1 $w2
worker w1 --slots 16
w1=$!
start_run --no-journal --max-calls 500
kill -9 $w1
worker w1 --slots 16
w1=$!
wait $run_pid || fail "a run whose worker started again"
require_answers "after a worker started again"
[ "$(count requests)" -le $((n + 16)) ] || fail "a worker that starts again costs $(($(count requests) - n)) requests"

step "a run's calls are forgotten under it"
start_model 50
stop_workers $w1
worker w1 --slots 16
w1=$!
start_run --no-journal --max-calls 500
sql "delete from rlm.rlm_task" >/dev/null
wait $run_pid || fail "a run whose calls were forgotten"
require_answers "after calls were forgotten"

long_lease
for signal in KILL INT; do
    step "the run gets SIG$signal, and goes on"
    rm -f "$work/run.jsonl"
    start_model 50
    two_workers 16
    start_run --journal "$work/run.jsonl"
    pkill -$signal -f "rlm-worker run .*$work/run.jsonl"
    wait $run_pid 2>/dev/null
    sleep 1
    sql "select body from rlm.rlm_task union all select body from rlm.rlm_result" | xxd -r -p 2>/dev/null | grep -qi 'authorization\|bearer\|mpw\|wpw' && fail "a secret is in the queue"
    run -q --journal "$work/run.jsonl" --resume >"$work/out" 2>"$work/run.log" || fail "a run that goes on"
    require_answers "after the run was killed"
    [ "$(count requests)" -eq $n ] || fail "the run's end costs $(($(count requests) - n)) requests"
    [ "$(sql 'select count(*) from rlm.rlm_task')$(sql 'select count(*) from rlm.rlm_result')" = 00 ] || fail "calls are left behind"
done

step "the run's time is over, and it goes on"
rm -f "$work/run.jsonl"
start_model 500
two_workers 16
run -q --journal "$work/run.jsonl" --timeout 4s >"$work/out" 2>"$work/run.log"
grep -q 'the time limit of 4 s is over' "$work/run.log" || fail "the run's time is not over"
sleep 1
run -q --journal "$work/run.jsonl" --resume >"$work/out" 2>"$work/run.log" || fail "a run that goes on"
require_answers "after the run's time was over"
[ "$(count requests)" -eq $n ] || fail "the end of the run's time costs $(($(count requests) - n)) requests"
[ "$(sql 'select count(*) from rlm.rlm_task')$(sql 'select count(*) from rlm.rlm_result')" = 00 ] || fail "calls are left behind"

step "a call is posted again while it is finished"
stop_workers $w1 $w2
post="select rlm.post('r', '{h-0}', '{p}', array['x'::bytea], array[interval '1 s'])"
sql "$post; select rlm.take('w', '{p}', 1)" >"$work/post.log"
sql "begin; select rlm.finish('w', '{r}', '{h-0}', '{200}', array[null::text], '{\"\"}', array['y'::bytea]); select pg_sleep(1); commit" >"$work/finish.log" &
finishing=$!
sleep 0.5
sql "$post" >"$work/post.log"
wait $finishing
[ "$(sql 'select count(*) from rlm.rlm_task')$(sql 'select count(*) from rlm.rlm_result')" = 01 ] || fail "a call that has a reply is made again"
sql "select rlm.forget('r')" >"$work/post.log"

step "a tight limit"
short_lease
start_model 100
stop_workers $w1 $w2
worker w1 --slots 16
w1=$!
run --no-journal --max-calls $((n + 5)) --json >"$work/limit.json" 2>"$work/run.log" &
run_pid=$!
until_requests 60
kill -9 $w1
worker w3 --slots 16
w3=$!
until_requests 200
kill -9 $w3
worker w4 --slots 16
w4=$!
wait $run_pid
[ "$(count requests)" -le $((n + 5)) ] || fail "$(count requests) requests at a limit of $((n + 5))"
items=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(JSON.stringify(r).includes("limits leave no other call"), r.usage.calls)' "$work/limit.json")
[ "$items" = "true $((n + 5))" ] || fail "the limit is not told: $items"

step "a wrong key"
long_lease
start_model 20 right
stop_workers $w1 $w3 $w4
key=wrong worker bad --slots 16
bad=$!
key=right worker good --slots 16
good=$!
run -q --no-journal >"$work/out" 2>"$work/run.log" || fail "a run with a worker whose key is wrong"
require_answers "for a wrong key"
wait $bad && fail "a worker whose key is refused goes on"
grep -q 'refuses the worker.s key' "$work/bad.log" || fail "a wrong key is not told"

step "an address that fails at once, beside one that answers"
stop_workers $good
node -e 'require("http").createServer((q, r) => { q.resume(); q.on("end", () => { r.writeHead(400); r.end("{}"); }); }).listen(0, "127.0.0.1", function () { console.log(this.address().port); })' >"$work/bad.out" 2>/dev/null &
bad_model=$!
await test -s "$work/bad.out" || fail "the model server that fails does not start"
model=$(cat "$work/bad.out") worker bad --slots 16
bad=$!
start_model 20
worker good --slots 16
good=$!
# Where the first calls all fail, as those may that come before the other worker listens, a run makes no other.
for _ in 1 2 3; do
    run -q --no-journal --json >"$work/out" 2>"$work/run.log"
    [ "$(count requests)" -eq 0 ] || break
done
[ "$(count requests)" -ge $((n * 3 / 4)) ] || fail "an address that fails at once takes $((n - $(count requests))) of $n calls"
grep -q 'the last 8 calls to .* failed (400)' "$work/bad.log" || fail "an address that fails is not told"
kill -9 $bad $bad_model
wait $bad $bad_model 2>/dev/null

step "an address that does not answer, and then does"
stop_workers $good
kill "$model_pid" && wait "$model_pid" 2>/dev/null
worker w1 --slots 16
w1=$!
run -q --no-journal >"$work/out" 2>"$work/run.log" &
run_pid=$!
await grep -q 'cannot be reached' "$work/w1.log" || fail "an address that does not answer is not told"
node tests/workers/model.mjs "$model" 20 >/dev/null 2>&1 &
model_pid=$!
wait $run_pid || fail "a run whose workers had no model server for a while"
require_answers "after the model server was away"
[ "$(count requests)" -eq $n ] || fail "a model server that was away costs $(($(count requests) - n)) requests"

stop_workers $w1
step "texts of workers: the answer is that of one machine"
short_lease
mkdir -p "$work/web1" "$work/web2/deep" "$work/all" "$work/tmp"
seq 1 30000 | awk '{ print ($1 % 50 ? "INFO" : "ERROR") " web1 ms=" $1 % 97 }' >"$work/web1/a.log"
seq 1 50000 | awk '{ print ($1 % 70 ? "INFO" : "ERROR") " web2 ms=" $1 % 89 }' >"$work/web2/deep/b.log"
cp "$work/web1/a.log" "$work/web2/deep/b.log" "$work/all"

# serve NAME [options]: a worker that serves its logs; it is there when that returns.
serve() {
    local name=$1
    shift
    (cd "$work/$name" && TMPDIR=$work/tmp RLM_WORKERS=postgres://gpu:wpw@127.0.0.1:$port/rlm exec "$rlm" worker --name "$name" --serve logs=. "$@") >"$work/$name.log" 2>&1 </dev/null &
    await is_serving "$name" || fail "$name does not serve"
}

is_serving() {
    [ -n "$(sql "select name from rlm.rlm_worker, rlm.rlm_schema where slots > 0 and seen > clock_timestamp() - lease and name = '$1'")" ]
}

scan() {
    RLM_WORKERS=postgres://me:mpw@127.0.0.1:$port/rlm TMPDIR=$work/tmp timeout 60 "$rlm" run "$@" -c "${served:-worker:logs}"
}

rm -f "$work"/w1.log
serve web1
web1=$!
serve web2
web2=$!
for program in 'grep /ERROR/ | count' 'extract /(?<level>\w+) (?<host>\w+) ms=(?<ms>\d+)/ | sum ms by host, level' 'grep /ERROR/ | last 3' \
    'lines | where it contains "ms=13" | distinct' 'lines | sort by it | first 5' 'context | map size'; do
    scan "$program" >"$work/out" 2>"$work/run.log" || fail "a program over texts of workers: $program"
    "$rlm" run "$program" -c "$work/all" >"$work/wanted" 2>/dev/null
    diff -q "$work/out" "$work/wanted" >/dev/null || fail "texts of workers give another answer: $program"
done
grep -q 'logs is 2 texts, .* of 2 workers: web1 1, web2 1' "$work/run.log" || fail "whose texts they are is not told"
[ "$(scan 'grep /ms=96/ | first | map cite' 2>/dev/null)" = web1:a.log:96 ] || fail "a text of a worker is cited otherwise"

step "two workers of one name: the second waits until the first has left"
mkdir -p "$work/twin" && echo "ERROR twin" >"$work/twin/t.log"
(cd "$work/twin" && RLM_WORKERS=postgres://gpu:wpw@127.0.0.1:$port/rlm exec "$rlm" worker --name web1 --serve logs=.) >"$work/twin.log" 2>&1 </dev/null &
twin=$!
await grep -q 'a worker `web1` is there already' "$work/twin.log" || fail "a second worker of a name is not told"
[ "$(scan 'grep /ERROR/ | count' -q)" = 1314 ] || fail "a second worker of a name answers"
kill -TERM $twin
wait $twin || fail "a second worker of a name does not stop"

step "texts of workers, and calls by workers"
start_model 5
worker w1 --slots 8
w1=$!
await is_serving w1 || fail "w1 takes no calls"
scan 'grep /ERROR web1/ | first 30 | map llm "Say the number. {it} item 7" pack 1 | where it == "7" | count' --model m --no-journal >"$work/out" 2>"$work/run.log" || fail "paid stages over texts of workers"
[ "$(cat "$work/out") $(count requests)" = "30 30" ] || fail "$(cat "$work/out") rows and $(count requests) requests for 30"

step "a worker with texts stands still, and comes back; is killed; the server is killed"
kill -STOP $web2
scan 'grep /ERROR/ | count' -q >"$work/out" 2>"$work/run.log" &
run_pid=$!
sleep 4
kill -CONT $web2
wait $run_pid || fail "a run whose worker with texts stood still"
[ "$(cat "$work/out")" = 1314 ] || fail "texts of a worker that stood still are counted otherwise: $(cat "$work/out")"
await is_serving web2 || fail "web2 does not come back"
kill -STOP $web2
scan 'grep /ERROR/ | count' -q >"$work/out" 2>"$work/run.log" &
run_pid=$!
sleep 0.5
kill -9 "$(head -1 "$work/data/postmaster.pid")"
sleep 1
rm -f "$work/data/postmaster.pid"
start_postgres || fail "the server does not start again"
kill -CONT $web2
wait $run_pid || fail "a run over texts of workers whose queue was away"
[ "$(cat "$work/out")" = 1314 ] || fail "texts of workers are counted otherwise after the server was killed: $(cat "$work/out")"
await is_serving web2 && await is_serving web1 || fail "workers with texts do not come back"
kill -STOP $web2
scan 'grep /ERROR/ | count' -q >"$work/out" 2>"$work/run.log" &
run_pid=$!
sleep 0.5
kill -9 $web2
wait $run_pid && fail "a worker with texts that is killed is not missed"
grep -q 'worker `web2` is gone' "$work/run.log" || fail "a worker that is gone is not named"
[ -s "$work/out" ] && fail "there is an answer without a worker's texts"
scan 'lines | count' >"$work/out" 2>"$work/run.log" && fail "a worker that was killed is forgotten at once"
grep -q 'web2, which served `logs`, is silent: .* -c worker:logs:1' "$work/run.log" || fail "a worker that is silent is not named"
served=worker:logs:1 scan 'lines | count' -q >"$work/out" 2>"$work/run.log" || fail "the worker that is left"
[ "$(cat "$work/out")" = 30000 ] || fail "the worker that is left gives $(cat "$work/out")"

step "more than a part may have"
seq 1 12000000 >"$work/web2/deep/c.log"
serve web2
web2=$!
scan 'chunk 10 lines | count' >"$work/out" 2>"$work/run.log" && fail "more than a part may have is sent"
grep -q 'worker `web2`: more is kept .* leave more lines out' "$work/run.log" || fail "more than a part may have is not told"
[ "$(scan 'grep /^7{4}$/ | count' 2>/dev/null)" = 1 ] || fail "a worker that refused a program takes no other"
kill -9 $web1 $web2 $w1
[ -z "$(ls "$work/tmp")" ] || fail "scans leave $(ls "$work/tmp")"
[ "$(sql 'select count(*) from rlm.rlm_task')$(sql 'select count(*) from rlm.rlm_result')" = 00 ] || fail "scans are left behind"
sql "update rlm.rlm_worker set seen = '-infinity'"
worker w1
w1=$!
await is_serving w1 || fail "w1 does not start"

step "another version"
sql "update rlm.rlm_schema set version = 99"
run --no-journal 2>&1 | grep -q 'version 99' || fail "another version is not told"
sql "update rlm.rlm_schema set version = 2"

step "a worker that is told to stop"
kill -TERM $w1
wait $w1 || fail "a worker that is told to stop fails"
[ -z "$(sql "select name from rlm.rlm_worker where name = 'w1'")" ] || fail "a worker that has left is listed"

step "certificates"
own=$(hostname -I | awk '{ print $1 }')
if [ -n "$own" ]; then
    echo "host all all all scram-sha-256" >>"$work/data/pg_hba.conf"
    sql "select pg_reload_conf()" >/dev/null
    "$rlm" workers --workers "postgres://me:mpw@$own:$port/rlm" >"$work/tls.log" 2>&1 && fail "another host is believed without a certificate"
    "$rlm" workers --workers "postgres://me:mpw@$own:$port/rlm?sslmode=disable" >"$work/tls.log" 2>&1 || fail "sslmode=disable"
fi
(
    cd "$work" && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem -subj /CN=ca \
        && openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost \
        && openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out server.crt -extfile <(echo subjectAltName=DNS:localhost) \
        && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout other.key -out other.pem -subj /CN=other
) >"$work/openssl.log" 2>&1 || fail "openssl"
install -o postgres -m 600 "$work/server.key" "$work/server.crt" "$work/data/"
sql "alter system set ssl = on" && sql "select pg_reload_conf()" >/dev/null
sleep 0.5
"$rlm" workers --workers "postgres://me:mpw@localhost:$port/rlm?sslmode=verify-full&sslrootcert=$work/ca.pem" >"$work/tls.log" 2>&1 || fail "a certificate that is right"
"$rlm" workers --workers "postgres://me:mpw@localhost:$port/rlm?sslmode=verify-full&sslrootcert=$work/other.pem" >"$work/tls.log" 2>&1 && fail "a certificate of somebody else is believed"
"$rlm" workers --workers "postgres://me:no@localhost:$port/rlm" >"$work/tls.log" 2>&1 && fail "a wrong password is taken"
grep -q 'authentication failed' "$work/tls.log" || fail "a wrong password is not told"

echo "workers: all right"
