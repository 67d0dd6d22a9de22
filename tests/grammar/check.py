"""Whether Lark, a parser generator of others, reads the exported grammar and takes the same programs as the tests' own recognizer."""
import sys
from lark import Lark
from lark.exceptions import LarkError

folder = sys.argv[1]


def read(name):
    with open(f"{folder}/{name}", encoding="utf-8", newline="") as file:
        return file.read()


def takes(parser, text):
    try:
        parser.parse(text)
        return True
    except LarkError:
        return False


wrong = 0
taken, other = read("taken.txt").split("\0"), read("other.txt").split("\0")
replies = [f"<think>\nSee `it`.\n</think>\nThis one:\n```rlm\n{text.rstrip()}\n```\nDone.\n" for text in taken[::10]]
no_replies = ["The answer is 4.\n", "```python\nx = 1\n```\n", "```rlm\nx ==\n```"]
for grammar, texts, wanted in [("program", taken, True), ("program", other, False), ("reply", replies, True), ("reply", no_replies, False)]:
    parser = Lark(read(f"{grammar}.lark"), parser="earley", lexer="dynamic")
    odd = [text for text in texts if takes(parser, text) != wanted]
    wrong += len(odd)
    print(f"lark, {grammar}: {len(texts) - len(odd)} of {len(texts)} {'taken' if wanted else 'refused'}")
    for text in odd[:5]:
        print(f"  {text!r}")

sys.exit(1 if wrong else 0)
