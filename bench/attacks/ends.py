#!/usr/bin/env python3
"""A run that is killed, hung up, or whose terminal closes, at random moments: it ends with a code, no reply that was written is paid for again, and the answer is the same."""
import pty, random, signal
from attack import *

random.seed(20261128)
runs = 6 if SHORT else 90
source = file("items.txt", "\n".join(f"item {number}" for number in range(150)))
held = 0
for run in range(runs):
    kind = ("kill", "hang-up", "terminal")[run % 3]
    asked = {}

    def answer(request, number):
        asked[item(request)] = asked.get(item(request), 0) + 1
        time.sleep(0.01)
        return f"reply {digest(item(request))}"

    with Server(answer) as server:
        journal = path(f"run{run}.jsonl")
        command = ["run", "-e", 'answer context | lines | map llm "Say it: {it}" pack 1', "-c", source, "--max-calls", "200", "--parallel", "4", "--journal", journal, *server.args]
        if kind == "terminal":
            pid, terminal = pty.fork()
            if pid == 0:
                os.execve(RLM, [RLM, *command], ENV)
            time.sleep(random.uniform(0.1, 0.5))
            os.close(terminal)
            status = os.waitpid(pid, 0)[1]
            code = os.waitstatus_to_exitcode(status)
        else:
            process = start(*command)
            time.sleep(random.uniform(0.05, 0.5))
            process.send_signal(signal.SIGKILL if kind == "kill" else signal.SIGHUP)
            process.communicate()
            code = process.returncode
        keys = [json.loads(line)["key"] for line in pathlib.Path(journal).read_bytes().split(b"\n")[:-1] if b'"event":"call"' in line] if os.path.exists(journal) else []
        before = server.requests
        again = rlm(*command, "-q", *(["--resume"] if os.path.exists(journal) else []))
        wanted = {"kill": (-9, 0), "hang-up": (130, 0, -1), "terminal": (130, 0, -1)}[kind]
        if code in wanted and again.returncode == 0 and len(again.stdout.split("\n")) == 151 and len(keys) == len(set(keys)) and server.requests - before <= 150 - len(keys):
            held += 1
        else:
            print(f"{kind}: code {code}, then {again.returncode}, {len(keys)} held, {server.requests - before} asked again: {again.stderr[:200]}")
figure("ends", held, runs)
