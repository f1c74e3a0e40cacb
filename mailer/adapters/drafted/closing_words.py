"""What does an appeal say to a campaign that is there already? News for an update, or the words that close it.

Law: the outcome is the one that the text tells; without one, it is an update and nothing is closed.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailer.adapters.catalog.scalars import LONGEST_TEXT
from mailer.adapters.drafted.campaign_yaml import language_of
from mailer.adapters.drafted.yaml_text import Lines, check, clean, cut, entry, indent
from mailer.core.campaigns import Outcome
from mailer.core.drafting.drafts import Drafted

SHORT = 1_500  # characters that people read to the end
_LONGEST = LONGEST_TEXT // 2


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a campaign: the text in one language, and the outcome if it is over."""

    campaign: str
    language: str
    text: str
    outcome: Outcome | None = None
    unsure: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What it becomes: `closing` or `update`."""
        return "update" if self.outcome is None else "closing"

    def block(self, fallback: str) -> Lines:
        """Return the `closing:` of the campaign, not indented; words of another language stand under both."""
        languages = dict.fromkeys((fallback, self.language or fallback))
        translate = f"translate what stands under '{fallback}'" if len(languages) > 1 else ""
        outcome = self.outcome or Outcome.ENDED
        lines = [f"outcome: {outcome}", f"text:  {check(translate, *self.unsure)}".rstrip()]
        lines += indent(line for language in languages for line in entry(language, self.text))
        return ["closing:", *indent(lines)]

    def command(self, file: str, fallback: str) -> str:
        """Return the command that sends the text from a file; another language needs a translation beside it."""
        told = file if self.language in ("", fallback) else f"{fallback}=TRANSLATED.txt {self.language}={file}"
        ending = f" --outcome {self.outcome}" if self.outcome else ""
        return f"mailer {'close' if self.outcome else 'update'} {self.campaign}{ending} --text {told}"


def news_of(drafted: Drafted, campaign: str, appeal: str) -> News:
    """Return what a drafted appeal says to a campaign: all of its text if that is short, else title, summary, facts."""
    text = clean(appeal)
    if len(text) > SHORT:
        text = _main_words(drafted) or text
    text = text if len(text) <= _LONGEST else cut(text, _LONGEST)
    unsure = (one for one in dict.fromkeys(drafted.unsure) if not (drafted.outcome and "--update-of" in one))
    return News(campaign, language_of(drafted), text, _outcome(drafted.outcome), tuple(unsure))


def _main_words(drafted: Drafted) -> str:
    """Return title, summary and facts, each text once."""
    texts = dict.fromkeys(clean(one.text) for one in (drafted.title, drafted.summary, *drafted.facts))
    return "\n\n".join(one for one in texts if one and not any(one != other and one in other for other in texts))


def _outcome(told: str) -> Outcome | None:
    """Return how it ended; whatever is no outcome that the file knows is just an end."""
    if not told:
        return None
    return Outcome(told) if told in list(Outcome) else Outcome.ENDED
