#!/usr/bin/env python3
"""The only door for people who work on gzdesk. Nothing has to be set up first.

    python3 dev.py run [ARGS]      open the desktop; without a display, run the main job on demonstration data
    python3 dev.py test [ARGS]     every test, offscreen; ARGS go to pytest (tests/reports -k pdf)
    python3 dev.py check           format, lint, types, import rules, strings
    python3 dev.py shots [ARGS]    a picture of every page in both languages
    python3 dev.py bench [ARGS]    the figures of docs/performance.md
    python3 dev.py package         a wheel in dist/

Each command first makes its own environment in .venv: locked, hash-checked packages from installers/locks/
(from wheelhouse/ instead of the network where that folder exists) and the system libraries of Qt.
Exit: 0 done, 1 something failed, 2 something has to be done by hand first; it is then said what.
"""

# Standard library only, and no syntax newer than Python 3.9: on an old PC this file must get far enough
# to say that Python is too old.

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "installers" / "locks"
WHEELHOUSE = ROOT / "wheelhouse"
STAMP = VENV / "gzdesk-setup.json"

OLDEST_PYTHON = (3, 11)

# What is installed for which work. test.txt holds everything that the other two hold.
LOCK_SETS = {"run": ("runtime.txt", "build.txt"), "test": ("test.txt",)}

# Debian package -> the library file that shows it is there. Asking the loader works on every Linux and
# needs no package manager.
OFFSCREEN_LIBRARIES = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
}
WINDOW_LIBRARIES = {
    **OFFSCREEN_LIBRARIES,
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libcups2": "libcups.so.2",
}


# --- commands ---------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Open the desktop, or show the main job where there is no screen to open it on."""
    if not has_display():
        print("There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so the main job runs on")
        print("demonstration data instead: villages record, print and hand over; the town takes it in.")
        return run_demonstration()
    set_up("run", WINDOW_LIBRARIES)
    return call([venv_program("python"), "-m", "gzdesk", *arguments])


