#!/usr/bin/env python3
"""Fifty processes at once: over one file with a budget each, and on one journal, of which one gets it."""
from attack import *

processes = 12 if SHORT else 50
held = runs = 0
source = file("items.txt", "\n".join(f"item {number}" for number in range(200)))


def answer(request, number):
    time.sleep(0.02)
    return f"reply {digest(item(request))}"


with Server(answer) as server:
    command = ["run", "-q", "-e", 'answer context | lines | first 20 | map llm "Say it: {it}" pack 1 or "failed"', "-c", source, "--max-calls", "20", *server.args]
    right = rlm(*command).stdout
    before = server.requests
    crowd = [start(*command) for _ in range(processes)]
    for process in crowd:
        output, error = process.communicate(timeout=120)
        runs += 1
        held += process.returncode == 0 and output == right
    runs += 1
    held += server.requests - before == 20 * processes

with Server(answer) as server:
    command = ["run", "-q", "-e", 'answer context | lines | map llm "Say it: {it}" pack 1', "-c", source, "--max-calls", "300", "--parallel", "2", "--journal", path("one.jsonl"), *server.args]
    crowd = [start(*command) for _ in range(processes)]
    ends = [process.communicate(timeout=120) + (process.returncode,) for process in crowd]
    winners = [end for end in ends if end[2] == 0]
    runs += 2
    held += len(winners) == 1 and all("internal error" not in end[1] and end[2] == 5 for end in ends if end not in winners)
    held += server.requests == 200
    lines = [json.loads(line) for line in open(path("one.jsonl"))]
    runs += 1
    held += [line["line"] for line in lines] == list(range(1, len(lines) + 1))
figure("crowd", held, runs, f"{processes} processes")
