"""What the attacks share: a model server that counts what it charged, the binary, and the figure at the end."""
import hashlib, http.server, json, os, pathlib, socketserver, struct, socket, subprocess, sys, tempfile, threading, time

RLM = os.environ.get("RLM", str(pathlib.Path(__file__).resolve().parents[2] / "bin" / "rlm"))
SHORT = "short" in sys.argv[1:]
WORK = tempfile.TemporaryDirectory(prefix="rlm-attack-")
KEY = "sk-attack-0123456789abcdefghijklmnop"
ENV = {name: value for name, value in os.environ.items() if not name.startswith(("RLM_", "OPENAI_", "ANTHROPIC_"))} | {"OPENAI_API_KEY": KEY}


def file(name, text=""):
    """A new file in the attack's own directory."""
    path = pathlib.Path(WORK.name, name)
    if isinstance(text, bytes):
        path.write_bytes(text)
    else:
        path.write_text(text)
    return str(path)


def path(name):
    return os.path.join(WORK.name, name)


def rlm(*args, timeout=60, **kwargs):
    """Runs the binary to its end."""
    return subprocess.run([RLM, *args], capture_output=True, text=True, timeout=timeout, env=ENV, stdin=subprocess.DEVNULL, **kwargs)


def start(*args, **kwargs):
    """Starts the binary."""
    return subprocess.Popen([RLM, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENV, **kwargs)


def figure(name, held, runs, detail=""):
    """Prints the figure, last, and ends with 1 where the attack got through."""
    print(f"{name}: {held} of {runs} held{', ' + detail if detail else ''}", flush=True)
    sys.exit(0 if held == runs else 1)


class Server:
    """A chat completions server; `answer(request, number)` gives a text, or (status, headers, body) to send as it is, or "reset", "hang" or "cut"."""

    def __init__(self, answer):
        self.requests, self.arrivals, self.input, self.output = 0, [], 0, 0
        self._lock, self.stopped = threading.Lock(), threading.Event()
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with server._lock:
                    number, server.requests = server.requests, server.requests + 1
                    server.arrivals.append(time.monotonic())
                reply = answer(request, number)
                prompt = sum(len(message["content"].split()) for message in request["messages"])
                longest = request.get("max_tokens") or request.get("max_completion_tokens") or 0
                if isinstance(reply, str) and reply not in ("reset", "hang", "cut"):
                    server.charge(prompt, len(reply.split()))
                    return self.send(200, {}, completion(reply, prompt, len(reply.split())))
                if isinstance(reply, tuple) and reply[0] >= 300:
                    return self.send(*reply)
                # Whatever is wrong with it, it was made, and the whole of it is charged.
                server.charge(prompt, longest)
                if isinstance(reply, tuple):
                    return self.send(*reply)
                if reply == "hang":
                    server.stopped.wait(30)
                elif reply == "cut":
                    body = completion("a long reply " * 50, prompt, longest)
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body[:300].encode()))
                    self.wfile.flush()
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True

            def send(self, status, headers, body):
                data = body.encode()
                self.send_response(status)
                for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(data))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

        class Listener(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads, request_queue_size = True, 256

            def handle_error(self, *_):
                pass

        self._listener = Listener(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._listener.serve_forever, daemon=True).start()
        self.args = ["--base-url", f"http://127.0.0.1:{self._listener.server_port}/v1", "-m", "test-model"]

    def charge(self, prompt, reply):
        with self._lock:
            self.input, self.output = self.input + prompt, self.output + reply

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self._listener.shutdown()
        self._listener.server_close()


def completion(text, prompt, reply):
    return json.dumps({"choices": [{"message": {"content": text}, "finish_reason": "stop"}], "usage": {"prompt_tokens": prompt, "completion_tokens": reply}})


def item(request):
    """The item of a sub-call, which stands in its last message."""
    return request["messages"][-1]["content"]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]
