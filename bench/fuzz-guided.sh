#!/usr/bin/env bash
# Fuzzes one target of tests/Rlm.Fuzz with afl-fuzz, guided by which code an input reaches. Usage: bench/fuzz-guided.sh pattern|program|table|reply [SECONDS]
# Fails where an input crashes, hangs or breaks what the target holds, and leaves those inputs in artifacts/fuzz/TARGET. Needs Debian's package afl++.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?pattern, program, table or reply} seconds=${2:-600}
command -v afl-fuzz >/dev/null || { echo "fuzz: install afl++" >&2; exit 2; }
work=artifacts/fuzz/$target
rm -rf "$work" && mkdir -p "$work/in"
dotnet publish tests/Rlm.Fuzz -c Release -o "$work/bin" --nologo -v quiet
[ -x artifacts/fuzz/tool/sharpfuzz ] || dotnet tool install --tool-path artifacts/fuzz/tool SharpFuzz.CommandLine --version 2.3.0 >/dev/null
for library in Rlm.Dsl Rlm.Runtime Sprache; do
    artifacts/fuzz/tool/sharpfuzz "$work/bin/$library.dll"
done

case $target in
pattern)
    printf '(a+)+$\naaaa\nab\n' >"$work/in/1"
    printf '[A-Z]\\w+ Holmes|(?i:k|\xc3\xa9)\\b\nMr Holmes\nK\xc3\x89\n' >"$work/in/2"
    printf '^\\s*$|\\d{2,3}[^a-c]\n\n 12x\r\n\xff\xc3\n' >"$work/in/3" ;;
program)
    sed -n '1,40p' samples/orders-revenue.rlm >"$work/in/1"
    printf 'context | grep /ERROR/ | chunk 50 lines | map llm "Why?\\n{it}" | reduce llm "Top"' >"$work/in/2"
    printf 'let r = context | extract "{a} {b}" as {a: date}\nanswer "{r | where month(a) == 3 | count by b | top 1 by count | get b}"' >"$work/in/3" ;;
table)
    printf 'a,b\n1,"x, ""y"""\r\n2,z\n' >"$work/in/1"
    printf '{"a": 1, "b": [1, {"c": null}]}\n{"a": "x"}\n' >"$work/in/2"
    printf '[{"a": 1}, {"a": 2.5e3}]' >"$work/in/3" ;;
reply)
    # The table of replies, one section an input, without its readings.
    csplit -s -z -f "$work/in/" tests/Rlm.Runtime.Tests/Cases/replies.txt '/^### /' '{*}'
    sed -i -e '/^###/d' -e 's/ => [^>]*$//' -e 's/\\n/\n/g' "$work"/in/*
    find "$work/in" -empty -delete
    printf '[1] spam\n[2] ham' >"$work/in/packed"
    printf '<think>ham</think>{"label": "spam"}' >"$work/in/label"
    printf 'data: {"choices":[{"delta":{"content":[{"type":"text","text":"a"},"b"]},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n' >"$work/in/events"
    printf '{"content":[{"type":"text","text":"a"}],"stop_reason":"end_turn"}' >"$work/in/message" ;;
esac

# A dead time of 10 s: a first input compiles the code that it runs.
AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 \
    afl-fuzz -i "$work/in" -o "$work/out" -t 10000 -m none -V "$seconds" -- dotnet "$work/bin/Rlm.Fuzz.dll" "$target" >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
grep -E '^(execs_done|execs_per_sec|corpus_count|saved_crashes|saved_hangs|edges_found)' "$work/out/default/fuzzer_stats"
cp "$work"/out/default/crashes/id* "$work"/out/default/hangs/id* "$work/" 2>/dev/null && { echo "fuzz: inputs in $work" >&2; exit 1; }
exit 0
