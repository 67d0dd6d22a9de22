#!/usr/bin/env bash
# What an item of a list costs, in instructions, for each free operator and function: a figure without noise, with a bound that CI holds.
# Where a stage works on one text and on each text of a list, the list costs at most three times the same bytes as one text, and 8,000 instructions
# an item beside (some 0.6 µs), which its value and its list take. Other stages have a bound of their own: what belongs to a stage is made once.
# A bound of its own stands a fifth or more above what was measured: the same binary differs by some thousandths from one environment to another.
# Usage: bench/lists.sh [NAME…]      Needs Debian's package valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
export rlm=$PWD/bin/rlm
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

export work
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy alone: valgrind cannot read the debug file that lies beside the binary.
cp "$rlm" "$work/rlm"

items=3000
make_texts() {
    awk -v n="$items" -v to="$work/text" 'BEGIN {
        for (i = 0; i < n; i++) {
            printf "2026-11-%02d INFO host=h%d request status=%d [w%d] id=%d\n", i % 28 + 1, i % 9, 200 + i % 3 * 100, i % 64, i * 7919 > (to ".log")
            printf "{\"who\": \"u%d\", \"n\": %d}\n", i % 9, i > (to ".jsonl")
            printf "%s{\"who\": \"u%d\", \"n\": %d}\n", (i ? "," : "["), i % 9, i > (to ".json")
            printf "%s%d,%d\n", (i ? "" : "k,v\n"), i % 7, i > (to ".csv")
            printf "k,v\n%d,%d\n\n", i % 7, i > (to ".tables")
            printf "# Title %d\n\n* a **nut** %d, see [here](https://x.test)\n\n\f", i, i > (to ".md")
            printf "<h1>Title %d</h1><p>nut &amp; bolt %d</p>\n", i, i > (to ".html")
            printf "Pump %d failed. It was off! Why?\n\n", i > (to ".prose")
        }
        print "]" > (to ".json")
    }'
}
make_texts

