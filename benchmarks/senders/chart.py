"""How does a figure go over time? A drawing of one or two lines, each on an axis of its own, as SVG.

Law: it stands by itself, without a script or a font of its own, and is readable on light and on dark pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

WIDTH, HEIGHT = 860, 380
LEFT, RIGHT, TOP, BOTTOM = 78, 78, 64, 52
STEPS = (1, 2, 2.5, 5, 10)
_STYLE = """
.page { fill: #ffffff } text { fill: #23201d; font: 14px system-ui, sans-serif }
.title { font-weight: bold; font-size: 16px }
.grid { stroke: #ddd5c8; stroke-width: 1 } .line { fill: none; stroke-width: 2; stroke-linejoin: round }
.first { stroke: #8c1c13 } .second { stroke: #1d5c86 } text.first { fill: #8c1c13; stroke: none }
text.second { fill: #1d5c86; stroke: none } .band { fill: #f2eee7 }
@media (prefers-color-scheme: dark) {
.page { fill: #141210 } text { fill: #ede7de } .grid { stroke: #443d36 } .first { stroke: #f3a79c }
.second { stroke: #8fc4e8 } text.first { fill: #f3a79c } text.second { fill: #8fc4e8 } .band { fill: #292521 }
}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over time: what it is with its unit, and (seconds, value) in order."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Band:
    """A time that is set off: what happened then, from and until (seconds)."""

    name: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from 0 to `top`, marked every `step`, over so many pixels that begin at `origin`."""

    step: float
    top: float
    origin: float
    pixels: float

    @classmethod
    def over(cls, largest: float, origin: float, pixels: float, *, marks: int = 6) -> Axis:
        """Return an axis with round marks, not more than so many, that reaches the largest value."""
        largest = max(largest, 1e-9)
        size = 10.0 ** _exponent(largest / marks)
        step = next(each * size for each in STEPS if each * size * marks >= largest * (1 - 1e-9))
        return cls(step, ceil(largest / step - 1e-9) * step, origin, pixels)

    @property
    def values(self) -> list[float]:
        """Return where the marks are."""
        return [number * self.step for number in range(round(self.top / self.step) + 1)]

    def place(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.origin + self.pixels * value / self.top


def _exponent(value: float) -> int:
    """Return the power of ten that is not above a value."""
    return int(f"{value:e}".partition("e")[2])


def draw(title: str, first: Line, second: Line, bands: Sequence[Band] = ()) -> str:
    """Return the drawing: the first line on the left axis, the second on the right one, time in seconds below."""
    last = max(at for line in (first, second) for at, _ in line.points)
    across = Axis.over(last, LEFT, WIDTH - LEFT - RIGHT, marks=10)
    left, right = (
        Axis.over(max(value for _, value in line.points), HEIGHT - BOTTOM, TOP + BOTTOM - HEIGHT)
        for line in (first, second)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>',
        *(_band(band, across) for band in bands),
        *_grid(left, across),
        *(_text(LEFT - 8, left.place(value) + 5, f"{value:,.0f}", "first", "end") for value in left.values),
        *(_text(WIDTH - RIGHT + 8, right.place(value) + 5, f"{value:,.0f}", "second") for value in right.values),
        _text(LEFT, 24, title, "title"),
        _text(LEFT, TOP - 16, first.name, "first"),
        _text(WIDTH - RIGHT, TOP - 16, second.name, "second", "end"),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "seconds since the start", "", "middle"),
        _line(first, across, left, "first"),
        _line(second, across, right, "second"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid(left: Axis, across: Axis) -> Iterable[str]:
    """Yield the lines of the left axis, and the seconds below."""
    for value in left.values:
        place = left.place(value)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{place:.1f}" y2="{place:.1f}"/>'
    for value in across.values:
        yield _text(across.place(value), HEIGHT - BOTTOM + 20, f"{value:,g}", "", "middle")


def _band(band: Band, across: Axis) -> str:
    """Return a time that is set off, with its name at the foot."""
    begin, end = across.place(band.begin), across.place(band.end)
    box = f'<rect class="band" x="{begin:.1f}" y="{TOP}" width="{end - begin:.1f}" height="{HEIGHT - TOP - BOTTOM}"/>'
    return box + _text(begin + 6, TOP + 16, band.name, "")


def _line(line: Line, across: Axis, axis: Axis, kind: str) -> str:
    """Return one line."""
    points = " ".join(f"{across.place(at):.1f},{axis.place(value):.1f}" for at, value in line.points)
    return f'<polyline class="line {kind}" points="{points}"/>'


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    """Return some words."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'
