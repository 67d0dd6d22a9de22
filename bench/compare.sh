#!/usr/bin/env bash
# Counts matching lines with rlm and with ripgrep, side by side on the same warm files, and prints the ratios of their times and processor times.
# Usage: bench/compare.sh [BYTES [RUNS]]     BYTES of each text [1000000000], RUNS of each program [5]
# Needs Debian's packages ripgrep and time. Fails where the two count differently.
set -euo pipefail
cd "$(dirname "$0")/.."
bytes=${1:-1000000000}
runs=${2:-5}
rlm=$PWD/bin/rlm
command -v rg >/dev/null && [ -x /usr/bin/time ] || { echo "compare: install ripgrep and time" >&2; exit 2; }
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

texts=$(mktemp -d)
trap 'rm -rf "$texts"' EXIT
dotnet run bench/corpus.cs -- log "$bytes" >"$texts/log"
dotnet run bench/corpus.cs -- prose "$bytes" >"$texts/prose"
dotnet run bench/corpus.cs -- evil "$((bytes / 10))" >"$texts/evil"

# Best and median of the times of a command in milliseconds, and its last output.
best() {
    printf '%s\n' "$@" | sort -n | head -1
}
median() {
    printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"
}

# Runs a command: what it prints is in `output`, its microseconds in `wall`, the milliseconds of processors in `cpu`.
run() {
    local start=$EPOCHREALTIME TIMEFORMAT='%3U %3S'
    { time "$@" >"$texts/output" 2>/dev/null; } 2>"$texts/times" || true
    wall=$((${EPOCHREALTIME/./} - ${start/./}))
    output=$(<"$texts/output")
    cpu=$(awk '{ print ($1 + $2) * 1000 }' "$texts/times")
}

different=0
printf '%-6s %-34s %10s %10s %7s %7s %7s %7s %9s %9s\n' text pattern lines rlm/ms peer/ms best median cpu rlm/MB goal
# compare TEXT GOAL LABEL PROGRAM PEER...
compare() {
    local text=$1 goal=$2 label=$3 program=$4
    shift 4
    local mine=() theirs=() my_cpu=() their_cpu=() ours="" peers="" memory=0
    for _ in $(seq "$runs"); do
        run "$rlm" run -q -e "$program" -c "$texts/$text"
        ours=$output mine+=("$wall") my_cpu+=("$cpu")
        run "$@" "$texts/$text"
        peers=$output theirs+=("$wall") their_cpu+=("$cpu")
    done
    memory=$(/usr/bin/time -f %M "$rlm" run -q -e "$program" -c "$texts/$text" 2>&1 >/dev/null | tail -1)
    peers=${peers%% *}
    if [ "$ours" != "${peers:-0}" ]; then
        echo "compare: $label on $text: rlm counts $ours and the peer ${peers:-0}" >&2
        different=1
    fi
    awk -v text="$text" -v label="$label" -v goal="$goal" -v lines="$ours" -v b="$(best "${mine[@]}")" -v pb="$(best "${theirs[@]}")" \
        -v m="$(median "${mine[@]}")" -v pm="$(median "${theirs[@]}")" -v kb="$memory" \
        -v c="$(median "${my_cpu[@]}")" -v pc="$(median "${their_cpu[@]}")" \
        'BEGIN { printf "%-6s %-34s %10d %10.0f %7.0f %7.2f %7.2f %7.2f %9.0f %9s\n", text, label, lines, m / 1000, pm / 1000, b / pb, m / pm, c / pc, kb / 1024, goal }'
}

# grep TEXT GOAL PATTERN [RG-OPTION]: /PATTERN/ in both.
grep_both() {
    local text=$1 goal=$2 pattern=$3 option=${4:-}
    local flags=${option:+i}
    compare "$text" "$goal" "/$pattern/$flags" "grep /$pattern/$flags | count" rg -c -a $option -e "$pattern"
}

for text in log prose; do
    compare "$text" 1.0 'lines | count' 'lines | count' wc -l
    grep_both "$text" 1.0 'zebra crossing'
done
grep_both log 1.0 'upstream timeout'
grep_both log 1.0 'status=200'
grep_both prose 1.0 'Watson'
grep_both prose 1.0 'the'
grep_both log 1.0 'timeout' -i
grep_both prose 1.0 'holmes' -i
grep_both log 1.2 'fatal|refused|denied|broken|panic|abort|crash|exceeded|overflow|corrupt'
grep_both prose 1.2 'Watson|Mycroft|Adler|Moriarty|Lestrade|Hudson|Gregson|Milverton|Baskerville|Stapleton'
for text in log prose; do
    grep_both "$text" 1.5 '\d{4}-\d{2}-\d{2}'
    grep_both "$text" 1.5 '[A-Z]\w+ Holmes'
    grep_both "$text" 1.5 '(error|warn|fatal).*timeout'
    grep_both "$text" 1.5 '^\s*$'
    grep_both "$text" 1.5 '\w+@\w+\.\w+'
    grep_both "$text" 1.5 '(?i)sherlock|holmes'
done
for pattern in '(a+)+$' '(.*)*x' '(a|a)*b'; do
    grep_both evil linear "$pattern"
done
exit "$different"
