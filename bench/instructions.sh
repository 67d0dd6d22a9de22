#!/usr/bin/env bash
# Instructions of a start, and that programs over 8 MB of log, CSV or JSON lines cost a byte, start-up taken off: figures without noise, with
# bounds that CI holds.
# Usage: bench/instructions.sh      Needs Debian's package valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
rlm=$PWD/bin/rlm
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy alone: valgrind cannot read the debug file that lies beside the binary.
cp "$rlm" "$work/rlm"
bytes=8000000
dotnet run bench/corpus.cs -- log "$bytes" >"$work/log"
# The same rows as CSV and as JSON lines.
awk -v bytes="$bytes" -v table="$work/csv" -v lines="$work/jsonl" 'BEGIN {
    srand(1)
    print "id,name,city,price,qty,day" >table
    for (i = written = 0; written < bytes; i++) {
        name = int(rand() * 1000); city = int(rand() * 64); price = int(rand() * 10000) / 100; qty = int(rand() * 50)
        day = sprintf("2026-%02d-%02d", 1 + i % 12, 1 + i % 28)
        printf "%d,name%d,city%d,%.2f,%d,%s\n", i, name, city, price, qty, day >table
        row = sprintf("{\"id\":%d,\"name\":\"name%d\",\"city\":\"city%d\",\"price\":%s,\"qty\":%d,\"day\":\"%s\"}", i, name, city, price, qty, day)
        print row >lines
        written += length(row) + 1
    }
}'

# collect ARGUMENT…: the instructions of rlm with them.
collect() {
    # valgrind cannot reserve as much address space as the collector asks for by default.
    DOTNET_GCHeapHardLimit=0x10000000 valgrind --tool=callgrind --callgrind-out-file="$work/out" "$work/rlm" "$@" 2>&1 >/dev/null |
        grep -oE 'Collected : [0-9]+' | grep -oE '[0-9]+$'
}

# instructions PROGRAM [log|csv|jsonl]
instructions() {
    collect run -q -e "$1" -c "$work/${2:-log}"
}

failed=0
# measure_start MILLIONS ARGUMENT…
measure_start() {
    local bound=$1 all
    shift
    all=$(collect "$@")
    printf '%-50s %6d thousand instructions, at most %d\n' "start: rlm $1" $((all / 1000)) $((bound * 1000))
    [ "$all" -le $((bound * 1000000)) ] || failed=1
}

measure_start 8 --version
measure_start 11 check -e \
    'context | grep /ERROR/ | extract "{day} {clock} {level} {msg}" | where level == "ERROR" | count by day | sort by count desc'

start=$(instructions 1)
# measure BOUND PROGRAM [log|csv|jsonl]
measure() {
    awk -v all="$(instructions "$2" "${3:-log}")" -v start="$start" -v bytes="$(stat -c %s "$work/${3:-log}")" -v bound="$1" -v program="$2" 'BEGIN {
        each = (all - start) / bytes
        printf "%-50s %6.2f instructions a byte, at most %s\n", program, each, bound
        exit each > bound
    }' || failed=1
}

echo "start-up of a run: $start instructions"
measure 1 'lines | count'
measure 1.6 'grep /zebra crossing/ | count'
measure 1.2 'grep /(.*)*~/ | count'
measure 1.2 'grep /(error|warn|fatal).*timeout/ | count'
measure 7 'lines | rank "upstream timeout" top 3'
measure 24 'extract /took=(?<ms>\d+)/ | count'
measure 7.5 'grep /\d{4}-\d{2}-\d{2} 1/ | count'
measure 70 'parse csv | count by city' csv
measure 92 'parse csv | where price > 50 | sum qty by city' csv
measure 108 'parse csv | sort by price desc, id | first 10' csv
measure 98 'parse csv | aggregate n = count(), s = sum(qty) by city' csv
measure 90 'parse jsonl | sum qty' jsonl
measure 92 'parse jsonl | count by city' jsonl
[ "$failed" -eq 0 ] || echo "instructions: over the bound; find what became slower, or raise the bound with a reason" >&2
exit "$failed"
