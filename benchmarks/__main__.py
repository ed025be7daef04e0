"""How many times as long as a page that does nothing each page takes, for a visitor or for somebody signed in.

DEMO=1 DATABASE_URL=... python -m benchmarks [--rounds 15] [--user manager]

The database should hold a sample (``make_sample --follow-ups 100000``), and ``collectstatic`` must have run. Every
round fetches every page once and the page that does nothing as often, so that all of them meet the same noise;
medians are compared.
"""

import argparse
import os

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--user", default="", help="a username; without it, a visitor")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    from benchmarks.pages import measure

    measure(given.rounds, given.user)


if __name__ == "__main__":
    main()