# NAME | TEXT of the one | PROGRAM over one text, or the bound of an item | TEXT of the list | PROGRAM over the list
cat >"$work/table" <<'TABLE'
describe | | 3000 | log | lines | describe
peek | | 3000 | log | lines | peek 1000000 | count
sample | | 4000 | log | lines | sample 50% | count
lines | log | lines | where it contains "qqq" | count | log | lines | lines | where it contains "qqq" | count
paragraphs | prose | paragraphs | where it contains "qqq" | count | prose | lines | paragraphs | where it contains "qqq" | count
sentences | prose | sentences | where it contains "qqq" | count | prose | lines | sentences | where it contains "qqq" | count
words | log | words | count by it | count | log | lines | words | count by it | count
chunk | log | chunk by /status=200/ | count | log | lines | chunk by /status=200/ | count
chunk by size | | 12000 | log | lines | chunk 500 tokens | count
split | log | split "=" | where it contains "qqq" | count | log | lines | split "=" | where it contains "qqq" | count
split by regex | log | split /[=\]]/ | where it contains "qqq" | count | log | lines | split /[=\]]/ | where it contains "qqq" | count
slice | | 12000 | log | lines | slice 0..3 words | count
slice by tokens | | 12000 | log | lines | slice 0..9 tokens | count
parse | jsonl | parse jsonl | sum n | jsonl | lines | parse jsonl | sum n
parse json | json | parse json | sum n | jsonl | lines | parse json | sum n
parse csv | | 75000 | tables | paragraphs | parse csv | sum v
parse tsv | | 60000 | tables | paragraphs | parse tsv | count
parse html | html | parse html | length | html | lines | parse html | count
parse markdown | md | parse markdown | length | md | split /\f/ | parse markdown | count
grep | log | grep /status=200/ | where it contains "qqq" | count | log | lines | grep /status=200/ | where it contains "qqq" | count
extract | log | extract "host={h} {r} [w" | count by h | count | log | grep /host/ | extract "host={h} {r} [w" | count by h | count
extract by regex | log | extract /host=(?<h>\w+) .*id=(?<id>\d+)/ as {id: number} | sum id by h | count | log | grep /host/ | extract /host=(?<h>\w+) .*id=(?<id>\d+)/ as {id: number} | sum id by h | count
extract over lines | log | extract /host=(?<h>\w+) .*?id=(?<id>\d+)/s | count by h | count | log | grep /host/ | extract /host=(?<h>\w+) .*?id=(?<id>\d+)/s | count by h | count
extract field | | 30000 | log | lines | map {a: it} | extract a /id=(?<id>\d+)/ | count by id | count
rank | | 20000 | log | lines | rank "request 200" top 9 | count
where | | 6000 | log | let p = "status=200"; lines | where it matches p | count
map | | 7000 | log | lines | map length(it) | sum
extend | | 10000 | log | lines | extend n = length(it) | sum n
select | | 20000 | log | extract "host={h} {r} [w" | select h, n = length(r) | count by h | count
get | | 15000 | log | extract "host={h} {r} [w" | get h | count by it | count
sort | | 25000 | log | lines | sort by it desc | count
top | | 6000 | log | lines | top 9 by length(it) | count
skip | | 3000 | log | lines | skip 10 | count
first | | 3000 | log | lines | first 1000000 | count
last | | 3000 | log | lines | last 1000000 | count
reverse | | 6000 | log | lines | reverse | count
distinct | | 6000 | log | lines | distinct | count
flatten | | 40000 | log | lines | map words(it) | flatten | count
group | | 9000 | log | lines | group by length(it) | count
group similar | | 400000 | log | lines | group similar it | count
fill | | 40000 | log | lines | map {n: index * 2} | fill n by 1 | count
pivot | | 40000 | log | lines | map {n: index, k: length(it), v: 1} | pivot k by n | count
extend per | | 40000 | log | lines | extend s = running_sum(index), r = rank(length(it)) per n = length(it) | sum s
join on | | 20000 | log | let a = lines | map {n: index}; a | join a on n | count
left join | | 20000 | log | let a = lines | map {n: index}; a | left join a on n | count
follow | | 40000 | log | extract "host={a} {r} status={b} [" | follow "h1" from a to b | count
count | | 6000 | log | lines | count by length(it) | count
sum | | 6000 | log | lines | sum length(it)
average | | 6000 | log | lines | average length(it)
stdev | | 9000 | log | lines | stdev length(it)
percentile | | 9000 | log | lines | percentile 90 length(it)
min | | 6000 | log | lines | min length(it)
max | | 6000 | log | lines | max length(it)
median | | 6000 | log | lines | median length(it)
share | | 6000 | log | lines | share it contains "status=200"
aggregate | | 9000 | log | lines | aggregate n = count(), m = max(length(it))
any | | 6000 | log | lines | any it contains "qqq"
all | | 6000 | log | lines | all it contains "host"
join | | 6000 | log | lines | join ";" | length
to | | 20000 | log | lines | map {a: it} | to jsonl | length
lower | log | context | lower | length | log | lines | lower | where it contains "qqq" | count
upper | log | context | upper | length | log | lines | upper | where it contains "qqq" | count
trim | log | context | trim | length | log | lines | trim | where it contains "qqq" | count
length | log | context | length | log | lines | length | sum
split as function | log | context | split("=") | where it contains "qqq" | count | log | lines | map split(it, "=") | flatten | where it contains "qqq" | count
words as function | log | context | words | where it contains "qqq" | count | log | lines | map words(it) | flatten | where it contains "qqq" | count
replace | log | context | replace("request", "r") | length | log | lines | replace("request", "r") | where it contains "qqq" | count
replace by regex | log | context | replace(/\d+/, "N") | length | log | lines | replace(/\d+/, "N") | where it contains "qqq" | count
match | | 28000 | log | lines | match(/id=(\d+)/) | count by it | count
find_all | | 90000 | log | lines | map find_all(it, /\d+/) | flatten | where it contains "qqq" | count
duration | | 60000 | log | lines | map duration("00:01:02") | where it > 2m | count
repeat | | 24000 | log | lines | map repeat(it, 2) | where it contains "qqq" | count
range | | 90000 | log | lines | map count(range(0, 3)) | where it > 3 | count
index_of | | 30000 | log | lines | map index_of(it, "id=") | where it > 3000 | count
concat | | 20000 | log | lines | map concat(it, "x") | where it contains "qqq" | count
pad_left | | 20000 | log | lines | map pad_left(index, 9, "0") | where it contains "qqq" | count
pad_right | | 20000 | log | lines | map pad_right(index, 9) | where it contains "qqq" | count
number | | 9000 | log | lines | map number(index) | sum
int | | 12000 | log | lines | map int(index / 2) | sum
floor | | 9000 | log | lines | map floor(index / 2) | sum
ceil | | 9000 | log | lines | map ceil(index / 2) | sum
round | | 9000 | log | lines | map round(index, 1) | sum
today | | 9000 | log | lines | where today() > date("2026-03-01") | count
now | | 9000 | log | lines | where now() >= today() | count
abs | | 9000 | log | lines | map abs(index) | sum
power | | 9000 | log | lines | map power(index, 2) | sum
sqrt | | 9000 | log | lines | map sqrt(index) | sum
percent | | 14000 | log | lines | map percent(index) | count by it | count
date | | 40000 | log | lines | slice 0..10 chars | date | max
format | | 20000 | log | lines | map format(index, "0.0") | count by it | count
year | | 40000 | log | lines | slice 0..10 chars | map year(date(it)) | max
quarter | | 40000 | log | lines | slice 0..10 chars | map quarter(date(it)) | max
month | | 40000 | log | lines | slice 0..10 chars | map month(date(it)) | max
week | | 40000 | log | lines | slice 0..10 chars | map week(date(it)) | max
day | | 40000 | log | lines | slice 0..10 chars | map day(date(it)) | max
weekday | | 40000 | log | lines | slice 0..10 chars | map weekday(date(it)) | max
month_name | | 40000 | log | lines | slice 0..10 chars | map month_name(date(it)) | count by it
day_name | | 40000 | log | lines | slice 0..10 chars | map day_name(date(it)) | count by it
hour | | 50000 | log | lines | map hour(date("{slice(it, 0, 10)} 10:30")) | max
minute | | 50000 | log | lines | map minute(date("{slice(it, 0, 10)} 10:30")) | max
bin | | 9000 | log | lines | map bin(index, 10) | max
coalesce | | 9000 | log | lines | map coalesce(none, index) | max
percentile | | 9000 | log | lines | aggregate p = percentile(length(it), 90)
correlation | | 20000 | log | lines | aggregate c = correlation(length(it), index)
list | | 13000 | log | lines | aggregate l = list(length(it))
distinct_count | | 20000 | log | lines | aggregate n = distinct_count(length(it))
prev | | 20000 | log | lines | map index - coalesce(prev(index), 0) | sum
next | | 20000 | log | lines | map coalesce(next(index), 0) - index | sum
running_sum | | 20000 | log | lines | map running_sum(index) | max
TABLE

