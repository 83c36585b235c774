#!/usr/bin/env python3
"""Set weijian up and run it.

    python3 run.py demo [ARGS]    the sample village through the whole program (ARGS go to `weijian demo`)
    python3 run.py test [ARGS]    the tests (ARGS go to pytest)

On Windows say `py` for `python3`. Needs Python 3.11 or newer; the rest goes into .venv beside this file. On Debian and
Ubuntu, system libraries of installer/debian-packages.txt that are missing are installed too (sudo may ask).
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
SUFFIX = ".exe" if WINDOWS else ""
PYTHON = SCRIPTS / ("python" + SUFFIX)
BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)  # never the .venv's own
PACKAGE_LIST = ROOT / "installer" / "debian-packages.txt"
SECTIONS = {"demo": {"run"}, "test": {"run", "test"}}


class Stopped(Exception):
    """The end of the run: a sentence and an exit code."""

    def __init__(self, sentence, code):
        super().__init__(sentence)
        self.code = code


def say(sentence):
    """Write one line of our own, apart from what the commands write."""
    print("run.py:", sentence, file=sys.stderr, flush=True)


def run(command, env=None, cwd=None):
    """Run a command to its end and return its exit code; Ctrl-C reaches it too, and it may tidy up."""
    command = [str(part) for part in command]
    interrupted = False
    try:
        process = subprocess.Popen(command, env=env, cwd=cwd)
    except OSError as error:
        raise Stopped(f"cannot start {command[0]}: {error.strerror}", 1) from None
    while True:
        try:
            code = process.wait()
            break
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        raise Stopped("stopped by Ctrl-C.", 130)
    return 128 - code if code < 0 else code


def must(command, complaint):
    """Run a command that has to succeed."""
    code = run(command)
    if code:
        raise Stopped(f"{complaint} (exit code {code}; the lines above say why).", code)


# Debian and Ubuntu


def wanted_packages(sections):
    """Return the package list as tuples of alternatives."""
    wanted, section = [], None
    for line in PACKAGE_LIST.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line and section in sections:
            wanted.append(tuple(name.strip() for name in line.split("|")))
    if importlib.util.find_spec("ensurepip") is None:  # Debian packs it apart from Python
        wanted.append(("python{}.{}-venv".format(*sys.version_info[:2]),))
    return wanted


def missing_packages(sections):
    """Return what is wanted and not installed; nothing on other systems."""
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\n"]
    lines = subprocess.run(query, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()
    installed = {line.split()[-1] for line in lines if line.startswith("ii")}
    return [names for names in wanted_packages(sections) if not installed.intersection(names)]


def install_packages(missing):
    """Install what the archive has of the missing packages; go on without the others, and say so."""
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    if os.geteuid() != 0:
        apt = ["sudo", *apt]
    first_names = " ".join(names[0] for names in missing)
    if shutil.which(apt[0]) is None:
        say("going on without these system packages; an administrator can install them: " + first_names)
        return
    say("installing system packages: " + first_names)
    run([*apt, "update"])
    chosen = [next(filter(in_archive, names), None) for names in missing]
    found = [name for name in chosen if name]
    if found and run([*apt, "install", "-y", "--no-install-recommends", *found]):
        say("the system packages could not be installed (apt says why above); going on without them.")
    for names, name in zip(missing, chosen, strict=False):
        if name is None:
            say("this system's archive has no {}; what needs it is left out.".format(" or ".join(names)))


def in_archive(name):
    """Tell whether apt can install a package of this very name (not a stand-in that fetches something else)."""
    query = ["apt-cache", "policy", name]
    answer = subprocess.run(query, env={**os.environ, "LC_ALL": "C"}, stdout=subprocess.PIPE, check=True, text=True)
    return "Candidate:" in answer.stdout and "Candidate: (none)" not in answer.stdout


# The environment


def fingerprint(missing):
    """Everything that, when changed, makes the environment out of date."""
    parts = [str(ROOT), sys.version, repr(missing)]
    parts += [(ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "constraints.txt", "run.py")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def install_with_uv():
    """Build the environment with uv; false where there is no uv or it fails."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    install = [uv, "pip", "install", "--python", PYTHON, "-c", ROOT / "constraints.txt", "-e", f"{ROOT}[dev]"]
    if (
        run([uv, "venv", "--quiet", "--seed", "--allow-existing", "--python", BASE_PYTHON, VENV]) == 0
        and run(install) == 0
    ):
        return True
    say("uv did not manage (see above); trying pip.")  # pip may know a mirror that uv was not told of
    return False


def install_with_pip():
    """Build the environment with what Python brings."""
    must([BASE_PYTHON, "-m", "venv", VENV], f"the Python environment {VENV} could not be made")
    install = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-c", ROOT / "constraints.txt"]
    must([*install, "-e", f"{ROOT}[dev]"], "the libraries could not be installed")


def prepare(purpose):
    """Make everything ready for ``demo`` or ``test``; quick when nothing has changed."""
    stamp = VENV / ("ready-" + purpose)
    missing = missing_packages(SECTIONS[purpose])
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint(missing):
        return
    if missing:
        install_packages(missing)
        importlib.invalidate_caches()
        missing = missing_packages(SECTIONS[purpose])
    say("installing weijian and its libraries into .venv (minutes the first time)")
    if not install_with_uv():
        install_with_pip()
    stamp.write_text(fingerprint(missing), encoding="utf-8")


def compile_shell():
    """Compile the forms and translations that have changed since."""
    must([PYTHON, ROOT / "tools" / "compile_shell.py"], "the forms of the window could not be compiled")


def demo(arguments):
    """Run the demo and open its workspace; results go to out/demo unless ``--out`` says otherwise."""
    defaults = []
    if not any(argument.split("=")[0] == "--out" for argument in arguments):
        defaults += ["--out", ROOT / "out" / "demo"]
    return run([SCRIPTS / ("weijian" + SUFFIX), "demo", *defaults, *arguments])


def test(arguments):
    """Run the tests, without a screen."""
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, for its own threads' sake
    return run([PYTHON, "-m", "pytest", *arguments], env=environment, cwd=ROOT)


def main(arguments):
    """Do what the command line says and return the exit code."""
    purposes = {"demo": demo, "test": test}
    if sys.version_info < (3, 11):
        running = f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})"
        raise Stopped(f"weijian needs Python 3.11 or newer and this is {running}.", 2)
    if not arguments or arguments[0] not in purposes:
        print(__doc__.strip())
        return 0 if arguments in (["--help"], ["-h"]) else 2
    prepare(arguments[0])
    compile_shell()
    code = purposes[arguments[0]](arguments[1:])
    if code:
        say(f"`{arguments[0]}` ended with exit code {code}.")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stopped as end:
        say(str(end))
        sys.exit(end.code)
    except KeyboardInterrupt:
        say("stopped by Ctrl-C.")
        sys.exit(130)
    except OSError as error:  # a full disk, a folder that may not be written to
        say(f"stopped: {error}")
        sys.exit(1)
