#!/usr/bin/env python3
"""Closed streams, keys that an endpoint echoes, marks that turn text on a terminal, and images of a process that crashes."""
import pty, resource, signal
from attack import *

held = runs = 0


def check(name, holds, detail=""):
    global held, runs
    runs += 1
    held += bool(holds)
    if not holds:
        print(f"{name}: {detail}")


source = file("items.txt", "a\nb\n")
for closed, code in ((">&-", 5), ("2>&-", 0), ("<&-", 0), ("<&- >&-", 5), ("<&- 2>&-", 0), (">&- 2>&-", 5), ("<&- >&- 2>&-", 5)):
    for command in ("run -e 'lines | count' -c $FILE", "--version", "help grep", "check -e 'context | lines | count'"):
        run = subprocess.run(["sh", "-c", f'"$RLM" {command} {closed}'], env=ENV | {"RLM": RLM, "FILE": source}, capture_output=True, text=True, timeout=20)
        check(f"{command} {closed}", run.returncode == code, f"code {run.returncode}: {run.stderr[:200]}")

# Nothing that is meant for a stream ends in a file that took its number.
journal = path("streams.jsonl")
subprocess.run(["sh", "-c", '"$RLM" run -v -e \'lines | count\' -c $FILE --journal $JOURNAL 2>&- <&-'], env=ENV | {"RLM": RLM, "FILE": source, "JOURNAL": journal}, timeout=20)
check("journal under closed streams", all(line.startswith('{"') for line in open(journal)))

for part in (KEY, KEY[:12], KEY[-10:], KEY[5:20], KEY.upper()):
    for status in (400, 401) if SHORT else (200, 400, 401, 500):
        journal = path(f"echo{runs}.jsonl")
        with Server(lambda request, number: (status, {}, json.dumps({"error": {"message": f"the key {part} is wrong"}}))) as server:
            run = rlm("run", "-v", "-e", 'answer context | llm "?"', "-c", source, "--journal", journal, "--max-calls", "1", "--timeout", "5", *server.args)
            told = run.stdout + run.stderr + open(journal).read()
            check(f"{status} that echoes {part}", part.lower() not in told.lower(), run.stderr[:300])
with Server(lambda request, number: f"You sent {KEY}.") as server:
    run = rlm("run", "-v", "-e", 'answer context | llm "?"', "-c", source, "--journal", path("reply.jsonl"), *server.args)
    check("reply that echoes the key", KEY not in run.stdout + run.stderr + open(path("reply.jsonl")).read())

marked = file("marked.txt", "user\u202e\u2066 txt.exe\u061c\u200f\n")
pid, terminal = pty.fork()
if pid == 0:
    os.execve(RLM, [RLM, "run", "-e", "answer context", "-c", marked], ENV)
shown = b""
try:
    while chunk := os.read(terminal, 4096):
        shown += chunk
except OSError:
    pass
os.waitpid(pid, 0)
check("marks on a terminal", not any(mark in shown.decode() for mark in "\u202e\u2066\u061c\u200f"), shown)
piped = rlm("run", "-e", "answer context", "-c", marked).stdout
check("marks in a pipe", "user\u202e\u2066 txt.exe\u061c\u200f" in piped, piped)

with Server(lambda request, number: "hang") as server:
    process = start("run", "-q", "-e", 'answer context | llm "?"', "-c", source, *server.args,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)))
    while server.requests == 0:
        time.sleep(0.01)
    limit = next(line for line in open(f"/proc/{process.pid}/limits") if line.startswith("Max core file size")).split()
    check("core files", int(limit[4]) <= 1, limit)
    process.kill()
    process.communicate()
figure("streams", held, runs)
