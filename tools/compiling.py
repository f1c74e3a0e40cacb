"""How does what every letter passes become machine code? `python -m tools.compiling`, for each Python and each change.

It needs mypy's compiler (`pip install '.[fast]'`), a C compiler and Python's headers (Debian: `gcc python3-dev`). What
comes of it lies in the environment that this runs in, and is used as long as the sources stay as they are.
BUGS: where a coroutine waits in a `finally` while an error passes, what mypy's compiler (2.4) makes of it leaves that
error behind as the one that is being handled, for all that its thread does later. No module that does so may be here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from mailer.compiled import FOLDER, ROOT, SHARED, digests_of, file_of, read_digests, source_of, write_digests

MODULES = (
    "mailer.adapters.relay.content",
    "mailer.adapters.relay.conversation",
    "mailer.adapters.relay.reading",
    "mailer.adapters.relay.replies",
    "mailer.adapters.relay.session",
    "mailer.adapters.relay.transaction",
    "mailer.adapters.relay.wire",
    "mailer.adapters.store.claimed",
    "mailer.adapters.store.intents",
    "mailer.adapters.store.settling",
    "mailer.core.brakes",
    "mailer.core.cohorts",
    "mailer.core.flat_mails",
    "mailer.core.multipart",
    "mailer.core.slots",
    "mailer.core.tokens",
    "mailer.core.usual_texts",
    "mailer.core.verdicts",
    "mailer.flows.braking",
    "mailer.flows.carrying",
    "mailer.flows.composing",
    "mailer.flows.feeding",
    "mailer.flows.group_commit",
    "mailer.flows.handover",
    "mailer.flows.lanes",
    "mailer.flows.preparing",
    "mailer.flows.providers",
    "mailer.flows.skeletons",
    "mailer.flows.together",
    "mailer.flows.usual_letters",
)
LOAD = "import sys; from importlib import import_module; [import_module(name) for name in sys.argv[1:]]"


def lacking() -> str:
    """Return what is not here and has to be, or nothing."""
    if sys.prefix == sys.base_prefix:
        return "an environment of its own (python3 -m venv)"
    if not all(map(find_spec, ("mypyc", "setuptools"))):
        return "mypy's compiler (pip install '.[fast]')"
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"a C compiler ({compiler})"
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        return "Python's headers"
    return ""


def build(work: Path, done: Path) -> None:
    """Compile the modules in a folder for work, and put them where they are done, each under its whole name."""
    from mypyc.build import mypycify
    from setuptools import Distribution

    options = ["--config-file=pyproject.toml", *(str(source_of(module).relative_to(ROOT)) for module in MODULES)]
    extensions = mypycify(options, opt_level="1", debug_level="0", target_dir=str(work / "c"), group_name="mailer")
    command = Distribution({"name": "mailer", "ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp, command.parallel = str(work / "lib"), str(work / "temp"), True
    command.verbose = 0
    command.ensure_finalized()
    command.run()
    for module in (SHARED, *MODULES):
        file_of(module.replace(".", "/"), work / "lib").replace(file_of(module, done))


def exchange(built: Path) -> None:
    """Put a folder into the place of what was compiled before; who runs that keeps it open."""
    with suppress(FileNotFoundError):
        shutil.rmtree(FOLDER)
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(built, FOLDER)


def build_quietly(work: Path, done: Path) -> None:
    """Compile the modules; what the compiler remarks is shown only if it fails."""
    told = StringIO()
    try:
        with redirect_stdout(told), redirect_stderr(told):
            build(work, done)
    except BaseException:
        print(told.getvalue(), file=sys.stderr)
        raise


def compile_all() -> None:
    """Compile the modules, see that they load, and let them be used.

    Raises:
        RuntimeError: a source was changed meanwhile.
        subprocess.CalledProcessError: they do not load.
    """
    digests = digests_of(ROOT, MODULES)
    with TemporaryDirectory() as name:
        done = Path(name, "done")
        done.mkdir()
        build_quietly(Path(name), done)
        if digests_of(ROOT, MODULES) != digests:
            raise RuntimeError("a source was changed meanwhile: compile again")
        write_digests(done, digests)
        exchange(done)
    environment = {name: value for name, value in os.environ.items() if name != "MAILER_COMPILED"}
    try:
        subprocess.run([sys.executable, "-c", LOAD, *MODULES], check=True, cwd=ROOT, env=environment)
    except subprocess.CalledProcessError:
        shutil.rmtree(FOLDER)
        raise


def main() -> int:
    """Compile what is not compiled yet; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    os.chdir(ROOT)
    if read_digests() == digests_of(ROOT, MODULES):
        print("the compiled modules are of these sources")
        return 0
    if why := lacking():
        print(f"nothing is compiled, and all runs from its sources: that needs {why}", file=sys.stderr)
        return 1
    print(f"{len(MODULES)} modules are compiled, which takes a minute or two ...", flush=True)
    compile_all()
    print(f"they are in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
