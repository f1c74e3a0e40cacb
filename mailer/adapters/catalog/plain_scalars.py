"""What does an unquoted word in YAML mean? The core schema of YAML 1.2, and nothing else.

`NO` is Norway, `on` and `yes` are words, `09:00` and `2026-12-02` are texts, `0o17` is octal.

Source: YAML 1.2.2, section 10.3.2.
"""

from __future__ import annotations

import re

_CONSTANTS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL = re.compile(r"[-+]?[0-9]{1,400}")
_OCTAL = re.compile(r"0o[0-7]{1,400}")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,400}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NUMBERS_BEGIN = frozenset("+-.0123456789")
_PREFIX = "tag:yaml.org,2002:"


def read_plain(text: str) -> object:
    """Return the None, bool, int, float or str that an unquoted `text` stands for."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return _read_number(text) if text[0] in _NUMBERS_BEGIN else text


def _read_number(text: str) -> object:
    """Return the number that `text` is, else the text."""
    for pattern, base in ((_DECIMAL, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(text):
            return int(text, base)
    if _FLOAT.fullmatch(text):
        return float(text)
    return float(text.replace(".", "", 1)) if _SPECIAL_FLOAT.fullmatch(text) else text


def read_tagged(tag: str, text: str) -> object:
    """Return what a scalar with an explicit standard tag ("!!str 5") stands for.

    Raises:
        ValueError: the tag is not one of the core schema, or the text is not of its kind.
    """
    kind = tag.removeprefix(_PREFIX)
    if tag == _PREFIX + "str":
        return text
    value = read_plain(text)
    if tag.startswith(_PREFIX) and kind == _KINDS.get(type(value)):
        return value
    raise ValueError(f"the tag {tag} has no meaning here")


_KINDS: dict[type, str] = {type(None): "null", bool: "bool", int: "int", float: "float"}
