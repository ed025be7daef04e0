"""The house rule: a storey imports from the storeys below it only, an import inside a function included.

python -m tests.house
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.missing import ROOT

# Who may import whom; see docs/house.md. The site itself (settings, urls, home) may import everything.
KIT = {"engagement.core"}
PEOPLE = KIT | {"engagement.accounts"}
NOUNS = PEOPLE | {"engagement.topics", "organizations"}
EVENTS = NOUNS | {"meetings"}
PROMISES = EVENTS | {"engagement.followups"}
READERS = PROMISES | {"engagement.reports", "engagement.search"}
BELOW: dict[str, set[str]] = {
    "engagement.core": set(),
    "engagement.accounts": KIT,
    "engagement.topics": PEOPLE,
    "organizations": PEOPLE,
    "meetings": NOUNS,
    "engagement.followups": EVENTS,
    "engagement.reports": PROMISES,
    "engagement.search": PROMISES,
    "engagement.imports": PROMISES,
    "engagement.api": READERS,
    "engagement.samples": READERS,
    "engagement.backup": READERS,
}
TOPS = ("engagement", "meetings", "organizations")


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


if __name__ == "__main__":
    wrong = violations(ROOT)
    print("\n".join(wrong) or "Imports go down only.")
    sys.exit(bool(wrong))
