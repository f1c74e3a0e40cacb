"""Where do templates come from? A folder of the organiser's, else those shipped; file by file.

The wheel carries `templates/` inside the package; a checkout uses the top-level folder.
"""

from __future__ import annotations

from pathlib import Path

from mailer.errors import ConfigurationError

_PACKAGE = Path(__file__).resolve().parent.parent


class Templates:
    """The text files under `templates/`, each from `override` where it is there."""

    def __init__(self, override: Path | None = None) -> None:
        shipped = _PACKAGE / "templates"
        self._folders = [shipped if shipped.is_dir() else _PACKAGE.parent / "templates"]
        if override is not None:
            self._folders.insert(0, override)

    def path(self, name: str) -> Path:
        """Return the file that `name` ("mail/alert.txt.j2") stands for.

        Raises:
            ConfigurationError: no folder has it.
        """
        for folder in self._folders:
            if (folder / name).is_file():
                return folder / name
        raise ConfigurationError(f"template {name} is in none of {', '.join(map(str, self._folders))}")

    def has_own(self, folder: str) -> bool:
        """Tell whether the organiser's folder has something in `folder`."""
        return any(any((own / folder).glob("*")) for own in self._folders[:-1])

    def read(self, name: str) -> str:
        """Return the text of `name`.

        Raises:
            ConfigurationError: no folder has it.
        """
        return self.path(name).read_text(encoding="utf-8")

    def names(self, folder: str, pattern: str = "*") -> tuple[str, ...]:
        """Return the sorted names of the files in `folder` ("letters") that match `pattern`."""
        found = {file.relative_to(top).as_posix() for top in self._folders for file in (top / folder).glob(pattern)}
        return tuple(sorted(found))
