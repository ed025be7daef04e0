"""Preflight check of ``make demo``: each obstacle is said in a sentence, before anything is installed or written.

Runs by itself, on whatever Python there is, before the project's own is made: it uses the standard library only.

python engagement/samples/check_machine.py HOST PORT FOLDER
"""

import errno
import os
import shutil
import socket
import sys

NEEDED = (3, 11)
SPACE = 50


def problem(host, port, folder):
    """The first thing in the way, as a sentence; or nothing."""
    if sys.version_info < NEEDED:
        needed, this = ".".join(map(str, NEEDED)), sys.version.split()[0]
        return f"Python {needed} or newer is needed, and this is {this}: make demo PYTHON=python3.11"
    return _of_address(host, port) or _of_folder(folder) or _of_database(os.path.join(folder, "demo.sqlite3"))


def _of_address(host, port):
    if not (port.isdigit() and 0 < int(port) < 65536):
        return f"PORT={port} is not a port: choose a number from 1 to 65535, such as make demo PORT=8080"
    if ":" in host and not host.startswith("["):
        return f"Write an IPv6 address in brackets: make demo HOST='[{host}]'"
    try:
        found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)
    except OSError:
        return f"HOST={host} is not the name or address of this machine: make demo HOST=127.0.0.1"
    errors = [_in_the_way(family, address) for family, _kind, _proto, _name, address in found]
    return next((_of_error(error, host, port) for error in errors if error), None)


def _in_the_way(family, address):
    """The number of the error that a server would get there."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as server:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind(address)
            server.listen(1)
    except OSError as error:
        return error.errno
    return None


def _of_error(number, host, port):
    if number == errno.EADDRINUSE:
        advice = f"End that one, or choose another port: make demo PORT={_free_port(host, int(port))}"
        return f"Port {port} of {host} is taken by another program. {advice}"
    if number in (errno.EACCES, errno.EPERM):
        return f"Port {port} may be used by the system only. Choose one above 1023: make demo PORT=8080"
    if number == errno.EADDRNOTAVAIL:
        return f"HOST={host} is not an address of this machine: make demo HOST=127.0.0.1"
    return f"Nothing can be served at {host}:{port}: {os.strerror(number)}"


def _free_port(host, port):
    """The next one that is free, to be offered."""
    for other in range(port + 1, min(port + 50, 65535)):
        found = socket.getaddrinfo(host.strip("[]"), other, type=socket.SOCK_STREAM)
        if not any(_in_the_way(family, address) for family, _kind, _proto, _name, address in found):
            return other
    return 8080


def _of_folder(folder):
    probe = os.path.join(folder, ".writable")
    try:
        with open(probe, "w"):
            pass
        os.remove(probe)
    except OSError as error:
        return f"Nothing can be written in {folder} ({error.strerror}). Work in a folder of your own."
    if shutil.disk_usage(folder).free < SPACE * 1024 * 1024:
        return f"The disk of {folder} is full: less than {SPACE} MB are free."
    return None


def _of_database(path):
    if not os.path.exists(path):
        return None
    if not (os.path.isfile(path) and os.access(path, os.R_OK | os.W_OK)):
        return f"{path} cannot be written. Move it away, and the demonstration is made anew."
    try:
        import sqlite3  # which some builds of Python lack
    except ImportError:
        return "This Python has no sqlite3: make demo PYTHON=python3.11"
    database = sqlite3.connect(path)
    try:
        said = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        return None  # somebody is using it
    except sqlite3.DatabaseError as error:
        said = str(error)
    finally:
        database.close()
    if said != "ok":
        return f"{path} is damaged ({said}). Move it away or delete it, and the demonstration is made anew."
    return None


if __name__ == "__main__":
    sys.exit(problem(*sys.argv[1:4]))
