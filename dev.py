#!/usr/bin/env python3
"""Everything a fresh checkout needs, in one command: ``python3 dev.py run`` or ``... test``.

Only the standard library is used here, so that a machine with nothing but Python 3.11 will do.
Each command first makes the environment ready: the folder .venv with the locked dependencies,
on Debian and Ubuntu the few system libraries that Qt needs, and the fonts. What is ready already
is left alone.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "crosstrack-ready.json"
DEV_LOCK = ROOT / "requirements-dev.lock"
RUNTIME_LOCK = ROOT / "requirements.lock"
FONTS_MANIFEST = ROOT / "resources" / "fonts" / "manifest.json"
OLDEST_PYTHON = (3, 11)
SAMPLE = "mindanao"

# Shared libraries that Qt loads and its wheels do not hold, with the Debian package of each;
# found with ldd in a minimal Debian 12. Qt's core, widgets and the offscreen platform need:
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# A window on X11 needs these too:
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# And on Wayland these:
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
# Commands with which `safety` makes calls fail, turns the clock back and formats disks.
SAFETY_TOOLS = {"strace": "strace", "faketime": "faketime", "mkfs.ext4": "e2fsprogs"}
# Commands with which the tests check that other people's tools read our files.
TEST_TOOLS = {"age": "age", "unzip": "unzip", "zstd": "zstd"}


class SetupProblem(Exception):
    """Something this script cannot put right; the text says what to do."""


def main() -> int:
    """Run the command given on the command line; returns its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"Crosstrack needs Python 3.11 or newer, and this is {sys.version.split()[0]}: "
            "run dev.py with a newer one, such as `python3.11 dev.py run`.",
            file=sys.stderr,
        )
        return 1
    commands = {
        "run": (run, "open the Mindanao sample; without a display, export its briefing pack"),
        "test": (test, "run the test suite offscreen; further arguments go to pytest"),
        "lint": (lint, "check style, format and import rules"),
        "types": (types, "check types"),
        "bench": (bench, "run the benchmarks; further arguments go to pytest"),
        "safety": (safety, "prove that nothing is lost; with --release for hours"),
        "fonts": (fonts, "build the fonts"),
        "wheel": (wheel, "build the package to install with pipx, fonts included"),
        "bundle": (bundle, "build the application for this system, which needs no Python"),
        "lock": (lock, "write the lock files anew; with --upgrade also newer versions"),
        "setup": (setup, "only make the environment ready"),
    }
    parser = argparse.ArgumentParser(description="Set up, run and check Crosstrack.")
    parser.add_argument(
        "command",
        choices=commands,
        metavar="COMMAND",
        help="; ".join(f"{name}: {text}" for name, (_, text) in commands.items()),
    )
    chosen, extra = parser.parse_args(sys.argv[1:2]).command, sys.argv[2:]
    try:
        return commands[chosen][0](extra)
    except SetupProblem as problem:
        print(f"dev.py: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# Commands ---------------------------------------------------------------------------------------


def run(extra: list[str]) -> int:
    """Open the sample in a window, or export its pack where there is no display."""
    if not has_display():
        make_ready(QT_LIBRARIES)
        return export_sample()
    wanted = {**QT_LIBRARIES, **X11_LIBRARIES}
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted.update(WAYLAND_LIBRARIES)
    make_ready(wanted)
    return call("-m", "desktop", *(extra or ["open", "--sample", SAMPLE]))


def test(extra: list[str]) -> int:
    """Run pytest without a display."""
    make_ready(QT_LIBRARIES, TEST_TOOLS)
    return call("-m", "pytest", *extra, offscreen=True)


def bench(extra: list[str]) -> int:
    """Run the benchmarks, which the suite leaves out."""
    make_ready(QT_LIBRARIES)
    chosen = extra if any("benchmarks" in word for word in extra) else ["tests/benchmarks", *extra]
    return call("-m", "pytest", "--benchmark-enable", *chosen, offscreen=True)


def safety(extra: list[str]) -> int:
    """Crash, cut, fill, mutate and kill, and print how often and what was lost (nothing)."""
    make_ready(QT_LIBRARIES, SAFETY_TOOLS)
    return call("-m", "tests.safety", *extra, offscreen=True)


def lint(_: list[str]) -> int:
    """Check style, format and who imports whom; all three report before it ends."""
    make_ready({})
    results = [
        call("-m", "ruff", "check", "."),
        call("-m", "ruff", "format", "--check", "."),
        call("-c", "from importlinter.cli import lint_imports_command as main; main()"),
    ]
    return max(results)


def types(extra: list[str]) -> int:
    """Check the types of all packages and tests."""
    make_ready({})
    return call("-m", "mypy", *(extra or ["--strict"]))


def fonts(_: list[str]) -> int:
    """Build the fonts; says so if they are up to date."""
    make_ready({}, with_fonts=False)
    return call("-m", "resources.build_fonts")


def setup(_: list[str]) -> int:
    """Make ready whatever the other commands need."""
    make_ready({**QT_LIBRARIES, **X11_LIBRARIES}, TEST_TOOLS)
    return 0


def wheel(_: list[str]) -> int:
    """Build the wheel with the fonts in it; says where it is."""
    make_ready({})
    folder = ROOT / "build" / "wheels"
    shutil.rmtree(ROOT / "build" / "lib", ignore_errors=True)  # holds modules that are gone by now
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    code = call("-m", "pip", "wheel", *options, "--wheel-dir", str(folder), ".")
    if code == 0:
        print(f"The wheel is in {folder}; install it with `pipx install FILE`.")
    return code


def bundle(_: list[str]) -> int:
    """Build a folder with the application and all it needs, in an environment of its own."""
    make_ready({})
    tools = ROOT / "build" / "bundle-tools"
    if not python_of(tools).exists():
        create_venv(tools)
    pip = [str(python_of(tools)), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    check([*pip, "--no-deps", "--require-hashes", "-r", str(RUNTIME_LOCK)])
    check([*pip, "PyInstaller>=6.14", "setuptools>=77"])
    check([*pip, "--no-deps", "--no-build-isolation", "--force-reinstall", str(ROOT)])
    places = ["--distpath", "build/bundle", "--workpath", "build/bundle-work", "--noconfirm"]
    check([str(python_of(tools)), "-m", "PyInstaller", *places, "resources/crosstrack.spec"])
    print(f"The application is in {ROOT / 'build' / 'bundle' / 'crosstrack'}")
    return 0


def lock(extra: list[str]) -> int:
    """Resolve the dependencies for every platform and write both lock files with hashes."""
    tools = ROOT / "build" / "lock-tools"
    if not python_of(tools).exists():
        create_venv(tools)
        check([str(python_of(tools)), "-m", "pip", "install", "--quiet", "uv"])
    common = ["--no-config", "--quiet", "--universal", "--python-version", "3.11"]
    common += ["--fork-strategy", "fewest", "--generate-hashes", "--no-header", "--no-annotate"]
    jobs = [
        (DEV_LOCK, ["--extra", "dev"]),
        (RUNTIME_LOCK, ["--constraints", DEV_LOCK.name]),
    ]
    for target, options in jobs:
        command = [str(python_of(tools)), "-m", "uv", "pip", "compile", *common, *options, *extra]
        check([*command, "--output-file", target.name, "pyproject.toml"])
        print(f"Wrote {target.name}")
    return 0


def export_sample() -> int:
    """Export the sample's briefing pack and workbook, and say where they are."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    project = folder / f"{SAMPLE}.xtrk"
    passphrase = folder / f"{SAMPLE}-passphrase.txt"
    pack, workbook = folder / f"{SAMPLE}.pdf", folder / f"{SAMPLE}.xlsx"
    if not passphrase.exists():
        passphrase.write_text(f"{token_hex(16)}\n", encoding="utf-8")
    print("No display was found: exporting the Mindanao sample instead of opening its window.")
    options = ["--passphrase-file", str(passphrase), "--force"]
    sample = ["sample", SAMPLE, str(project), *options]
    export = ["export", str(project), "--audience", "TLP:GREEN", *options]
    export += ["--pdf", str(pack), "--xlsx", str(workbook)]
    for command in (sample, export):
        code = call("-m", "desktop", *command, offscreen=True)
        if code:
            return code
    print(f"Briefing pack: {pack}\nWorkbook:      {workbook}")
    print(f"Project:       {project} (its passphrase is in {passphrase.name})")
    return 0


# The environment --------------------------------------------------------------------------------


def make_ready(
    libraries: dict[str, str],
    tools: dict[str, str] | None = None,
    *,
    with_fonts: bool = True,
) -> None:
    """Bring system libraries, .venv and fonts to what the checkout asks for."""
    install_system_packages(missing_packages(libraries, tools or {}))
    done = read_stamp()
    locked = digest(DEV_LOCK, ROOT / "pyproject.toml")
    if done.get("locked") != locked or not python_of(VENV).exists():
        install_locked()
        done = {"locked": locked}
        write_stamp(done)
    recipe = digest(DEV_LOCK, ROOT / "resources" / "build_fonts.py")
    if with_fonts and not (done.get("fonts") == recipe and FONTS_MANIFEST.exists()):
        say("Building the fonts (once; up to a minute)")
        check([str(python_of(VENV)), "-m", "resources.build_fonts"])
        write_stamp({**done, "fonts": recipe})


def install_locked() -> None:
    """Install exactly the locked files into .venv, checked by their hashes, and the project."""
    if not works(python_of(VENV)):
        say("Creating .venv")
        create_venv(VENV)
    pip = [str(python_of(VENV)), "-m", "pip", "--disable-pip-version-check"]
    say("Installing the locked dependencies (once; a minute or two)")
    check([*pip, "install", "-qq", "--no-deps", "--require-hashes", "-r", str(DEV_LOCK)])
    editable = ["--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT)]
    check([*pip, "install", "-qq", *editable])


def create_venv(folder: Path) -> None:
    """Create a virtual environment; on Debian and Ubuntu its own package may be missing."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not can_install():
            raise SetupProblem(
                "this Python cannot create environments. On Debian or Ubuntu run "
                f"`sudo apt-get install {package}`, then try again."
            )
        install_system_packages([package])
    # A process of its own: this one may have started before ensurepip was there.
    check([sys.executable, "-m", "venv", "--clear", str(folder)])


def missing_packages(libraries: dict[str, str], tools: dict[str, str]) -> list[str]:
    """Return the Debian packages of the libraries and commands that this machine lacks."""
    packages = [package for tool, package in tools.items() if shutil.which(tool) is None]
    if sys.platform.startswith("linux") and libraries:
        known = known_libraries()
        packages += [package for name, package in libraries.items() if name not in known]
    return sorted(set(packages)) if sys.platform.startswith("linux") else []


def known_libraries() -> set[str]:
    """Return the names of the shared libraries that the loader knows."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/sbin", "/usr/sbin"])
    tool = shutil.which("ldconfig", path=path)
    if tool is None:  # not a glibc system: nothing can be said, so nothing is claimed to lack
        return {*QT_LIBRARIES, *X11_LIBRARIES, *WAYLAND_LIBRARIES}
    listing = subprocess.run([tool, "-p"], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listing.splitlines() if "=>" in line}


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages as root; otherwise print the line to run, and go on."""
    if not packages:
        return
    if not can_install():
        line = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
        print(f"These system packages seem to be missing. On Debian or Ubuntu run:\n  {line}")
        return
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    check(["apt-get", "update", "-qq"], quiet)
    check(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], quiet)


def can_install() -> bool:
    """Return whether this is root on a system with apt."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def has_display() -> bool:
    """Return whether a window can be shown, as far as the environment tells."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# Small helpers ----------------------------------------------------------------------------------


def python_of(folder: Path) -> Path:
    """Return the path of the interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path) -> bool:
    """Return whether the interpreter starts and is new enough."""
    if not python.exists():
        return False
    code = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return subprocess.run([str(python), "-c", code], check=False).returncode == 0


def call(*arguments: str, offscreen: bool = False) -> int:
    """Run the interpreter of .venv in the checkout and return its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    sys.stdout.flush()
    command = [str(python_of(VENV)), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def check(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a command that has to succeed; raises SetupProblem."""
    sys.stdout.flush()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if code:
        raise SetupProblem(f"`{' '.join(command)}` failed with exit code {code}; see above.")


def say(text: str) -> None:
    """Say what is being done."""
    print(f"dev.py: {text}", flush=True)


def digest(*paths: Path) -> str:
    """Return one digest over the contents of files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what was made ready earlier; nothing if there is no record of it."""
    try:
        content = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_stamp(done: dict[str, str]) -> None:
    """Remember what is ready."""
    STAMP.write_text(json.dumps(done), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
