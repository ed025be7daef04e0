"""How many times as long as a page that does nothing everyday work takes, in small and large registers.

python -m benchmarks [--sizes 10000 100000 1000000] [--databases postgresql sqlite] [--rounds 15] [--write]
python -m benchmarks --url postgres://... --url ...      databases that are there and filled

Databases are made and filled the first time (a million takes half an hour), and kept in .cache/bench. ``--write`` puts
the tables at the top of benchmarks/RESULTS.md.
"""

import argparse
import json
import subprocess
import sys
from typing import Any

from benchmarks.databases import ENGINES, ROOT, databases, environment, manage
from benchmarks.report import tables

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
MARK = "<!-- newest first -->\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--databases", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--url", action="append", default=[], help="measure this database; repeatable")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    manage("sqlite:///:memory:", "collectstatic", "--noinput", "--verbosity", "0")
    found = [measured(url, given.rounds) for url in given.url]
    for engine in given.databases if not given.url else ():
        with databases(engine, given.sizes) as urls:
            found += [measured(url, given.rounds) for url in urls.values()]
    told = tables(found)
    print(told)
    if given.write:
        text = RESULTS.read_text()
        RESULTS.write_text(text.replace(MARK, f"{MARK}\n{told}", 1))


def measured(url: str, rounds: int) -> Any:
    """In a process of its own: Django opens one database."""
    command = [sys.executable, "-m", "benchmarks.run", "--rounds", str(rounds)]
    run = subprocess.run(command, cwd=ROOT, env=environment(url), stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


if __name__ == "__main__":
    main()
