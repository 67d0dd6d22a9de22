# What `rlm-docs` makes of Office files and books, beside what openpyxl, python-docx and LibreOffice make of them: office.py RLM-DOCS RLM
import csv, datetime, html, io, os, random, re, resource, subprocess, sys, zipfile
import xml.etree.ElementTree as xml
import docx, openpyxl
from openpyxl.comments import Comment

docs, rlm = sys.argv[1:3]
rng = random.Random(1)


def fail(message):
    sys.exit(f"documents: {message}")


def read(path, data=None):
    # Through a pipe a file is known by its first bytes.
    run = subprocess.run([docs, "-" if data is not None else path], input=data, capture_output=True, timeout=120)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def text_of(path):
    code, text, error = read(path)
    if code != 0 or error:
        fail(f"{path} is read with {code}: {error}")
    return text


def convert(path, to):
    """What LibreOffice makes of a file."""
    subprocess.run(["soffice", "--headless", "--convert-to", to, "--outdir", "converted", path], check=True, capture_output=True)
    return "converted/" + os.path.splitext(path)[0] + "." + to.split(":")[0]


# 300,000 cells of every kind.
def make_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Big"
    sheet.append(["id", "name", "amount", "date", "when", "flag", "code", "share", "note", "mixed"])
    formats = {3: "#,##0.00", 4: "dd.mm.yyyy", 5: "yyyy-mm-dd hh:mm:ss", 7: "00000", 8: "0.00%"}
    for i in range(30000):
        sheet.append([
            i, f"Name {i}", rng.choice([rng.random() * 10 ** rng.randrange(-8, 12), rng.randrange(10**6)]),
            datetime.date(1950, 1, 1) + datetime.timedelta(days=rng.randrange(40000)),
            datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=rng.randrange(10**9)), rng.random() < 0.5, rng.randrange(99999),
            rng.random(), rng.choice(["a, b", 'say "x"', "line\nbreak", None, "ü€", "#tag", " blank ", "---"]), rng.choice([None, 1.5, "t"]),
        ])
        for column, form in formats.items():
            sheet.cell(i + 2, column).number_format = form
    other = book.create_sheet("My 'odd' sheet")
    other["C5"] = "top"
    other["C5"].comment = Comment("A remark", "Ann")
    other["C6"] = datetime.timedelta(hours=36, minutes=30)
    other["C6"].number_format = "[h]:mm"
    other["XFD1048576"] = "end"
    book.save("book.xlsx")


def shown(value, form):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d" if "h" not in form else "%Y-%m-%d %H:%M:%S")
    if form == "00000":
        return f"{value:05}"
    return value


def compare_cells(path):
    parts = text_of(path).split("\n\f\n")
    heading, rows = parts[0].split("\n", 1)
    if heading != "## Big":
        fail(f"{path} begins with {heading}")
    ours = csv.reader(io.StringIO(rows, newline=""))
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True)["Big"]
    count = 0
    for row, (mine, cells) in enumerate(zip(ours, sheet.iter_rows(), strict=True), 1):
        for column, cell in enumerate(cells):
            value = shown(cell.value, cell.number_format) if cell.value is not None else ""
            own = mine[column]
            same = abs(float(own) - value) <= abs(value) * 1e-14 if isinstance(value, (int, float)) and own else own == str(value)
            if not same:
                fail(f"{path}: row {row}, column {column + 1} is {own!r}, and {value!r} with openpyxl")
            count += 1
    return count, parts


make_book()
cells, parts = compare_cells("book.xlsx")
if parts[1:] != ["## My 'odd' sheet\ntop,\n36:30:00,\n\n,end", "### Beside the cells of My 'odd' sheet\n- C5, Ann: A remark\n"]:
    fail(f"the second sheet is {parts[1:]}")
cite = subprocess.run([rlm, "run", "-q", "-e", 'context | grep "Name 4711," | map "{cite}"', "-c", "book.xlsx"], capture_output=True, text=True)
if cite.stdout != "book.xlsx:Big!A4713\n":
    fail(f"a row is cited as {cite.stdout}{cite.stderr}")
compare_cells(convert("book.xlsx", "xlsx:Calc MS Excel 2007 XML"))


# Formulas, as LibreOffice computes them.
def make_formulas():
    book = openpyxl.Workbook()
    for i in range(1, 101):
        book.active.append([i, f"=A{i}*2", f'="n"&A{i}', f"=1/(A{i}-7)", f"=A{i}>50"])
    book.save("formulas.xlsx")


make_formulas()
code, text, error = read("formulas.xlsx")
if "400 formulas have no value in sheet Sheet (B1)" not in error:
    fail(f"formulas without values are read with {error}")
for i, line in enumerate(text_of(convert("formulas.xlsx", "xlsx:Calc MS Excel 2007 XML")).split("\n")[1:-1], 1):
    quotient = '"#DIV/0!"' if i == 7 else None
    row = next(csv.reader([line]))
    if row[:3] + row[4:] != [str(i), str(2 * i), f"n{i}", str(i > 50).lower()] or (row[3] != "#DIV/0!" if i == 7 else abs(float(row[3]) * (i - 7) - 1) > 1e-12):
        fail(f"formulas in row {i} are {line}")


