"""How are figures told to Prometheus? In its text format, computed when it asks.

Law: a label is an id, a state or a kind; a count of answers under five is left out, it might point at somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from mailer.core.counting import A_FEW_BELOW
from mailer.core.figures import Figures
from mailer.core.incoming import Reading

MEDIA_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4


class Metrics:
    """The figures of one installation and of this process; `read` is called at each scrape."""

    def __init__(self, read: Callable[[], Figures]) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(_FromFigures(read))
        ProcessCollector(registry=self._registry)

    def text(self) -> bytes:
        """Return everything in the text format."""
        return generate_latest(self._registry)


class _FromFigures(Collector):
    """Makes samples of figures."""

    def __init__(self, read: Callable[[], Figures]) -> None:
        self._read = read

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Yield nothing: what there is shows at a scrape, and registering reads no database."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield one family after the other."""
        figures = self._read()
        yield from _of_mailings(figures)
        yield _family("mailer_campaigns", "Campaigns by status.", ("status",), figures.campaigns)
        yield _family("mailer_signups_waiting", "Sign-ups that wait, and for what.", ("wait_for",), figures.signups)
        told = {key: count for key, count in figures.actions.items() if count >= A_FEW_BELOW}
        text = "What supporters told, five and more."
        yield _family("mailer_actions", text, ("campaign", "kind"), told)
        yield from _of_mailbox(figures.mailbox)


def _of_mailings(figures: Figures) -> Iterator[GaugeMetricFamily]:
    """Yield letters by state, and what is held."""
    labels = ("campaign", "mailing", "rehearsal")
    letters = GaugeMetricFamily("mailer_deliveries", "Letters by mailing and state.", labels=[*labels, "state"])
    paused = GaugeMetricFamily("mailer_mailing_paused", "Whether a brake holds a mailing.", labels=labels)
    for each in figures.mailings:
        values = [each.campaign, each.mailing, "yes" if each.rehearsal else "no"]
        paused.add_metric(values, float(each.paused))
        for state, count in sorted(each.letters.items()):
            letters.add_metric([*values, state], count)
    yield letters
    yield paused


def _of_mailbox(reading: Reading) -> Iterator[GaugeMetricFamily]:
    """Yield when the mailbox was read, and whether it cannot be read now; nothing of one that nobody reads."""
    if reading.read_at is not None:
        text = "When the mailbox was read last, in seconds since 1970."
        yield GaugeMetricFamily("mailer_mailbox_read_timestamp_seconds", text, reading.read_at.timestamp())
    if reading.tried_at is not None:
        yield GaugeMetricFamily("mailer_mailbox_trouble", "Whether the mailbox cannot be read.", bool(reading.trouble))


def _family(
    name: str, text: str, labels: tuple[str, ...], counts: Mapping[str, int] | Mapping[tuple[str, str], int]
) -> GaugeMetricFamily:
    """Return a family of one sample for each count."""
    family = GaugeMetricFamily(name, text, labels=labels)
    for key, count in sorted(counts.items()):
        family.add_metric((key,) if isinstance(key, str) else key, count)
    return family
