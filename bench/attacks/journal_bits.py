#!/usr/bin/env python3
"""A journal with flipped bits, swapped replies, moved, doubled and dropped bytes: the resumed run's answer is that of the whole one, or the journal is refused."""
import random
from attack import *

random.seed(20261128)
runs = 60 if SHORT else 3000
source = file("items.txt", "\n".join(f"item {number}" for number in range(12)))
with Server(lambda request, number: f"reply {digest(item(request))}") as server:
    command = ["run", "-q", "-e", 'answer context | lines | map llm "Say it: {it}" pack 1', "-c", source, "--journal", path("run.jsonl"), *server.args]
    right = rlm(*command).stdout
    whole = pathlib.Path(path("run.jsonl")).read_bytes()
    held = refused = 0
    for run in range(runs):
        damaged = bytearray(whole)
        kind = run % 5
        at, length = random.randrange(len(damaged)), random.randrange(1, 400)
        if kind < 2:
            damaged[at] ^= 1 << random.randrange(8)
        elif kind == 2:
            replies = [line for line in whole.split(b"\n") if b'"event":"call"' in line]
            first, second = (line[line.index(b'"reply"'):line.index(b',"line"')] for line in random.sample(replies, 2))
            damaged = bytearray(whole.replace(first, b"\0").replace(second, first).replace(b"\0", second))
        elif kind == 3:
            damaged[at:at] = damaged[at:at + length]
        else:
            del damaged[at:at + length]
        file("run.jsonl", bytes(damaged))
        again = rlm(*command, "--resume")
        isRefused = again.returncode == 5 and again.stdout == "" and "journal" in again.stderr
        refused += isRefused
        if isRefused or (again.returncode == 0 and again.stdout == right):
            held += 1
        else:
            print(f"kind {kind} at {at}: code {again.returncode}, {again.stdout[:200]!r} {again.stderr[:200]!r}")
figure("journal_bits", held, runs, f"{refused} refused")
