# What `rlm-docs` and `rlm` make of mails, beside what Python's mailbox and email make of them: mail.py RLM-DOCS RLM
import datetime, email, email.policy, email.utils, html, json, mailbox, os, random, re, resource, subprocess, sys
from email.header import Header
from email.message import EmailMessage

docs, rlm = sys.argv[1:3]
rng = random.Random(3)
count = 10_000
names = ["Bob Smith", "Alice Müller", "Jérôme Dupont", "Smith, John", "山田太郎", "Иван Петров", "O'Neil \"Pat\" Pat"]
vocabulary = "agreement invoice delivery meeting project budget timeline Zürich naïve résumé garçon привет 日本語 From >From here".split()


def fail(message):
    sys.exit(f"documents: {message}")


def some(words, many=vocabulary):
    return " ".join(rng.choice(many) for _ in range(words))


def tag(text, line, last):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", line) + last


def make_mail(i):
    """One of eight kinds: plain, base64, quoted-printable, with a page beside it, a page, with files, Latin-1, with a mail attached."""
    name, address = rng.choice(names), f"user{i % 50}@example.org"
    text = "\n".join(some(rng.randrange(3, 12)) for _ in range(rng.randrange(2, 15)))
    if i % 5 == 0:
        text += f"\n\n> quoted {some(6)}\n>> deeper\n\n-- \n{name}\n"
    mail = EmailMessage()
    mail["From"] = email.utils.formataddr((name, address)) if name.isascii() else f"{Header(name, 'utf-8').encode()} <{address}>"
    mail["To"] = f"list{i % 7}@example.org, Other <o@example.net>"
    zone = datetime.timezone(datetime.timedelta(hours=i % 12 - 5))
    date = datetime.datetime(2025, 1, 1, tzinfo=zone) + datetime.timedelta(minutes=37 * i)
    mail["Date"] = email.utils.format_datetime(date)
    mail["Subject"] = f"Mail {i} about {some(3)}"
    match i % 8:
        case 0:
            mail.set_content(text)
        case 1:
            mail.set_content(text, cte="base64")
        case 2:
            mail.set_content(text, cte="quoted-printable", charset="utf-8")
        case 3:
            mail.set_content(text)
            mail.add_alternative(f"<html><body><p>{tag(text, '<br>', '</p>')}</body></html>", subtype="html")
        case 4:
            page = tag(text, "</p><p>", "</p>")
            mail.set_content(f"<html><head><style>p {{x}}</style></head><body><p>{page}</body></html>", subtype="html")
        case 5:
            mail.set_content(text)
            mail.add_attachment(f"a,b\n{i},{i * 2}\n".encode(), maintype="text", subtype="csv", filename=f"table{i}.csv")
            mail.add_attachment(rng.randbytes(300), maintype="application", subtype="octet-stream", filename="Bild ü.bin")
        case 6:
            mail.set_content(some(30, vocabulary[:7]) + " caf\xe9 na\xefve", charset="iso-8859-1", cte="8bit")
        case 7:
            mail.set_content(text)
            inner = EmailMessage()
            inner["From"] = "inner@example.org"
            inner["Subject"] = f"inner {i}"
            inner.set_content(some(10))
            mail.add_attachment(inner)
    return date, mail.as_bytes(policy=mail.policy.clone(linesep="\n"))


def make_box(path):
    with open(path, "wb") as box:
        for i in range(count):
            date, data = make_mail(i)
            box.write(b"From user%d@example.org %s\n" % (i % 50, date.strftime("%a %b %d %H:%M:%S %Y").encode()))
            box.write(re.sub(rb"(?m)^(>*From )", rb">\1", data) + b"\n")


def words_of(mail):
    """The words that a reader sees, in the order of the parts."""
    if mail.get_content_type() == "multipart/alternative":
        return words_of(mail.get_body(("plain", "html")))
    if mail.get_content_type() == "message/rfc822":
        inner = mail.get_payload()[0]
        return f"From: {inner['From']} To: Date: none Subject: {inner['Subject']}".split() + words_of(inner)
    if mail.is_multipart():
        return [word for part in mail.iter_parts() for word in words_of(part)]
    if mail.get_content_maintype() != "text":
        return []
    text = mail.get_content()
    if mail.get_content_subtype() == "html":
        text = html.unescape(re.sub(r"(?s)<style>.*?</style>|<[^>]+>", " ", text))
    return text.split()


def addresses(header):
    shown = (f"{one.display_name} <{one.addr_spec}>" if one.display_name else one.addr_spec for one in header.addresses)
    return re.sub(r'[\\"]', "", ", ".join(shown))


