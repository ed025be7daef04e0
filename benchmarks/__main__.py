"""How many times as long as a page that does nothing everyday work takes, in small and large registers.

python -m benchmarks [--sizes 10000 100000 1000000] [--databases postgresql sqlite] [--rounds 15] [--write]
python -m benchmarks --url postgres://... --url ...      databases that are there and filled

Databases are made and filled the first time (a million takes some twenty minutes), and kept in .cache/bench.
``--write`` puts the tables at the top of benchmarks/RESULTS.md. On PostgreSQL a database is also measured straight
after it was filled, before a vacuum: that happens once, and is told every time.
"""

import argparse

from benchmarks.databases import ENGINES, ROOT, as_loaded, databases, manage, measured
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
    loaded = [one for size in given.sizes if (one := as_loaded(size))] if "postgresql" in given.databases else []
    told = tables(found, loaded)
    print(told)
    if given.write:
        text = RESULTS.read_text()
        RESULTS.write_text(text.replace(MARK, f"{MARK}\n{told}", 1))


if __name__ == "__main__":
    main()
