"""Import layering: an app imports from lower apps only, no two files of a tidy one need each other; few use ``Any``.

Also that templates have lines one can read, and that documents name files that are there.

python -m tests.house
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.missing import ROOT

# Who may import whom; see docs/house.md. The site itself (settings, urls, home) may import everything.
KIT = {"engagement.core"}
PEOPLE = KIT | {"engagement.accounts"}
NOUNS = PEOPLE | {"engagement.topics", "organizations"}
EVENTS = NOUNS | {"meetings"}
PROMISES = EVENTS | {"engagement.followups"}
MINUTED = PROMISES | {"engagement.minutes"}
READERS = MINUTED | {"engagement.returns", "engagement.search"}
BELOW: dict[str, set[str]] = {
    "engagement.core": set(),
    "engagement.accounts": KIT,
    "engagement.topics": PEOPLE,
    "organizations": PEOPLE,
    "meetings": NOUNS,
    "engagement.followups": EVENTS,
    "engagement.minutes": PROMISES,
    "engagement.search": MINUTED,
    "engagement.imports": PROMISES,
    "engagement.reminders": MINUTED,
    "engagement.returns": PROMISES,
    "engagement.privacy": READERS | {"engagement.imports", "engagement.reminders"},
    "engagement.samples": READERS | {"engagement.privacy"},
    "engagement.backup": READERS,
}
TOPS = ("engagement", "meetings", "organizations")
# Without circles between their files, and without imports in functions for which no comment gives the reason.
TIDY = (
    "engagement.accounts",
    "engagement.backup",
    "engagement.core",
    "engagement.followups",
    "engagement.imports",
    "engagement.minutes",
    "engagement.privacy",
    "engagement.reminders",
    "engagement.returns",
    "engagement.samples",
    "engagement.search",
    "engagement.topics",
    "meetings",
    "organizations",
)
TEMPLATE_LINE = 160
# The most uses of ``Any`` in a thousand lines of an app. A number may fall and never rise: say which type it is.
MOST_ANY: dict[str, int] = {
    "engagement.accounts": 11,
    "engagement.backup": 14,
    "engagement.core": 16,
    "engagement.followups": 17,
    "engagement.imports": 2,
    "engagement.minutes": 5,
    "engagement.privacy": 6,
    "engagement.reminders": 4,
    "engagement.returns": 0,
    "engagement.samples": 16,
    "engagement.search": 6,
    "engagement.topics": 6,
    "meetings": 16,
    "organizations": 15,
}
ANNOTATION = re.compile(r"[\w.]+\[[\w.,|\[\] ]+\](?: \| None)?")
NAMED_FILE = re.compile(r"`([\w./-]+\.(?:py|js|css|html))`")
REASON = re.compile(r"#\s*(?!noqa|type:)\w")


def storey(module: str) -> str:
    """The app a module belongs to, or "engagement" for the site itself."""
    first, _, rest = module.partition(".")
    app = f"engagement.{rest.partition('.')[0]}"
    return app if first == "engagement" and app in BELOW else first


def imports(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Every module a file imports, wherever in the file, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from ((node.lineno, a.value) for a in node.args[:1] if isinstance(a, ast.Constant))


def violations(root: Path) -> list[str]:
    """Every import that goes up or sideways, as "file:line  who may not import whom"."""
    found = []
    for file in sorted(path for top in TOPS for path in (root / top).rglob("*.py")):
        package = ".".join(file.relative_to(root).parent.parts)
        mine = storey(package)
        if mine not in BELOW:
            if mine == "engagement" and package.count("."):
                found.append(f"{file.relative_to(root)}  {package} has no storey in tests/house.py")
            continue
        for line, module in imports(ast.parse(file.read_text()), package):
            theirs = storey(module)
            if module.split(".")[0] in TOPS and theirs != mine and theirs not in BELOW[mine]:
                found.append(f"{file.relative_to(root)}:{line}  {mine} may not import {module}")
    return found


def module_of(file: Path, root: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def import_graph(root: Path, app: str) -> dict[str, set[str]]:
    """Which files of an app import which others of it; the files of a ``models`` package are one."""
    files = {module_of(file, root): file for file in (root / app.replace(".", "/")).rglob("*.py")}
    graph: dict[str, set[str]] = {}
    for module, file in files.items():
        package = ".".join(file.relative_to(root).parent.parts)
        named = {target for _line, target in imports(ast.parse(file.read_text()), package)}
        known = {name if name in files else name.rpartition(".")[0] for name in named} & set(files)
        graph.setdefault(_room(module), set()).update({_room(name) for name in known} - {_room(module)})
    return graph


def _room(module: str) -> str:
    first, models, _rest = f"{module}.".partition(".models.")
    return first.strip(".") + models.rstrip(".")


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Files that need each other: the strongly connected components of more than one."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            waiting += (new := graph.get(waiting.pop(), set()) - found)
            found |= new
        return found

    below = {name: reached(name) for name in graph}
    rings = {frozenset(other for other in below[name] if name in below[other]) for name in graph if name in below[name]}
    return sorted(sorted(ring) for ring in rings)


def imports_in_functions(file: Path) -> Iterator[int]:
    """The lines of imports inside functions that no comment on the line or above it explains."""
    text = file.read_text()
    lines = ["", *text.splitlines()]
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    inner = {node.lineno for function in functions for node in ast.walk(function) if _is_import(node)}
    block = 0  # the last line that the reason above a block of imports covers
    for line in sorted(inner):
        if REASON.search(lines[line]) or REASON.match(lines[line - 1].strip()) or block == line - 1:
            block = line
        else:
            yield line


def _is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def untidy(root: Path, apps: Iterable[str] = TIDY) -> list[str]:
    """Every circle, and every import inside a function without a reason."""
    found = []
    for app in apps:
        found += [f"{app}  circle: {', '.join(ring)}" for ring in circles(import_graph(root, app))]
        for file in sorted((root / app.replace(".", "/")).rglob("*.py")):
            place = file.relative_to(root)
            found += [f"{place}:{line}  import in a function, without a reason" for line in imports_in_functions(file)]
    return found


def long_template_lines(root: Path) -> list[str]:
    """Every line of a template that is too long to read, as "file:line  how long it is"."""
    return [
        f"{file.relative_to(root)}:{number}  {len(line)} characters, more than {TEMPLATE_LINE}"
        for file in sorted((root / "templates").rglob("*.*"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if len(line) > TEMPLATE_LINE
    ]


def missing_files(root: Path) -> list[str]:
    """Every file that a document names and that is not there, as "document:line  name"; a name may lack its folder."""
    folders = (*TOPS, "templates", "static", "tests", "benchmarks")
    paths = [file.relative_to(root).parts for folder in folders for file in (root / folder).rglob("*.*")]
    known = {"/".join(parts[start:]) for parts in paths for start in range(len(parts))}
    known |= {file.name for file in root.glob("*.py")}
    return [
        f"{document.relative_to(root)}:{number}  {name} is not there"
        for document in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
        for number, line in enumerate(document.read_text().splitlines(), 1)
        for name in NAMED_FILE.findall(line)
        if name not in known
    ]


def any_per_thousand(root: Path, app: str) -> float:
    """Uses of ``Any`` in the code of an app, quoted annotations included, for each thousand of its lines."""
    uses = lines = 0
    for file in (root / app.replace(".", "/")).rglob("*.py"):
        if "migrations" in file.parts:
            continue
        text = file.read_text()
        lines += len(text.splitlines())
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Name):
                uses += node.id == "Any"
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ANNOTATION.fullmatch(node.value):
                uses += len(re.findall(r"\bAny\b", node.value))
    return 1000 * uses / lines if lines else 0.0


def too_untyped(root: Path, most: dict[str, int] = MOST_ANY) -> list[str]:
    """Every app with more ``Any`` than it may have."""
    rates = {app: any_per_thousand(root, app) for app in most}
    return [
        f"{app}  Any {rate:.1f} times in 1,000 lines, at most {most[app]}"
        for app, rate in rates.items()
        if rate > most[app]
    ]


if __name__ == "__main__":
    wrong = violations(ROOT) + untidy(ROOT) + long_template_lines(ROOT) + too_untyped(ROOT) + missing_files(ROOT)
    print("\n".join(wrong) or "Imports go down only, templates have lines one can read, types and files have names.")
    sys.exit(bool(wrong))