def compare(number, raw, mine):
    head, blank, body = raw.partition(b"\n\n")
    mail = email.message_from_bytes(head + blank + re.sub(rb"(?m)^>(>*From )", rb"\1", body), policy=email.policy.default)
    heading, text = mine["text"].split("\n\n", 1)
    said = "\n".join(line for line in text.split("\n") if not re.match(r"\[(end of )?attachment ", line))
    attached = re.findall(r"(?m)^\[attachment \d+: (.*), [\d,]+ bytes\]$", text)
    theirs = [part.get_filename() or "" for part in mail.iter_attachments()] if mail.is_multipart() else []
    for what, own, other in (
        ("name", mine["name"], f"box.mbox:#{number}"),
        ("subject", mine["subject"], str(mail["Subject"])),
        ("date", datetime.datetime.fromisoformat(mine["date"]), mail["Date"].datetime),
        ("zone", datetime.datetime.fromisoformat(mine["date"]).utcoffset(), mail["Date"].datetime.utcoffset()),
        ("sender", re.sub(r'[\\"]', "", mine["from"]), addresses(mail["From"])),
        ("recipient", re.sub(r'[\\"]', "", mine["to"]), addresses(mail["To"])),
        ("text", said.split(), words_of(mail)),
        ("number of attachments", len(attached), len(theirs)),
        ("attachments", [own.startswith(other) for own, other in zip(attached, theirs)], [True] * len(theirs)),
    ):
        if own != other:
            fail(f"mail {number}: the {what} is {own!r}, and {other!r} with Python")


def read(path):
    run = subprocess.run([docs, path], capture_output=True, timeout=120)
    return run.returncode, run.stdout.decode().split("\n\f\n"), run.stderr.decode()


# Ten times the mails, in no more memory.
make_box("box.mbox")
with open("box.mbox", "rb") as box, open("large.mbox", "wb") as large:
    whole = box.read()
    for _ in range(10):
        large.write(whole)
code, mails, error = read("large.mbox")
if code != 0 or error or len(mails) != 10 * count:
    fail(f"{10 * count:,} mails are {len(mails):,}, read with {code}: {error[:1000]}")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
if peak > 100_000:
    fail(f"{10 * count:,} mails take {peak:,} KB")
os.remove("large.mbox")

# Every mail, as a program sees it.
fields = ", ".join(f'"{name}": {name}' for name in ("name", "subject", "date", "from", "to", "text"))
run = subprocess.run(
    [rlm, "run", "-q", "-e", f"context | map {{{fields}}}", "-c", "box.mbox", "--format", "json"], capture_output=True, timeout=300)
if run.returncode != 0:
    fail(f"a mailbox is read with {run.returncode}: {run.stderr.decode()}")
ours = json.loads(run.stdout)
box = mailbox.mbox("box.mbox")
if len(ours) != len(box) != count:
    fail(f"{len(ours)} mails are read, and {len(box)} with Python")
for number, (key, mine) in enumerate(zip(box.keys(), ours), 1):
    compare(number, box.get_bytes(key), mine)


# Damage ends in words, or in text; the mails beside it stay as they were, and parts that miss their end are told.
def damage(path):
    whole = open("box.mbox", "rb").read(100_000)
    with open(path, "wb") as file:
        file.write(whole[: whole.rindex(b"\n\nFrom ") + 2])
    whole = open(path, "rb").read()
    code, good, error = read(path)
    if code != 0 or error:
        fail(f"{path} is read with {code}: {error}")
    told = 0
    for i in range(100):
        data = bytearray(whole)
        if i < 25:
            data = data[: len(data) * (i + 1) // 26]
            # A cut within the line that begins a mail is of the mail before it, too.
            lost = len(good) - whole.count(b"\n\nFrom ", 0, len(data)) + 1
        elif i < 60:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            lost = 2
        else:
            for _ in range(20):
                data[rng.randrange(len(data))] = rng.randrange(256)
            lost = 40
        with open(path, "wb") as file:
            file.write(data)
        code, mails, error = read(path)
        if code not in (0, 5) or (code == 5) != (" is not read: " in error):
            fail(f"damage {i} of {path} ends with {code}: {error}")
        gaps = re.findall(r"(?m) is not read in full: (.*)$", error)
        if not all(re.match(r"#\d+: |the first [\d,]+ bytes are of no mail$", gap) for gap in gaps):
            fail(f"damage {i} of {path} is told of no mail: {gaps}")
        kept = len({mail.rstrip("\n") for mail in good} & {mail.rstrip("\n") for mail in mails})
        if code == 0 and kept < len(good) - lost:
            fail(f"damage {i} of {path} keeps {kept} of {len(good)} mails")
        last = bytes(data[data.rindex(b"\nFrom user"):]) if i < 25 else b""
        boundary = re.search(rb'boundary="(.*)"\n', last)
        if boundary and b"--" + boundary[1] + b"--" not in last and not error:
            fail(f"damage {i} of {path} leaves parts out in silence")
        told += bool(error)
    return len(good), told


number, told = damage("damaged.mbox")
print(f"documents: {count:,} mails as Python reads them, {10 * count:,} in {peak:,} KB; of 100 damages of {number} mails are told {told}")