# Words of a document with lists, tables, notes and headers, as python-docx wrote them and as LibreOffice reads them.
def make_document():
    document = docx.Document()
    document.add_heading("A contract", 0)
    for i in range(300):
        document.add_heading(f"Clause {i}", 1 + i % 3)
        document.add_paragraph(f"Party A owes party B {i * 7} euros, and says so in many words, with a | in them.")
        for j in range(3):
            document.add_paragraph(f"item {i}-{j}", style="List Bullet" if i % 2 else "List Number")
        if i % 10 == 0:
            table = document.add_table(rows=3, cols=3)
            for row in range(3):
                for column in range(3):
                    table.cell(row, column).text = f"cell{i}x{row}x{column}"
    document.sections[0].header.paragraphs[0].text = "The header"
    document.save("contract.docx")


def words(text):
    return re.findall(r"\w+", text.replace("<br>", " "))


make_document()
ours = text_of("contract.docx")
if words(ours.replace("[header] The header", "")) != words(open(convert("contract.docx", "txt:Text (encoded):UTF8"), encoding="utf-8-sig").read()):
    fail("the words of a document are others than those of LibreOffice")
if not re.search(r"^\| cell0x0x0 \| cell0x0x1 \| cell0x0x2 \|\n\|---\|---\|---\|\n\| cell0x1x0 ", ours, re.M):
    fail("a table is no Markdown table")
again = text_of(convert("contract.docx", "docx:MS Word 2007 XML"))
if words(again) != words(ours):
    fail("the words of a document that LibreOffice wrote are others")

# A book that LibreOffice wrote: what its pages hold between tags, in the order of reading.
def strip(book):
    with zipfile.ZipFile(book) as parts:
        package = xml.fromstring(parts.read("OEBPS/content.opf"))
        pages = {item.get("id"): item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
        order = [pages[item.get("idref")] for item in package.iter("{http://www.idpf.org/2007/opf}itemref")]
        text = [parts.read("OEBPS/" + page).decode() for page in order]
    return len(order), words(html.unescape(" ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<title>.*?</title>", "", page)) for page in text)))


book = convert("contract.docx", "epub")
ours = text_of(book)
chapters, stripped = strip(book)
if words(re.sub(r"(?m)^ *\d+\. ", "", ours)) != stripped or len(ours.split("\n\f\n")) != chapters or "Clause 299" not in ours:
    fail("the words of a book are others than those between its tags")

# Slides that LibreOffice wrote.
with open("talk.fodp", "w") as file:
    names = {"office": "office", "draw": "drawing", "text": "text", "svg": "svg-compatible"}
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in names.items())
    pages = "".join(
        f'<draw:page draw:name="p{i}"><draw:frame svg:width="9cm" svg:height="3cm"><draw:text-box><text:p>Slide {i} says {i * 3}</text:p>'
        "</draw:text-box></draw:frame></draw:page>" for i in range(1, 51))
    file.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body>'
        f"<office:presentation>{pages}</office:presentation></office:body></office:document>")
slides = text_of(convert("talk.fodp", "pptx")).rstrip("\n").split("\n\f\n")
if slides != [f"Slide {i} says {i * 3}" for i in range(1, 51)]:
    fail(f"slides are {slides[:3]}")


# Damage ends in words: refused, or the text with what is missing, or the text as it was.
def damage(path):
    whole = open(path, "rb").read()
    good = text_of(path)
    told = 0
    for i in range(100):
        data = bytearray(whole)
        if i < 25:
            data = data[: len(data) * (i + 1) // 26]
        elif i < 60:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        else:
            for _ in range(20):
                data[rng.randrange(len(data))] = rng.randrange(256)
        code, text, error = read(path, bytes(data))
        if code not in (0, 5) or (code == 5) != ("is not read: " in error):
            fail(f"damage {i} of {path} ends with {code}: {error}")
        if code == 0 and text != good and not error:
            fail(f"damage {i} of {path} changes the text in silence")
        told += bool(error)
    return told


small = openpyxl.Workbook()
for i in range(500):
    small.active.append([i, f"Name {i}", i / 7])
small.save("small.xlsx")
told = {path: damage(path) for path in ("contract.docx", "small.xlsx", "converted/talk.pptx", "converted/contract.epub")}

# A small file that unpacks to 2 GiB.
with zipfile.ZipFile("bomb.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bomb, zipfile.ZipFile("contract.docx") as good:
    for name in good.namelist():
        if name != "word/document.xml":
            bomb.writestr(name, good.read(name))
    with bomb.open("word/document.xml", "w", force_zip64=True) as part:
        part.write(b'<w:document xmlns:w="w"><w:body>')
        for _ in range(128):
            part.write(b"<w:p/>" * (1 << 24 >> 3))
code, text, error = read("bomb.docx")
if code != 5 or "more than 1 GiB" not in error:
    fail(f"a file that unpacks to 2 GiB is read with {code}: {error}")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
if peak > 1_200_000:
    fail(f"a file that unpacks to 2 GiB takes {peak:,} KB")

print(f"documents: {cells:,} cells as openpyxl reads them; of 100 damages each are told {told}")
