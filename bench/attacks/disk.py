#!/usr/bin/env python3
"""A disk that is full, a file that may not grow, and an fsync that fails: the run stops in words, pays for nothing that is not kept, and goes on afterwards."""
import resource, shutil
from attack import *

held = runs = 0
source = file("items.txt", "\n".join(f"item {number}" for number in range(40)))
with Server(lambda request, number: "reply " * 20) as server:
    def command(journal):
        return ["run", "-q", "-e", 'answer context | lines | map llm "Say it: {it}" pack 1', "-c", source, "--parallel", "1", "--journal", journal, *server.args]

    for limit in (1, 700, 3000, 6000):
        server.requests = 0
        journal = path(f"small{limit}.jsonl")
        run = subprocess.run([RLM, *command(journal)], env=ENV, capture_output=True, text=True, timeout=60, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        kept = open(journal).read().count('"event":"call"')
        again = rlm(*command(journal), "--resume")
        runs += 1
        if run.returncode == 5 and "internal error" not in run.stderr and again.returncode == 0 and server.requests <= 41:
            held += 1
        else:
            print(f"at most {limit} bytes: code {run.returncode}, {kept} kept, {server.requests} asked in all, then {again.returncode}: {run.stderr[:300]}")

    # strace makes the call fail, where it is there and may.
    if shutil.which("strace") and subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0:
        for sync, after in (("each", 1), ("each", 6), ("end", 1), ("off", 1)):
            server.requests = 0
            journal = path(f"sync{sync}{after}.jsonl")
            failing = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", f"inject=fsync:error=EIO:when={after}+"]
            run = subprocess.run([*failing, RLM, *command(journal), "--journal-sync", sync], env=ENV, capture_output=True, text=True, timeout=60)
            paid = server.requests
            again = rlm(*command(journal), "--resume")
            wanted = 5 if sync == "each" else 0
            runs += 1
            if run.returncode == wanted and ("journal" in run.stderr) == (sync != "off") and again.returncode == 0 and server.requests <= 41 and "internal error" not in run.stderr:
                held += 1
            else:
                print(f"fsync fails, {sync} after {after}: code {run.returncode}, {paid} asked, then {again.returncode}, {server.requests} in all: {run.stderr[:300]}")
figure("disk", held, runs)
