#!/usr/bin/env bash
# What the generators add to compiling: a cold compiler (one process), and a warm one (its server, after one build).
# bench/generators.sh [TOOLS PIPELINES]
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
tools=${1:-100} pipelines=${2:-30}
dotnet build src/Rlm.Generators -c Release --nologo -v quiet
dotnet build src/Rlm.Runtime -c Release --nologo -v quiet

work=$(mktemp -d)
sdk=$(dotnet --list-sdks | grep "^$(dotnet --version) " | sed 's/\(.*\) \[\(.*\)\]/\2\/\1/')
csc="$sdk/Roslyn/bincore/csc.dll"
pipe="rlm-bench-$$"
trap 'rm -rf "$work"' EXIT
# Copies, so that a build at the same time changes nothing.
cp -r artifacts/bin/Rlm.Runtime/release "$work/runtime"
cp artifacts/bin/Rlm.Generators/release/Rlm.Generators.dll artifacts/bin/Rlm.Dsl/release_netstandard2.0/Rlm.Dsl.dll "$work"

{
    echo "/nologo /target:library /nullable:enable /langversion:14 /nowarn:CS1591 /out:$work/out.dll"
    # The framework without its pack, which a machine may not have.
    for file in "$(dirname "$sdk")"/../shared/Microsoft.NETCore.App/10.*/*.dll; do
        case $(basename "$file") in System.*|netstandard.dll|mscorlib.dll) echo "/reference:$file" ;; esac
    done
    for file in "$work"/runtime/*.dll; do echo "/reference:$file"; done
    echo "/reference:$(find ~/.nuget/packages/microsoft.extensions.ai.abstractions -path '*net10.0*' -name '*.dll' | sort | tail -1)"
} > "$work/references.rsp"
printf '/analyzer:%s\n' "$work/Rlm.Generators.dll" "$work/Rlm.Dsl.dll" > "$work/analyzers.rsp"
echo "/analyzer:$(find ~/.nuget/packages/sprache -path '*netstandard2.0*' -name Sprache.dll | sort | tail -1)" >> "$work/analyzers.rsp"

# Sources with so many tools, ten a class, and so many pipelines; the third argument changes a line elsewhere.
write() {
    {
        echo "using System.Threading.Tasks; using Microsoft.Extensions.AI; using Rlm; "
        echo "namespace Rlm.Bench {"
        echo "public sealed record Owner(string Team, string? Phone, int Level);"
        echo "public static class Elsewhere { public static int Value => $3; }"
        for ((i = 0; i < $1; i++)); do
            ((i % 10 == 0)) && echo "[RlmTools] public sealed partial class Staff$i {"
            echo "[RlmTool(\"Who looks after a host.\")] public Owner? OwnerOf$i(string host, int most = 10) => null;"
            ((i % 10 == 9 || i == $1 - 1)) && echo "}"
        done
        echo "public static partial class Reports {"
        for ((i = 0; i < $2; i++)); do
            echo "[RlmPipeline(\"\"\""
            echo "    let errors = log | grep \"ERROR $i\" | extract /host=(?<host>\\S+) ms=(?<ms>\\d+)/"
            echo "    let kinds = errors | extend kind = llm \"Which kind is {host}?\" as one of [\"disk\", \"net\"]"
            echo "    answer kinds | where kind == \"disk\" | count by host | top 3 by count | to table"
            echo "    \"\"\")]"
            echo "public static partial Task<string> Report$i(IChatClient model, TextSource log);"
        done
        echo "} }"
    } > "$work/source.cs"
}

milliseconds() {
    local start=$EPOCHREALTIME
    "$@" >&2
    echo "($EPOCHREALTIME - $start) * 1000 / 1" | bc
}

# The median of so many numbers, with the least and the most.
median() { sort -n | awk -v n="$1" '{ v[NR] = $1 } END { printf "%d (%d-%d)", v[int((n + 1) / 2)], v[1], v[n] }'; }

compiler=(dotnet exec "$csc" /noconfig @"$work/references.rsp" @"$work/analyzers.rsp" "$work/source.cs")
compile() { "${compiler[@]}" "$@"; }

# Wall time, and that of all processors, which goes less by what else the machine does.
cold() {
    write "$1" "$2" 0
    for ((run = 0; run < 5; run++)); do /usr/bin/time -a -o "$work/cold" -f '%e %U %S' "${compiler[@]}" >&2; done
    printf '%20s %20s' "$(awk '{ print 1000 * $1 }' "$work/cold" | median 5)" "$(awk '{ print 1000 * ($2 + $3) }' "$work/cold" | median 5)"
    rm "$work/cold"
}

warm() {
    write "$1" "$2" 0
    compile /shared:"$pipe" /keepalive:20 >&2
    for ((run = 1; run <= 5; run++)); do
        write "$1" "$2" "$run"
        milliseconds compile /shared:"$pipe" /keepalive:20
    done | median 5
}

echo "compiling, ms (median of 5, least-most)     cold            cold, CPU                 warm"
for case in "0 0" "1 0" "0 1" "$tools $pipelines"; do
    read -r t p <<< "$case"
    cold=$(cold "$t" "$p") warm=$(warm "$t" "$p")
    printf '%4s tools, %3s pipelines  %s %20s\n' "$t" "$p" "$cold" "$warm"
done
