#!/usr/bin/env bash
# Runs the tests again and again: idle, with every core busy, on one core, and with a binary that starts late. None may hang on how fast anything is.
# Usage: tests/repeat.sh [TIMES] [FILTER] [WAY…]
#   TIMES   how often each way; 10
#   FILTER  which tests, as for `dotnet test --filter`; all
#   WAY     idle, busy, one-core, late; all four
set -uo pipefail
cd "$(dirname "$0")/.."
times=${1:-10}
filter=${2:-}
shift $(($# < 2 ? $# : 2))
ways=${*:-idle busy one-core late}

[ -x bin/rlm ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet || exit 1
dotnet build Rlm.sln -c Release --nologo -v quiet || exit 1

work=$(mktemp -d)
loops=()
trap 'kill ${loops[@]+"${loops[@]}"} 2>/dev/null; rm -rf "$work"' EXIT
printf '#!/bin/sh\nsleep 0.1\nexec "%s" "$@"\n' "$PWD/bin/rlm" >"$work/late"
chmod +x "$work/late"

all=0
for way in $ways; do
    native=$PWD/bin/rlm
    prefix=()
    case $way in
        idle) ;;
        busy)
            for _ in $(seq "$(nproc)"); do
                while :; do :; done &
                loops+=($!)
            done
            ;;
        one-core) prefix=(taskset -c 0) ;;
        late) native=$work/late ;;
        *) echo "repeat: no way \`$way\`" >&2; exit 2 ;;
    esac

    passed=0
    longest=0
    for _ in $(seq "$times"); do
        start=$SECONDS
        if RLM_NATIVE=$native ${prefix[@]+"${prefix[@]}"} dotnet test Rlm.sln -c Release --no-build --nologo ${filter:+--filter "$filter"} >"$work/log" 2>&1; then
            passed=$((passed + 1))
        else
            grep -E '^ +Failed |^ +(Expected|But was):' "$work/log"
        fi
        took=$((SECONDS - start))
        [ "$took" -le "$longest" ] || longest=$took
    done

    tests=$(grep -oE 'Passed: +[0-9]+' "$work/log" | awk '{ n += $2 } END { print n + 0 }')
    printf '%-9s %d of %d times passed, %d tests, %d s at most\n' "$way" "$passed" "$times" "$tests" "$longest"
    [ "$passed" -eq "$times" ] || all=1
    if [ "$way" = busy ]; then
        kill "${loops[@]}"
        wait "${loops[@]}" 2>/dev/null
        loops=()
    fi
done
exit "$all"
