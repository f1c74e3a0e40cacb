"""What was found of the campaign file the last time? Kept beside the database, so that asking again reads no YAML.

Law: an answer counts only for the very bytes that it was found from: file, shipped words, what is published, our code.

BUGS: a new version of a library that judges numbers or addresses is not noticed before one of those changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from mailer.adapters.templates import Templates

_PACKAGE = Path(__file__).resolve().parent.parent
_READERS = (_PACKAGE / "adapters" / "catalog", _PACKAGE / "core")


class Remembered:
    """The last answer, in a file that anybody may delete: sentences by campaign."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def answer(self, ingredients: Iterable[bytes], find: Callable[[], dict[str, str]]) -> dict[str, str]:
        """Return what `find` says, or said of the same `ingredients`; where nothing can be kept, it is asked again."""
        digest = _digest(ingredients)
        kept = self._read()
        if kept.get("of") == digest and isinstance(found := kept.get("found"), dict):
            return found
        answer = find()
        with suppress(OSError):
            part = self._path.with_name(f"{self._path.name}.part")
            part.write_text(json.dumps({"of": digest, "found": answer}), encoding="utf-8")
            part.replace(self._path)
        return answer

    def _read(self) -> Mapping[str, object]:
        """Return what the file says; nothing if it is missing or damaged."""
        with suppress(OSError, ValueError):
            kept = json.loads(self._path.read_bytes())
            return kept if isinstance(kept, dict) else {}
        return {}


def read_from(campaigns_file: Path, templates: Templates) -> Iterator[bytes]:
    """Yield all that a campaign is read from, and by what: the file, shipped letters and demands, and our code.

    Raises:
        OSError: one of them cannot be read.
    """
    yield campaigns_file.read_bytes()
    for name in templates.names("locale", "*/*.yaml"):
        yield name.encode()
        yield templates.path(name).read_bytes()
    for folder in _READERS:
        for path in sorted(folder.rglob("*.py")):
            yield path.read_bytes()


def _digest(ingredients: Iterable[bytes]) -> str:
    """Return what tells these bytes, in this order and parted so, from all others."""
    whole = sha256()
    for part in ingredients:
        whole.update(sha256(part).digest())
    return whole.hexdigest()