# What has no line above is measured by the first example of its page, over the log. `pairs` is quadratic by what it is.
names=$(awk '/^## Ask/ { skip = 1 } /^## / && !/Ask/ { skip = 0 } !skip && /^### / { print substr($0, 5) }
    /^\| `[a-z_]+\(/ { print substr($2, 2, index($2, "(") - 2) }' docs/operators.md | sort -u)
missing=$(comm -23 <(grep -vx pairs <<<"$names") <(cut -d'|' -f1 "$work/table" | sed 's/ *$//' | sort -u))
while IFS= read -r name; do
    example=$(awk -v name="### $name" '$0 == name { found = 1 } found && /^context \| / { print; exit }' docs/operators.md)
    [ -n "$example" ] || { echo "lists: no line in $0 for \`$name\`, and no example that starts with \`context |\`" >&2; exit 1; }
    echo "$name | | 40000 | log | ${example#context | }" >>"$work/table"
done < <(printf '%s' "${missing:+$missing$'\n'}")

instructions() {
    # valgrind cannot reserve as much address space as the collector asks for by default.
    DOTNET_GCHeapHardLimit=0x10000000 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/rlm" run -q -e "${2//; /$'\n'}" -c "$work/$1" 2>"$work/err.$$" >/dev/null || {
        grep -v '^==' "$work/err.$$" >&2
        return 1
    }
    grep -oE 'Collected : [0-9]+' "$work/err.$$" | grep -oE '[0-9]+$'
}

# Instructions of one item, start-up taken off.
each() {
    local all
    all=$(instructions "text.$1" "$2") || return 1
    echo $(((all - start) / items))
}

check() {
    local name text program list stages one=0 bound
    IFS='|' read -r name rest <<<"$1"
    name=${name%% }
    [[ $rest =~ ^\ *([a-z]*)\ \|\ (.*)\ \|\ (log|jsonl|tables|html|md|prose)\ \|\ (.*)$ ]]
    text=${BASH_REMATCH[1]} program=${BASH_REMATCH[2]} list=${BASH_REMATCH[3]} stages=${BASH_REMATCH[4]}
    stages=${stages#context | }
    if [ -z "$text" ]; then
        bound=$program
    else
        one=$(each "$text" "$program") || { echo "$name: \`$program\` failed"; return 1; }
        bound=$((3 * one + 8000))
    fi
    cost=$(each "$list" "$stages") || { echo "$name: \`$stages\` failed"; return 1; }
    printf '%-18s %7d an item, at most %7d%s\n' "$name" "$cost" "$bound" "$([ -z "$text" ] || printf ' (one text: %d)' "$one")"
    [ "$cost" -le "$bound" ]
}
export items start
start=$(instructions text.log 1)
export -f instructions each check

only=${*:-}
if [ -z "$only" ]; then cat "$work/table"; else for name in "$@"; do grep -E "^$name( |$)" "$work/table"; done; fi |
    xargs -d '\n' -P "$(nproc)" -n 1 bash -c 'check "$1"' check ||
    { echo "lists: over the bound; find what is made for each item, or raise the bound with a reason" >&2; exit 1; }
