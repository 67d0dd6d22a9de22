# What `rlm-docs` makes of SQLite files, beside what Python's sqlite3 reads of them: databases.py RLM-DOCS [COUNT]
import csv, io, os, random, sqlite3, subprocess, sys

docs, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
rng = random.Random(7)
path = "random.db"


def make_value():
    kind = rng.random()
    if kind < 0.15:
        return None
    if kind < 0.4:
        return rng.choice([0, 1, -1, 127, 128, -129, 32767, -32769, 2**23, -(2**23) - 1, 2**31, 2**47, -(2**47) - 1, 2**63 - 1, -(2**63)])
    if kind < 0.55:
        return rng.choice([0.5, 1e300, -2.25, 3.0, 1 / 3, 1e-7])
    return rng.choice(["", "x", "0012", "a,b", '"q"', "line\nbreak", " blank ", "# c", "é€𝄞", "long " * rng.randint(1, 3000), "1e5", "-"])


def make_table(base, number):
    """A table with odd names and rules, and rows of every kind; its name and columns."""
    name = rng.choice(["a", "b c", "Größe", 'x"y', "o'k", "[z"]) + str(number)
    quoted = '"' + name.replace('"', '""') + '"'
    columns, parts = [], []
    for i in range(rng.randint(1, 6)):
        columns.append(rng.choice(["id", "v", "näm e", "select", "w,x", "p(q"]) + str(i))
        kind = rng.choice(["INTEGER", "TEXT", "REAL", "NUMERIC", "", "VARCHAR(10)", "INT", "DECIMAL(10, 5)", "integer"])
        rule = rng.choice(["", "", " NOT NULL DEFAULT 7", " DEFAULT (1+2)", " COLLATE NOCASE", " CHECK (1)", " DEFAULT 'it''s, (x'"])
        if i == 0 and rng.random() < 0.4:
            rule = " PRIMARY KEY" + rng.choice(["", " ASC", " DESC"])
        parts.append(f"{rng.choice(['[{}]', '`{}`', chr(34) + '{}' + chr(34)]).format(columns[-1])} {kind}{rule}")
    if rng.random() < 0.2 and " PRIMARY" not in "".join(parts):
        parts.append(f'CONSTRAINT k PRIMARY KEY ("{columns[0]}")')
    base.execute(f"create table {quoted} ({', '.join(parts)}{rng.choice(['', ' /* , ( */', ' -- x' + chr(10)])})")
    fill(base, quoted, columns, rng.choice([0, 1, 5, 60, 400]))
    if rng.random() < 0.4:
        rule = rng.choice(["TEXT DEFAULT 'old'", "INTEGER DEFAULT -3", "REAL DEFAULT 2.5", "INT", "TEXT DEFAULT NULL"])
        base.execute(f"alter table {quoted} add column added {rule}")
        columns.append("added")
        fill(base, quoted, columns, rng.choice([0, 3]))
    if rng.random() < 0.3:
        base.execute(f"delete from {quoted} where rowid % 3 = 0")
    return name, quoted, columns


def fill(base, table, columns, rows):
    for _ in range(rows):
        try:
            base.execute(f"insert or ignore into {table} values ({','.join('?' * len(columns))})", [make_value() for _ in columns])
        except sqlite3.IntegrityError:
            pass  # A text as the number of a row.


def is_same(cell, value):
    if value is None:
        return cell == ""
    return float(cell) == value if isinstance(value, float) else cell == str(value)


for case in range(count):
    if os.path.exists(path):
        os.remove(path)
    base = sqlite3.connect(path)
    base.execute(f"pragma page_size = {rng.choice([512, 1024, 4096, 65536])}")
    base.execute(f"pragma encoding = '{rng.choice(['UTF-8', 'UTF-16le', 'UTF-16be'])}'")
    base.execute(f"pragma auto_vacuum = {rng.choice([0, 1, 2])}")
    tables = [make_table(base, i) for i in range(rng.randint(1, 3))]
    base.commit()
    if rng.random() < 0.2:
        base.execute("vacuum")

    run = subprocess.run([docs, path], capture_output=True, timeout=60)
    if run.returncode != 0 or run.stderr:
        sys.exit(f"database {case} ends with {run.returncode}: {run.stderr.decode()}")
    sections = run.stdout.decode().rstrip("\n").split("\n\f\n")
    if len(sections) != len(tables):
        sys.exit(f"database {case} has {len(tables)} tables, and {len(sections)} are read")
    for (name, quoted, columns), section in zip(tables, sections):
        heading, rows = section.split("\n", 1)
        read = list(csv.reader(io.StringIO(rows + "\n", newline="")))
        kept = base.execute(f"select * from {quoted} order by rowid").fetchall()
        if heading != f"## {name}" or read[0] != columns or len(read) != len(kept) + 1:
            sys.exit(f"database {case} has a table {name} of {len(kept)} rows, which is read as {heading} with {len(read) - 1}")
        for cells, values in zip(read[1:], kept):
            if len(cells) != len(values) or not all(map(is_same, cells, values)):
                sys.exit(f"database {case} has the row {values}, which is read as {cells}")
    base.close()
print(f"databases: {count} are read as sqlite3 reads them")
