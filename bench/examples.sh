#!/usr/bin/env bash
# Runs the examples of README.md, docs/language.md and the root prompt over generated texts, each up to its first paid stage, and fails where one takes
# more processor time than a second and a twentieth of one for each megabyte.
# Usage: bench/examples.sh [MEGABYTES]      100 by default. Needs Debian's package time.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-100}
rlm=$PWD/bin/rlm
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/docs" "$work/programs"

# make FILE: a block of lines, repeated.
make() {
    awk -v form="$1" 'BEGIN {
        srand(7)
        split("INFO INFO INFO INFO INFO INFO INFO WARN ERROR FATAL", levels, " ")
        for (i = 0; i < 8000; i++) {
            day = int(rand() * 28) + 1
            if (form == "log")
                printf "2026-%02d-%02d 10:%02d:%02d %s host=web-%02d GET /api/orders/%d took=%dms status=%d %s\n", int(rand() * 12) + 1, day, i / 60 % 60, i % 60,
                    levels[int(rand() * 10) + 1], rand() * 40, rand() * 9999, rand() * 2000, rand() < 0.02 ? 500 : 200, i % 9 ? "" : "upstream timeout while reading the body"
            else if (form == "messages")
                printf "Date: %s %02d, 2026 || User: %d || Instance: message %d about %s\n", (i % 2 ? "Mar" : "Apr"), day, rand() * 9999, i, i % 3 ? "a prize" : "lunch"
            else if (form == "mails")
                printf "From a@example.org Thu Jan %2d 10:00:00 2026\nFrom: Ann <a%d@example.org>\nTo: ben@example.org\nSubject: message %d\nDate: %d Jan 2026 10:00:00 +0000\n\nIt is about %s, and about what was said of it on the day before.\n\n", day, rand() * 99, i, day, i % 3 ? "an invoice" : "lunch"
            else if (form == "notes")
                printf "2026-%02d-%02d,team-%d,note %d about %s\n", int(rand() * 12) + 1, day, rand() * 9, i, i % 3 ? "a late delivery" : "lunch"
            else
                printf "%d.%d The supplier gives notice of %s within %d days of the date on which it becomes known.\n", i / 100, i % 100,
                    i % 4000 == 3999 ? "any change of control" : "each delay", day
        }
    }' >"$work/block"
    local size
    size=$(stat -c %s "$work/block")
    for _ in $(seq $((megabytes * 1000000 / size))); do cat "$work/block"; done
}
make log >"$work/log"
make messages >"$work/messages"
make mails >"$work/box.mbox"
{ echo Day,Team,Note; make notes; } >"$work/notes"
make contract | split -C 1000000 - "$work/docs/contract-"

# One program a file: blocks marked rlm, and what README has after `run -e`.
awk -v to="$work/programs/" '
    FNR == 1 { on = 0; name = FILENAME; gsub(/.*\/|\..*/, "", name) }
    /^ *```rlm *$/ { on = 1; file = sprintf("%s%02d-%s", to, ++count, name); indent = match($0, /`/) - 1; next }
    /^ *``` *$/ { on = 0 }
    on { print substr($0, indent + 1) > file }
    !on && match($0, /run -e \x27[^\x27]+\x27/) { printf "%s\n", substr($0, RSTART + 8, RLENGTH - 9) > sprintf("%s%02d-%s", to, ++count, name) }
' README.md docs/language.md src/Rlm.Runtime/Root/RootPrompt.cs

# The free part: statements up to a paid stage, of which what comes before is counted.
free_part() {
    awk '
        /^ *\|/ { statement = statement " " $0; next }
        { if (statement != "") statements[++n] = statement; statement = $0 }
        END {
            statements[++n] = statement
            for (i = 1; i <= n; i++) {
                if (!match(statements[i], /\| *((map|where|reduce) llm|llm|extend ([a-z_]+ = )?llm) /)) {
                    print statements[i]
                    continue
                }
                free = substr(statements[i], 1, RSTART - 1)
                print free (free ~ /^let / ? "" : "| count")
                if (split(free, words, " ") && words[1] == "let")
                    print words[2] " | count"
                exit
            }
        }' "$1"
}

failed=0
ran=0
for file in "$work"/programs/*; do
    program=$(free_part "$file")
    case $program in
        *'User: {user}'*) text=$work/messages ;;
        *'month(Day)'*) text=$work/notes ;;
        *'{from}: {subject}'*) text=$work/box.mbox ;;
        *'= context | where'*) text=$work/docs ;;
        *) text=$work/log ;;
    esac
    if ! /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$rlm" run -q -e "$program" -c "$text" >"$work/out" 2>"$work/err"; then
        echo "examples: failed: $program" >&2
        head -5 "$work/err" >&2
        failed=1
        continue
    fi

    ran=$((ran + 1))
    awk -v megabytes="$megabytes" -v program="$(tr '\n' ';' <<<"$program")" '{
        processor = $2 + $3
        bound = 1 + megabytes / 20
        printf "%6.2f s, %6.2f s of processors, at most %.1f, %4d MB  %.100s\n", $1, processor, bound, $4 / 1024, program
        exit processor > bound
    }' "$work/time" || failed=1
done

# As many as there were when this was written: an extraction that finds none must not pass.
[ "$ran" -ge 10 ] || { echo "examples: only $ran ran" >&2; failed=1; }
[ "$failed" -eq 0 ] || echo "examples: failed, or over the bound; find what became slower" >&2
exit "$failed"
