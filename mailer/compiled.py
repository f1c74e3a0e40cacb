"""Which modules run as machine code? Those that were compiled from these very sources, for this very Python.

Law: once a source has changed, were it by one octet, neither its machine code is run nor that of any module which was
compiled with it: all run from their sources, which do the same more slowly. `MAILER_COMPILED=no` asks for these, too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent  # of the sources
FOLDER = Path(sys.prefix, "lib", "mailer-compiled", str(sys.implementation.cache_tag))
SHARED = "mailer__mypyc"  # a module that holds what the others share
_SOURCES = "sources.txt"
_SUFFIX = EXTENSION_SUFFIXES[0]  # names the Python and the machine


class CompiledFinder:
    """Finds modules by name in `files`, before anybody looks for their sources: a meta path finder (PEP 302).

    It is no subclass of the library's, whose module takes longer to import than all else here.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load a module that was compiled, or None."""
        file = self._files.get(fullname)
        return None if file is None else spec_from_file_location(fullname, file)


def use(root: Path = ROOT, folder: Path = FOLDER) -> bool:
    """Let compiled modules be imported, if they are there for the sources under `root`; tell whether they are."""
    if os.environ.get("MAILER_COMPILED", "").lower() == "no":
        return False
    digests = read_digests(folder)
    if not digests or digests != digests_of(root, tuple(digests)):
        return False
    files = {module: file_of(module, folder) for module in (SHARED, *digests)}
    if not all(file.is_file() for file in files.values()):  # compiled for another Python
        return False
    sys.meta_path.insert(0, CompiledFinder(files))
    return True


def file_of(module: str, folder: Path = FOLDER) -> Path:
    """Return where the machine code of a module is."""
    return folder / f"{module}{_SUFFIX}"


def digests_of(root: Path, modules: Sequence[str]) -> dict[str, str]:
    """Return the SHA-256 of each module's source in hexadecimal digits; of one that is not there it is empty."""
    return {module: _digest(source_of(module, root)) for module in modules}


def source_of(module: str, root: Path = ROOT) -> Path:
    """Return where the source of a module is."""
    return root.joinpath(*module.split(".")).with_suffix(".py")


def _digest(source: Path) -> str:
    """Return the SHA-256 of a file, or nothing if it cannot be read."""
    from hashlib import sha256

    try:
        return sha256(source.read_bytes()).hexdigest()
    except OSError:
        return ""


def read_digests(folder: Path = FOLDER) -> dict[str, str]:
    """Return of which sources a folder holds the machine code; of none if it cannot be told."""
    try:
        lines = (folder / _SOURCES).read_text("ascii").splitlines()
        return {module: digest for digest, module in (line.split("  ") for line in lines)}
    except (OSError, ValueError):
        return {}


def write_digests(folder: Path, digests: Mapping[str, str]) -> None:
    """Note of which sources a folder holds the machine code."""
    (folder / _SOURCES).write_text("".join(f"{digest}  {module}\n" for module, digest in digests.items()), "ascii")