def run_demonstration() -> int:
    """Make a small town with lived-in months, and list the files that would change hands."""
    set_up("run", {})
    out = ROOT / "demo" / time.strftime("%Y%m%d-%H%M%S")
    demo = [venv_program("gzdesk-cli"), "--json", "demo", "--out", str(out), "--units", "3", "--months", "2"]
    sys.stdout.flush()
    done = subprocess.run(demo, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode == 0:
        made = json.loads(done.stdout)
        list_files(out, [Path(file) for file in made["files"]])
        print(f"To look into a ledger: {venv_program('gzdesk-cli')} --data {made['town']['data']} status")
    else:
        print(done.stdout, file=sys.stderr)
    return done.returncode


def test(arguments: list[str]) -> int:
    """Run the tests as CI does; pytest's closing line is the last one printed."""
    set_up("test", OFFSCREEN_LIBRARIES)
    # A process that runs out of tests takes over half of what the other still has: journeys take minutes, and
    # where they fall decides when the last one ends.
    pytest = [venv_program("python"), "-m", "pytest", "-n", "2", "--dist", "worksteal"]
    return call([*pytest, *arguments], env=offscreen())


def check(arguments: list[str]) -> int:
    """Everything that can be said about the code without running it."""
    set_up("test", OFFSCREEN_LIBRARIES)
    python = venv_program("python")
    checks = {
        "format": [python, "-m", "ruff", "format", "--check"],
        "lint": [python, "-m", "ruff", "check"],
        "types": [python, "-m", "mypy"],
        "import rules": [venv_program("lint-imports"), "--no-cache"],
        "strings": [python, "-m", "pytest", "-q", "tests/i18n/test_catalogue.py"],
    }
    results = {name: call(command, env=offscreen()) == 0 for name, command in checks.items()}
    print()
    for name, passed in results.items():
        print(f"{'ok    ' if passed else 'FAILED'} {name}")
    return 0 if all(results.values()) else 1


def shots(arguments: list[str]) -> int:
    """Draw every page to a picture file."""
    set_up("test", OFFSCREEN_LIBRARIES)
    return call([venv_program("python"), "-m", "tests.shots", *arguments], env=offscreen())


def bench(arguments: list[str]) -> int:
    """Measure the program against its floors and peers."""
    set_up("test", OFFSCREEN_LIBRARIES)
    return call([venv_program("python"), "-m", "tests.benchmarks", *arguments], env=offscreen())


def package(arguments: list[str]) -> int:
    """Build a wheel; the installers for clerks are described in installers/README.md."""
    set_up("run", {})
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # setuptools would pack what was deleted since
    pip = [venv_program("python"), "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    code = call([*pip, "--wheel-dir", str(ROOT / "dist"), str(ROOT)])
    if code == 0:
        list_files(ROOT / "dist", (ROOT / "dist").glob("*.whl"))
        print("There are no installers yet: see installers/README.md.")
    return code


COMMANDS = {"run": run, "test": test, "check": check, "shots": shots, "bench": bench, "package": package}


# --- set-up -----------------------------------------------------------------------------------------------


def set_up(lock_set: str, libraries: dict[str, str]) -> None:
    """Leave .venv and the system ready, doing only what is missing; stop with a sentence if impossible."""
    provide_system_packages(missing_packages(libraries))
    mark = fingerprint(lock_set)
    done = read_stamp()
    if done.get(lock_set) == mark and Path(venv_program("python")).exists():
        return
    make_venv()
    install_locked(lock_set)
    # The larger set holds the smaller one, so `run` after `test` has nothing to do.
    for name in ("run", "test") if lock_set == "test" else ("run",):
        done[name] = fingerprint(name)
    STAMP.write_text(json.dumps(done), encoding="utf-8")


def fingerprint(lock_set: str) -> str:
    """Return a hash of all that decides what is in .venv: the locks, our own packaging, Python, the place."""
    digest = hashlib.sha256(repr((sys.version_info[:3], str(ROOT))).encode())
    for path in [LOCKS / name for name in LOCK_SETS[lock_set]] + [ROOT / "pyproject.toml", ROOT / "setup.py"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what is installed by lock set; unreadable means nothing, and costs a repetition."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def make_venv() -> None:
    """Make .venv, and make it anew when its Python was removed or is too old."""
    if venv_works():
        return
    print("Making .venv ...", flush=True)
    if call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        stop("The environment could not be made. Is the disk full, or this folder read-only?", code=1)


def venv_works() -> bool:
    """Tell whether the Python of .venv starts, is new enough and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON!r})"
    try:
        return subprocess.run([venv_program("python"), "-c", probe], capture_output=True).returncode == 0
    except OSError:
        return False


def install_locked(lock_set: str) -> None:
    """Install the locked packages and this project itself, editable."""
    print("Installing the locked packages (some 110 MB the first time) ...", flush=True)
    pip = [venv_program("python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    install = [*pip, "install", *quiet, "--no-deps"]
    files = [part for name in LOCK_SETS[lock_set] for part in ("--requirement", str(LOCKS / name))]
    if call([*install, "--require-hashes", *wheel_source(), *files]) != 0:
        stop(
            "The packages could not be installed. Without a network, put their wheels into a folder named "
            "wheelhouse beside dev.py (installers/README.md says how) and start again.",
            code=1,
        )
    if call([*install, "--no-index", "--no-build-isolation", "--editable", str(ROOT)]) != 0:
        stop("This project could not be installed into .venv; the reason stands above.", code=1)


def wheel_source() -> list[str]:
    """Return where pip takes wheels from: the folder beside us, or else whatever index pip is set to."""
    return ["--no-index", "--find-links", str(WHEELHOUSE)] if WHEELHOUSE.is_dir() else []


# --- system -----------------------------------------------------------------------------------------------


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the Debian packages that are not there yet; on other systems the wheels bring everything."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for package, library in libraries.items() if not can_load(library)]
    # Debian ships Python without what makes environments.
    if importlib.util.find_spec("ensurepip") is None and not venv_works():
        missing.insert(0, f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def can_load(library: str) -> bool:
    """Ask the loader, which is what Qt will do."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide_system_packages(packages: list[str]) -> None:
    """Install them when we may; otherwise say exactly what to type, and stop."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        stop(f"Please install what your system calls these Debian packages: {' '.join(packages)}")
    if os.geteuid() != 0:
        # All that any command will ever ask for, so that nobody has to find somebody with the password twice.
        line = f"sudo apt-get install -y {' '.join(missing_packages(WINDOW_LIBRARIES))}"
        stop(f"Some system libraries are missing. Please type this line, then start again:\n\n{line}\n")
    print(f"Installing system libraries: {' '.join(packages)} ...", flush=True)
    install = ["install", "--yes", "--no-install-recommends", *packages]
    # The list of packages is fetched only when it is missing or stale: that takes longer than the packages.
    trouble = apt_get(install)
    if trouble:
        trouble = apt_get(["update"]) or apt_get(install)
    if trouble:
        stop(f"{trouble}\nThe system libraries could not be installed; the reason stands above.", code=1)


def apt_get(arguments: list[str]) -> str:
    """Run apt-get without questions, waiting for another one; return what it said if it failed."""
    result = subprocess.run(
        ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return result.stdout.decode(errors="replace") or "failed" if result.returncode else ""


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# --- small parts ------------------------------------------------------------------------------------------


def venv_program(name: str) -> str:
    """Return the path of a program in .venv."""
    if os.name == "nt":
        return str(VENV / "Scripts" / f"{name}.exe")
    return str(VENV / "bin" / name)


def offscreen() -> dict[str, str]:
    """Return the environment of work that draws without showing."""
    env = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    # Tests start the program hundreds of times; without kept bytecode each start compiles all of it anew.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def call(command: list[str], *, env: dict[str, str] | None = None) -> int:
    """Run a program in the project folder and return its exit code."""
    sys.stdout.flush()
    try:
        return subprocess.run(command, cwd=ROOT, env=env).returncode
    except KeyboardInterrupt:
        return 130


def list_files(folder: Path, files: Iterable[Path]) -> None:
    """Print the files with their sizes, named from the folder on."""
    print(f"Made in {folder}:")
    for path in files:
        print(f"{path.stat().st_size / 1000:10.1f} kB  {path.relative_to(folder)}")


def stop(message: str, *, code: int = 2) -> NoReturn:
    """Leave with a sentence for the person at the keyboard."""
    print(message, file=sys.stderr)
    raise SystemExit(code)


def main(arguments: list[str]) -> int:
    """Run the command named first and return its exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    if sys.version_info < OLDEST_PYTHON:
        stop(
            f"gzdesk needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer; "
            f"this is {sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})."
        )
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
