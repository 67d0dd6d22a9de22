#!/usr/bin/env python3
"""A second process on a journal by its own name, a symbolic link, a hard link or a linked directory; and a journal that is not an ordinary file."""
import random, socket
from attack import *

random.seed(20261128)
rounds = 1 if SHORT else 50
held = runs = 0
source = file("items.txt", "a")
for round in range(rounds):
    with Server(lambda request, number: "hang") as server:
        command = ["run", "-q", "-e", 'answer context | llm "?"', "-c", source, *server.args, "--journal"]
        journal = path(f"run{round}.jsonl")
        first = start(*command, journal)
        while server.requests == 0:
            time.sleep(0.005)
        os.symlink(journal, path(f"soft{round}.jsonl"))
        os.symlink(path(f"soft{round}.jsonl"), path(f"softer{round}.jsonl"))
        os.link(journal, path(f"hard{round}.jsonl"))
        os.symlink(WORK.name, path(f"directory{round}"))
        for name in [journal, path(f"soft{round}.jsonl"), path(f"softer{round}.jsonl"), path(f"hard{round}.jsonl"), path(f"directory{round}/run{round}.jsonl")]:
            second = rlm(*command, name, "--resume")
            runs += 1
            held += second.returncode == 5 and "being written by another process" in second.stderr and server.requests == 1
        first.kill()
        first.wait()
os.mkfifo(path("pipe"))
os.mkdir(path("folder"))
listening = socket.socket(socket.AF_UNIX)
listening.bind(path("socket"))
with Server(lambda request, number: "yes") as server:
    for name in [path("pipe"), path("folder"), path("socket"), "/dev/null", "/dev/full"]:
        for command in (["run", "-e", 'answer context | llm "?"', "-c", source, *server.args, "--journal", name], ["journal", name], ["replay", name]):
            refused = rlm(*command, timeout=10)
            runs += 1
            if refused.returncode == 5 and "the journal" in refused.stderr and "internal error" not in refused.stderr:
                held += 1
            else:
                print(f"{command[0]} {name}: code {refused.returncode}: {refused.stderr.strip()[:200]}")
    held -= server.requests
figure("journal_names", held, runs)
