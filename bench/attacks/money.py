#!/usr/bin/env python3
"""Every way in which a reply can be broken, under every limit of tokens and money: the server's own count never passes the limit."""
from attack import *

LONG = "word " * 40
BROKEN = {
    "bad JSON": (200, {}, '{"choices": [oops'),
    "cut JSON": (200, {}, completion(LONG, 10, 40)[:60]),
    "page": (200, {"Content-Type": "text/html"}, "<html><title>Welcome</title></html>"),
    "empty": (200, {}, ""),
    "null": (200, {}, "null"),
    "no choices": (200, {}, '{"choices": []}'),
    "null content": (200, {}, '{"choices": [{"message": {"content": null}}]}'),
    "error in a 200": (200, {}, '{"error": {"message": "upstream failed", "code": 502}}'),
    "429 in a 200": (200, {}, '{"error": {"message": "slow down", "code": 429}}'),
    "parameter in a 200": (200, {}, '{"error": {"message": "unsupported parameter max_tokens", "code": 400}}'),
    "event stream cut": (200, {"Content-Type": "text/event-stream"}, 'data: {"choices":[{"delta":{"content":"ye"}}]}\n\n'),
    "event stream garbage": (200, {"Content-Type": "text/event-stream"}, "data: {oops\n\n"),
    "gzip that is none": (200, {"Content-Encoding": "gzip"}, "no gzip"),
    "plain text": (200, {"Content-Type": "text/plain"}, "fine, thanks"),
    "all thoughts": (200, {}, '{"choices": [{"message": {"content": ""}, "finish_reason": "length"}]}'),
    "reset": "reset",
    "reset in the body": "cut",
    "429": (429, {"Retry-After": "0"}, "slow down"),
    "500": (500, {}, "broken"),
}
LIMITS = {"--max-tokens": "6000", "--max-input-tokens": "4000", "--max-output-tokens": "5000", "--max-cost": "0.03"}
source = file("items.txt", "\n".join(f"item {number}" for number in range(40)))
faults = list(BROKEN.items())[:: 4 if SHORT else 1]
held = runs = 0
worst = 0.0
for name, broken in faults:
    for option, limit in LIMITS.items():
        with Server(lambda request, number: broken if number % 2 == 0 else "yes") as server:
            run = rlm("run", "-q", "-e", 'answer context | lines | map llm "Good? {it}" pack 1 or "failed" | count by it', "-c", source, "--max-calls", "500",
                      "--parallel", "8", "--price", "1/5", option, limit, *server.args, timeout=300)
            cost = server.input / 1e6 + server.output * 5 / 1e6
            spent = {"--max-tokens": server.input + server.output, "--max-input-tokens": server.input, "--max-output-tokens": server.output, "--max-cost": cost}[option]
            runs += 1
            worst = max(worst, spent / float(limit))
            if spent <= float(limit) and server.requests > 0 and run.returncode in (0, 4, 5):
                held += 1
            else:
                print(f"{name} under {option} {limit}: {spent} charged, code {run.returncode}: {run.stderr.strip()[:300]}")
figure("money", held, runs, f"at most {worst:.2f} of a limit charged")
