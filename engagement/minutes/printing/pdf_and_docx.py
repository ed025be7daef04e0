"""Typesetting of minutes in a child process: PDF with typst, DOCX with docxtpl, within its limits of memory and time.

It knows no settings and no database: it reads one JSON document from its input and writes the file to its output. What
went wrong with a template of the body it says in one line of JSON on its error output, and ends with 3.
"""

import datetime as dt
import json
import re
import resource
import sys
import unicodedata
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

MEMORY, SECONDS, LARGEST = 2 * 1024**3, 20, 64 * 1024**2
REFUSED = 3
MISSING = re.compile(r'(?:the text|the codepoint) `"(.+?)"`')
"""How typst names what it cannot print: no font has it, or PDF/A forbids it."""
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
Data = dict[str, object]


class Refused(Exception):
    """A template that cannot be used, with a code that the parent has a sentence for."""


def main() -> None:
    _bind()
    asked = json.load(sys.stdin)
    try:
        made = {"pdf": pdf, "docx": docx, "check": check, "missing": missing}[asked["kind"]](asked)
    except Refused as why:
        print(json.dumps({"code": why.args[0], "told": str(why.args[1])[:300]}), file=sys.stderr)
        sys.exit(REFUSED)
    sys.stdout.buffer.write(made)


def _bind() -> None:
    """Set the limits of the system, where it knows them."""
    bounds = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: LARGEST,
        resource.RLIMIT_CORE: 0,
    }
    for bound, most in bounds.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(bound, (most, most))


def pdf(asked: Data) -> bytes:
    """PDF/A-3a and PDF/UA-1. A character that no font has is printed as “?”, and a note at the end says so."""
    return _set(asked, str(asked["note"]))[0]


def missing(asked: Data) -> bytes:
    """Which of some characters a PDF does not have, as a list in JSON."""
    return json.dumps(sorted(_set(asked, "")[1])).encode()


def _set(asked: Data, note: str) -> tuple[bytes, set[str]]:
    """The file, and what stands as “?” in it."""
    import typst  # only where a PDF is made

    data = json.dumps(asked["data"], ensure_ascii=False)
    source, moment = Path(__file__).with_name("minutes.typ"), dt.datetime.fromisoformat(str(asked["at"]))
    standards: list[typst.PDFStandard] = ["a-3a", "ua-1"]
    replaced: set[str] = set()
    while True:
        try:
            made = typst.compile(source, sys_inputs={"data": data}, pdf_standards=standards, timestamp=moment)
            assert isinstance(made, bytes)
            return made, replaced
        except typst.TypstError as error:
            found = {letter for text in MISSING.findall(error.diagnostic) for letter in _unescaped(text)} - replaced
            if not found:
                raise
            replaced |= found
            data = _without(found, data, note)


def _unescaped(text: str) -> str:
    """As it stood in the data: invisible characters are told by number."""
    return ESCAPED.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else escape[2], text)


def _without(found: set[str], text: str, note: str) -> str:
    """The data with “?” for these characters, except in what is attached; accents and joiners go with their letter."""
    table = {ord(one): "" if unicodedata.category(one)[0] in "MC" and one < "\ue000" else "?" for one in found}

    def printed(value: object) -> object:
        if isinstance(value, str):
            return value.translate(table)
        if isinstance(value, list):
            return [printed(one) for one in value]
        if isinstance(value, dict):
            return {name: one if name == "attachment" else printed(one) for name, one in value.items()}
        return value

    return json.dumps({**json.loads(json.dumps(printed(json.loads(text)))), "note": note}, ensure_ascii=False)


def docx(asked: Data) -> bytes:
    """By the body's own template, or by ours."""
    return _rendered(asked, asked["data"])


def check(asked: Data) -> bytes:
    """Whether a template can be used: it opens, asks for nothing unknown, and can be filled in."""
    from docxtpl import DocxTemplate  # only where a document is made

    known = set(asked["data"])  # type: ignore[call-overload]
    try:
        unknown = DocxTemplate(_template(asked)).get_undeclared_template_variables(_environment()) - known
    except Exception as error:  # whatever a damaged file makes the libraries raise
        raise Refused("opens", error) from error
    if unknown:
        raise Refused("unknown", ", ".join(sorted(unknown)))
    return _rendered(asked, asked["data"])


def _rendered(asked: Data, data: object) -> bytes:
    from docxtpl import DocxTemplate  # only where a document is made

    template = DocxTemplate(_template(asked))
    try:
        template.render(data, _environment(), autoescape=True)
    except Exception as error:  # a template is a program of somebody else
        raise Refused("fills", error) from error
    file = BytesIO()
    template.save(file)
    return file.getvalue()


def _environment() -> object:
    """Templates reach nothing but the data they are given."""
    from jinja2.sandbox import SandboxedEnvironment  # only where a document is made

    return SandboxedEnvironment(autoescape=True)


def _template(asked: Data) -> BytesIO:
    if path := asked.get("template"):
        return BytesIO(Path(str(path)).read_bytes())
    return shipped(str(asked["lang"]))


def shipped(lang: str) -> BytesIO:
    """Our own template, with every placeholder there is; a body may begin its own from it."""
    from docx import Document  # only where a document is made
    from docx.shared import Mm

    paper = Document()
    about = paper.core_properties
    about.language, about.title, about.author, about.comments = lang, "{{ title }}", "{{ author }}", ""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header.paragraphs[0].add_run("{{ marking }}").bold = True
    section.header.paragraphs[0].add_run("  {{ reference }}")
    section.footer.paragraphs[0].text = "{{ footer }}\t\t"
    _number_sheets(section.footer.paragraphs[0])
    paper.add_heading("{{ title }}", 0)
    for line in ("{%p for line in lede %}", "{{ line }}", "{%p endfor %}"):
        paper.add_paragraph(line)
    paper.add_paragraph("{%p for part in parts %}")
    paper.add_heading("{{ part.title }}", 1)
    paper.add_paragraph("{%p for row in part.rows %}")
    row = paper.add_paragraph()
    row.add_run("{% if row.label %}{{ row.label }}: {% endif %}").bold = True
    row.add_run("{{ row.text }}")
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph("{%p endfor %}")
    file = BytesIO()
    paper.save(file)
    file.seek(0)
    return file


def _number_sheets(line: Any) -> None:
    """The number of the sheet and how many there are, which the program that opens the document counts."""
    from docx.oxml import OxmlElement  # only where a document is made
    from docx.oxml.ns import qn

    for before, counted in (("", "PAGE"), (" / ", "NUMPAGES")):
        line.add_run(before)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), counted)
        line._p.append(field)


if __name__ == "__main__":
    main()
