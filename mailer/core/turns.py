"""Whose turn is it? Weighted round robin that is smooth: a weight of three is not three in a row.

Law: among members that are always there, each has had its share after every round, to less than one turn.
Source: nginx, ngx_http_upstream_get_peer.
"""

from __future__ import annotations

from collections.abc import Mapping


class Turns:
    """Gives turns by weight; who is missing loses its turns and owes none."""

    def __init__(self) -> None:
        self._credit: dict[str, int] = {}

    def next(self, weights: Mapping[str, int]) -> str:
        """Return whose turn it is among those named, which are not none."""
        for name, weight in weights.items():
            self._credit[name] = self._credit.get(name, 0) + weight
        chosen = max(weights, key=lambda name: self._credit[name])
        self._credit[chosen] -= sum(weights.values())
        return chosen
