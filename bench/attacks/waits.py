#!/usr/bin/env python3
"""A server that asks to be asked again at once, or at a time that is over; and --rpm by the arrivals at the server."""
from attack import *

held = runs = 0
source = file("items.txt", "a")
for header in ("0", "Sat, 01 Jan 2000 00:00:00 GMT", "0.0"):
    with Server(lambda request, number: (429, {"Retry-After": header}, "slow down")) as server:
        begun = time.monotonic()
        process = start("run", "-q", "-e", 'answer context | llm "?"', "-c", source, *server.args)
        time.sleep(3)
        process.kill()
        process.communicate()
        runs += 1
        # 0.25 to 0.5 s, then twice that and so on: no more than four fit into three seconds.
        if 2 <= server.requests <= 4:
            held += 1
        else:
            print(f"Retry-After: {header}: {server.requests} attempts in 3 s")
if not SHORT:
    source = file("items.txt", "\n".join(f"item {number}" for number in range(150)))
    with Server(lambda request, number: "yes") as server:
        rlm("run", "-q", "-e", 'answer context | lines | map llm "Good? {it}" pack 1 | count by it', "-c", source, "--max-calls", "200", "--rpm", "60", *server.args, timeout=300)
        most = max(sum(first <= other < first + 60 for other in server.arrivals) for first in server.arrivals)
        runs += 1
        held += most <= 60
        print(f"--rpm 60: at most {most} requests in any minute, {len(server.arrivals)} in all")
figure("waits", held, runs)
