#!/usr/bin/env bash
# Shards by GNU parallel, and by an array of Slurm on loopback, give what one process gives, and pay for nothing twice: tests/scale/check.sh [RLM]
# Needs python3, parallel, slurm-wlm and munge, and the binary at bin/rlm or at RLM. Slurm is started as root, in a folder of its own.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
rlm=$(realpath "${1:-$root/bin/rlm}")
own=$(mktemp -d)
pids=()
cleanup() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$own"
}
trap cleanup EXIT
export XDG_STATE_HOME=$own/state XDG_CONFIG_HOME=$own/config
fail() {
    echo "scale: $1"
    exit 1
}

# Until a command is true, looked at again and again.
await() {
    for _ in $(seq 300); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}

for i in $(seq 20); do cat "$root/samples/server.log"; done >"$own/server.log"
program='let errors = context | grep /ERROR/
errors | extract /(?<host>[a-z]+-\d+)/ | count by host | top 5 by count with ties
answer errors | last 3 | map "{line} {cite}"'
cd "$own"
printf '%s' "$program" >errors.rlm
"$rlm" run -q errors.rlm -c server.log >want
mkdir parts
parallel --will-cite --retries 2 -j 2 "$rlm" map -q errors.rlm -c server.log --shard {}/7 -o parts/{}.part ::: $(seq 7)
"$rlm" merge -q errors.rlm parts/*.part | diff "$own/want" - || fail "the parts of GNU parallel give something else"
[ "$(cat parts/*.part | wc -c)" -lt "$(wc -c <server.log)" ] || fail "parts are as large as the text"

# A shard that is missing is refused, and answered without it where that is asked for.
mv parts/3.part third
code=0
"$rlm" merge errors.rlm parts/*.part 2>log || code=$?
[ "$code" = 5 ] && grep -q "shard 3 of 7 is missing" log || fail "a missing shard ends with code $code"
"$rlm" merge errors.rlm parts/*.part --allow-missing 2>log >/dev/null || fail "no answer without a shard"
grep -q "partial: .*shard 3 of 7 is missing" log || fail "an answer without a shard is not partial"
mv third parts/3.part
echo "scale: 7 shards by GNU parallel"

# Shards that pay, each its part of one limit. A server counts their calls.
seq 400 | sed 's/.*[13579]$/& ERROR job &/' >jobs.log
paid='answer context | grep /ERROR/ | map llm "How bad: {it}" | join ","'
touch calls
/usr/bin/python3 "$root/tests/scale/models.py" calls 0.02 >port &
pids+=($!)
await test -s port || fail "the model server does not start"
model=(--base-url "http://127.0.0.1:$(cat port)/v1" --model loop-model)
asked() { wc -l <calls; }
"$rlm" run -q -e "$paid" -c jobs.log "${model[@]}" --no-journal >want.paid
[ "$(asked)" = 200 ] || fail "a run makes $(asked) calls for 200 rows"
mkdir paid
pay=("$rlm" map -q -e "$paid" -c jobs.log "${model[@]}" --divide)
parallel --will-cite -j 2 --quote "${pay[@]}" --max-calls 240 --shard {}/4 -o paid/{}.part ::: $(seq 4)
[ "$(asked)" = 400 ] || fail "four shards make $(($(asked) - 200)) calls for 200 rows"
"$rlm" merge -q -e "$paid" paid/*.part --max-calls 0 | diff want.paid - || fail "a merge without a call gives something else"
[ "$(asked)" = 400 ] || fail "a merge asks again"

# A limit that no shard fits into: nothing is asked, and the merge pays.
code=0
parallel --will-cite -j 2 --quote "${pay[@]}" --max-calls 40 --shard {}/4 -o paid/{}.part ::: $(seq 4) 2>log || code=$?
[ "$code" = 4 ] && [ "$(asked)" = 400 ] || fail "four shards over their limit end with $code after $(($(asked) - 400)) calls"
"$rlm" merge -q -e "$paid" paid/*.part "${model[@]}" --no-journal | diff want.paid - || fail "a merge that pays gives something else"
[ "$(asked)" = 600 ] || fail "a merge makes $(($(asked) - 400)) calls for 200 rows"

# One that is killed goes on from its journal with the same command, and nothing of it stays.
one=("${pay[@]}" --max-calls 240 --parallel 4 --shard 1/1 -o paid/one.part --journal paid/one.jsonl --resume)
kills=0
for after in 630 680 730; do
    "${one[@]}" 2>/dev/null &
    killed=$!
    await sh -c "[ \$(wc -l <calls) -ge $after ]" || fail "a shard does not ask"
    kill -9 "$killed"
    wait "$killed" 2>/dev/null || kills=$((kills + 1))
done
[ "$kills" = 3 ] && ls paid/one.part.*.tmp >/dev/null || fail "no shard was killed in the middle"
"${one[@]}"
[ "$(asked)" -le 812 ] || fail "a shard that was killed 3 times makes $(($(asked) - 600)) calls for 200 rows"
ls paid/*.tmp 2>/dev/null && fail "what killed shards wrote stays"
"$rlm" merge -q -e "$paid" paid/one.part --max-calls 0 | diff want.paid - || fail "a shard that was killed gives something else"
echo "scale: paid shards, $(($(asked) - 800)) of 200 calls again after 3 kills"

# An array of Slurm: one node, this one, on ports of its own.
mkdir -p slurm/state slurm/spool array
host=$(hostname -s)
head -c 1024 /dev/urandom >munge.key
chmod 400 munge.key
munged --foreground --key-file="$own/munge.key" --socket="$own/munge.socket" --pid-file="$own/munge.pid" \
    --log-file="$own/munge.log" --seed-file="$own/munge.seed" --num-threads=2 --force 2>munged.err &
pids+=($!)
# Below those that connections get.
port=$((20000 + RANDOM % 12000))
cat >slurm.conf <<CONF
ClusterName=check
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$own/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$own/slurm/state
SlurmdSpoolDir=$own/slurm/spool
SlurmctldPidFile=$own/slurm/slurmctld.pid
SlurmdPidFile=$own/slurm/slurmd.pid
SlurmctldLogFile=$own/slurm/slurmctld.log
SlurmdLogFile=$own/slurm/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MailProg=/bin/true
ReturnToService=2
SchedulerParameters=batch_sched_delay=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$own/slurm.conf
await test -S munge.socket || fail "munge does not start: $(cat munged.err munge.log 2>/dev/null | tail -2)"
slurmctld -D 2>slurm/ctld.err &
pids+=($!)
slurmd -D -N "$host" 2>slurm/d.err &
pids+=($!)
await sh -c 'sinfo -h -o %T | grep -qE "idle|mixed|allocated"' \
    || fail "Slurm does not start: $(tail -3 slurm/slurmctld.log slurm/slurmd.log slurm/*.err 2>/dev/null)"
cat >map.sbatch <<SBATCH
#!/bin/bash
#SBATCH --array=1-5
#SBATCH --requeue
#SBATCH --output=$own/array/%a.log
cd $own
"$rlm" map errors.rlm -c server.log --shard \$SLURM_ARRAY_TASK_ID/5 -o array/\$SLURM_ARRAY_TASK_ID.part
SBATCH
timeout 120 sbatch --wait map.sbatch >/dev/null || fail "the array failed: $(tail -2 array/*.log 2>/dev/null)"
"$rlm" merge -q errors.rlm array/*.part | diff "$own/want" - || fail "the parts of Slurm give something else"
echo "scale: 5 shards by an array of Slurm"
