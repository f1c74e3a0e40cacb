"""How fast are letters by post and faxes made? Each script, the first letter and those after it, and equal ones.

Run `python benchmarks/documents.py`. Asked: under 15 ms a letter after the first. Each letter has another sender, so
that none is taken from those that were kept; the last line counts what a sender process grows by over them all.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from mailer.adapters.documents import LETTER, Documents
from mailer.adapters.templates import Templates
from mailer.core.paper import Cover, Paper, Passage, as_line, passages
from mailer.core.plain import direction

ROUNDS = 200
TEXTS = {
    "en": "I am writing to you about the case of A. Example, who was jailed for a picket that somebody else organised.",
    "ru": "Обращаюсь к Вам по делу А. Примера, который был арестован за пикет, организованный не им.",
    "kk": "Сізге А. Мысалдың ісі бойынша хат жазып отырмын: ол өзі ұйымдастырмаған пикет үшін қамауға алынды.",
    "el": "Σας γράφω για την υπόθεση του Α. Παραδείγματος, που φυλακίστηκε για μια διαμαρτυρία άλλων.",
    "he": "אני פונה אליכם בעניין א. דוגמה, שנאסר בשל משמרת מחאה שאחרים ארגנו.",
    "ar": "أكتب إليكم بشأن قضية أ. مثال الذي حُكم عليه بالسجن بسبب اعتصام لم ينظمه.",
    "zh": "我就 A. Example 一案致函阁下：他因一场并非由他组织的抗议活动被拘留十四天。",
}
DEMANDS = "1. Release A. Example\n2. Drop all charges\n3. Hold a public inquiry"


def main() -> None:
    """Print milliseconds for each kind of letter."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    start = perf_counter()
    documents = Documents(Templates().read(LETTER))
    documents.letter(paper("en"))
    print(f"the first letter, with Typst and its fonts: {(perf_counter() - start) * 1000:.0f} ms")
    grown = getrusage(RUSAGE_SELF).ru_maxrss
    for language in TEXTS:
        print(told(language, documents, paper(language)))
    print(told("fax", documents, replace(paper("en"), kind="fax", cover=cover())))
    print(told("3 pages", documents, replace(paper("en"), body=passages("\n\n".join([TEXTS["en"] * 5] * 12)))))
    print(equal(documents))
    print(f"grown by {(getrusage(RUSAGE_SELF).ru_maxrss - grown) / 1024:.0f} MB")


def told(name: str, documents: Documents, letter: Paper) -> str:
    """Return what letters cost that differ in their senders; processor time counts all of Typst's threads."""
    documents.letter(letter)
    times, spent = [], process_time()
    for number in range(ROUNDS):
        start = perf_counter()
        made = documents.letter(replace(letter, sender=(as_line(f"Reader {number}"), *letter.sender[1:])))
        times.append((perf_counter() - start) * 1000)
    spent = (process_time() - spent) * 1000 / ROUNDS
    most = quantiles(times, n=20)[-1]
    return f"{name:8} {median(times):5.1f} ms, 95 of 100 under {most:4.1f}, {spent:4.1f} of a processor, {len(made)} B"


def equal(documents: Documents) -> str:
    """Return what the same letter costs once it was made."""
    letter = paper("en")
    documents.letter(letter)
    start = perf_counter()
    for _ in range(ROUNDS):
        documents.letter(replace(letter))
    return f"equal    {(perf_counter() - start) * 1000 / ROUNDS:5.3f} ms a letter"


def paper(language: str) -> Paper:
    """Return a letter of one page by post."""
    sender = tuple(map(as_line, ("Reader", "1 Example Street", "London N1 0AA", "United Kingdom")))
    return Paper(
        kind="post",
        language=language,
        direction=direction(language),
        sheet="a4",
        sender=sender,
        returns=as_line(" · ".join(line.words for line in sender)),
        dated="London, 2026-11-23",
        recipient=tuple(map(as_line, ("District Court", "1 Ministry Street", "Almaty 050000", "Kazakhstan"))),
        subject=TEXTS[language][:40],
        body=(*(Passage((TEXTS[language],)),) * 4, *passages(DEMANDS)),
        closing=sender[:1],
        page="Page %(number)s of %(count)s",
    )


def cover() -> Cover:
    """Return the head of a fax."""
    rows = (("To:", as_line("District Court")), ("Fax number:", as_line("+44 20 7946 0102")), ("Pages:", None))
    return Cover("Fax", rows)


if __name__ == "__main__":
    main()
