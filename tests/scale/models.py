"""A model server on loopback that says what it was asked about, and counts: models.py COUNT_FILE [SECONDS]. Prints its port."""
import http.server
import json
import re
import sys
import threading
import time

counted, seconds, lock = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0, threading.Lock()


class Models(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer({"object": "list", "data": [{"id": "loop-model", "object": "model"}]})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with lock, open(counted, "a") as file:
            file.write("x\n")
        time.sleep(seconds)
        prompt = asked["messages"][-1]["content"]
        rows = re.findall(r"^\[(\d+)\] (.*)$", prompt, re.M)
        text = "\n".join(f"[{number}] {len(row) % 7}" for number, row in rows) or str(len(prompt) % 7)
        self.answer({
            "id": "1", "object": "chat.completion", "created": 1, "model": "loop-model",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        })

    def answer(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Models)
server.handle_error = lambda *_: None  # who is killed reads no reply
print(server.server_address[1], flush=True)
server.serve_forever()
