#!/usr/bin/env bash
# What `rlm-docs` makes of documents, beside what others make of them: tests/documents/check.sh [FOLDER]
# Needs groff, qpdf, pdftotext (poppler-utils), python3 with openpyxl and docx, soffice, and the binaries rlm and rlm-docs in bin or in FOLDER.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:-$here/../../bin}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "documents: $1" >&2
    exit 1
}

# is_refused PATH WORDS: what is said of a path that is no file.
is_refused() {
    "$bin/rlm-docs" "$1" >out 2>err && fail "$1 is read"
    [ "$(cat err)" = "rlm-docs: $2" ] || fail "$1 is refused with: $(cat err)"
}
is_refused none.pdf "none.pdf does not exist; check the path"
is_refused . ". is a folder; name a file, or give the folder to \`rlm\`, as with \`rlm run -e PROGRAM -c .\`"

words() { tr -s ' \n\f' '\n'; }

# A thousand pages, typeset.
{
    for i in $(seq 1000); do
        printf '.sp 2\nPage %d. Clause %d.1 says that party A owes party B %d euros.\n' "$i" "$i" $((i * 7))
        for j in 1 2 3 4 5 6; do
            printf '.sp\nThe parties agree in %d-%d that whatever is written here in many words fills a paragraph of a page, with text that is to be found and compared.\n' "$i" "$j"
        done
        [ "$i" -eq 1000 ] || echo .bp
    done
} | groff -Tpdf >thousand.pdf
/usr/bin/time -f '%M' -o memory "$bin/rlm-docs" thousand.pdf >ours || fail "a thousand pages are not read"
cmp -s <(words <ours) <(pdftotext thousand.pdf - | words) || fail "the words of a thousand pages are others than those of pdftotext"
[ "$(tail -1 memory)" -lt 200000 ] || fail "a thousand pages take $(tail -1 memory) KB"
[ "$("$bin/rlm" run -q -e 'context | grep "Clause 7.1 " | map "{cite}"' -c thousand.pdf)" = thousand.pdf:p7 ] || fail "the seventh page is not cited"

# Two columns and a table: the words are those of pdftotext, in whichever order. It joins what a hyphen parts.
{
    printf '.nr HY 0\n.TL\nA report\n.2C\n'
    for i in $(seq 200); do printf '.PP\nParagraph %d stands in one of two columns, and says %d things that are of no use.\n' "$i" $((i * 3)); done
    printf '.1C\n.TS\nl n.\nname\tamount\n'
    for i in $(seq 30); do printf 'item%d\t%d\n' "$i" $((i * 11)); done
    printf '.TE\n'
} | groff -t -ms -Tpdf >columns.pdf
"$bin/rlm-docs" columns.pdf >columns || fail "columns are not read"
cmp -s <(words <columns | sort) <(pdftotext columns.pdf - | words | sort) || fail "the words of two columns are others than those of pdftotext"
{ "$bin/rlm-docs" columns.pdf && echo end; } >both
cmp -s both <(cat columns; echo end) || fail "what is written behind a text takes its place"
grep -qE '^item7 +77$' columns || fail "a row of a table is no line"

# The same text in every way to write it.
qpdf --object-streams=generate columns.pdf streams.pdf
qpdf --linearize columns.pdf linear.pdf
qpdf --stream-data=uncompress columns.pdf plain.pdf
qpdf --encrypt "" owner 256 -- columns.pdf open.pdf
qpdf --encrypt secret owner 256 -- columns.pdf closed.pdf
for way in streams linear plain open; do
    "$bin/rlm-docs" $way.pdf | cmp -s - columns || fail "$way.pdf is another text"
done
"$bin/rlm-docs" closed.pdf >out 2>err && fail "a PDF with a password is read"
grep -q 'it is encrypted' err || fail "a PDF with a password is refused with: $(cat err)"

# Damage ends in words: refused, or the text with what is missing, or the text as it was.
python3 - "$bin/rlm-docs" <<'PYTHON' || fail "damage"
import random, subprocess, sys

