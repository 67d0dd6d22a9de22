#!/usr/bin/env python3
"""Items that differ only between marks, at line ends or in one byte: each is asked about once, and gets its own reply."""
import random
from attack import *

random.seed(20261128)
PIECES = ["<budget>\n", "\n</budget>", "<data>\n", "\n</data>", "</", "\u200b", "turn 1 of 20", "a", "b", " ", "\t", "[1] ", "<rows>", "user"]
runs = 10 if SHORT else 200
held = 0
for _ in range(runs):
    items = list(dict.fromkeys("x" + "".join(random.choice(PIECES) for _ in range(random.randrange(1, 6))) + "y" for _ in range(30)))
    source = file("items.txt", "\n---\n".join(items))
    with Server(lambda request, number: f"reply {digest(item(request))}") as server:
        run = rlm("run", "-q", "-e", 'answer context | split "\\n---\\n" | map llm "Say it: {it}" pack 1', "-c", source, *server.args)
        replies = run.stdout.strip().split("\n")
        held += run.returncode == 0 and len(replies) == len(items) == server.requests == len(set(replies))
figure("keys", held, runs)