program = sys.argv[1]
whole = open("streams.pdf", "rb").read()
good = subprocess.run([program, "streams.pdf"], capture_output=True).stdout
rng = random.Random(1)
told = 0
for i in range(100):
    data = bytearray(whole)
    if i < 25:
        data = data[: len(data) * (i + 1) // 26]
    elif i < 60:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    else:
        for _ in range(20):
            data[rng.randrange(len(data))] = rng.randrange(256)
    run = subprocess.run([program, "-"], input=bytes(data), capture_output=True, timeout=60)
    if run.returncode not in (0, 5) or (run.returncode == 5) != (b"is not read: " in run.stderr):
        sys.exit(f"damage {i} ends with {run.returncode}: {run.stderr.decode()}")
    if run.returncode == 0 and run.stdout != good and not run.stderr:
        sys.exit(f"damage {i} changes the text in silence")
    told += bool(run.stderr)
print(f"documents: {told} of 100 damages are told, the others change nothing")
PYTHON

# A small file that unpacks to 4 GiB.
python3 - <<'PYTHON'
import zlib

packer = zlib.compressobj(9)
data = b"".join(packer.compress(bytes(1 << 24)) for _ in range(256)) + packer.flush()
objects = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << >> >>",
    b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(data) + data + b"\nendstream",
]
with open("bomb.pdf", "wb") as file:
    file.write(b"%PDF-1.7\n")
    starts = []
    for i, content in enumerate(objects):
        starts.append(file.tell())
        file.write(b"%d 0 obj\n" % (i + 1) + content + b"\nendobj\n")
    table = file.tell()
    file.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % start for start in starts))
    file.write(b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)
PYTHON
/usr/bin/time -f '%M' -o memory "$bin/rlm-docs" bomb.pdf >out 2>err && fail "a file that unpacks to 4 GiB is read"
grep -q 'is not read: ' err && [ "$(tail -1 memory)" -lt 1200000 ] || fail "a file that unpacks to 4 GiB takes $(tail -1 memory) KB: $(cat err)"

# From the first page on nothing is opened: it waits for a reader of its second one, and is looked at.
mkfifo pipe
"$bin/rlm-docs" thousand.pdf >pipe &
exec 3<pipe
head -c 1 <&3 >/dev/null
grep -q '^Max open files  *0  *0 ' "/proc/$!/limits" || fail "rlm-docs may open files while it reads"
exec 3<&-
wait $! 2>/dev/null || true

# A folder is read once, by two processes at once as by one, and anew where a file or an entry changed.
export XDG_STATE_HOME="$work/state"
kept=$XDG_STATE_HOME/rlm/documents
mkdir folder
cp thousand.pdf folder/a.pdf
cp columns.pdf folder/b.pdf
sum() { "$bin/rlm" run -q -e 'context | map text' -c folder "$@" | md5sum; }
anew=$(sum --no-cache)
[ ! -e "$kept" ] || fail "--no-cache keeps something"
sum >first &
sum >second
wait $!
[ "$(cat first)" = "$anew" ] && [ "$(cat second)" = "$anew" ] && [ "$(sum)" = "$anew" ] || fail "what is kept of documents is another text"
[ "$(find "$kept" -name '*.records' | wc -l)" = 2 ] && [ -z "$(find "$kept" -perm /077)" ] || fail "two documents are not kept, or not from others"
for entry in "$kept"/*.records; do printf x | dd of="$entry" bs=1 seek=40 conv=notrunc status=none; done
[ "$(sum)" = "$anew" ] || fail "a damaged entry is believed"
cp columns.pdf folder/a.pdf
[ "$(sum)" = "$(sum --no-cache)" ] || fail "a file that changed is not read anew"

# A program of the user goes before rlm-docs, and its failure is told.
"$bin/rlm" run -q -e 'context | map text' -c columns.pdf -c linear.pdf --loader 'pdf=pdftotext {} -' >both
cmp -s <(words <both) <(for file in columns linear; do pdftotext $file.pdf -; done | words) || fail "a loader's text is another"
"$bin/rlm" run -e 'context | lines | count' -c closed.pdf --loader 'pdf=pdftotext {} -' >out 2>err && fail "a loader that fails is believed"
grep -q '`pdftotext` ended with code 1: .*password' err || fail "a loader that fails is told as: $(cat err)"

# Office files and books, in their own script.
/usr/bin/python3 "$here/office.py" "$bin/rlm-docs" "$bin/rlm" || fail "Office files and books"

# Databases and mails, in theirs.
/usr/bin/python3 "$here/databases.py" "$bin/rlm-docs" || fail "SQLite files"
/usr/bin/python3 "$here/mail.py" "$bin/rlm-docs" "$bin/rlm" || fail "mails"

echo "documents: as pdftotext reads them, and every damage is told"
