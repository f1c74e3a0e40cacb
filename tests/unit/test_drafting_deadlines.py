"""Until which day to write, and of which day the appeal is: told by limits, bylines and a mail's own date."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

BODY = (
    "Bread in Sampleford\n\nThe mill of Sampleford is shut, and all who ask for bread there are sent away.\n\n{line}\n"
)


def drafted(text: str):
    """Return the draft of a text."""
    return draft_of(text, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Check with the office if sending appeals after 5 July 2019.", "2019-07-05"),
        ("Bitte nach dem 5. Juli 2019 nicht mehr schreiben.", "2019-07-05"),
        ("The campaign will be closed on 2 March 2014.", "2014-03-02"),
        ("Aktion läuft bis: 31.10.2015", "2015-10-31"),
        ("Scrivete dal 3 al 10 agosto 2018 al Comune.", "2018-08-10"),
        ("Please write until 5 May 2020.", "2020-05-05"),
        ("Bitte schreibt bis 30.11. an den Minister.", "2026-11-30"),
        ("Posted by admin on 2 October 2022 | Send to a friend", ""),
        ("He will be sentenced by 3 May 2020.", ""),
    ],
)
def test_a_limit_of_writing_is_the_deadline(line: str, day: str) -> None:
    """A byline and a limit of something else are none."""
    assert drafted(BODY.format(line=line)).write_until.text == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("From: a@x.example\nDate: Tue, 14 May 2013 08:11:52 +0100\nSubject: Bread\n\n" + BODY, "2013-05-14"),
        (BODY + "\nSampleford, 3 June 2015", "2015-06-03"),
        (BODY + "\nPosted to the site 22-Feb-2011", "2011-02-22"),
        (BODY + "\nOur mill was founded on 3 June 1915 by bakers.", ""),
    ],
)
def test_the_date_of_the_appeal_may_stand_in_its_head_or_below_it(text: str, day: str) -> None:
    """A mail's own field, a place with a date, a line of the site."""
    assert drafted(text.format(line="Write to us.")).dated.text == day


def test_a_year_that_the_text_tells_is_that_of_its_days() -> None:
    """It stays in doubt, as the appeal does not tell its own date."""
    found = drafted(BODY.format(line="Since 2014 nobody has an oven.\nWrite until 5 May.")).write_until

    assert (found.text, found.doubt) == ("2014-05-05", "the year is not told")


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("By 30 June 2026 please write to the minister.", "2026-06-30"),
        ("From 3 to 10 August 2026 please write to the minister.", "2026-08-10"),
        ("From 3 March 2019 the miller was held in the prison.", ""),
        ("She sits on a warrant issued on 3 March 2024.", ""),
        ("He will stand trial June 12, 2026.", ""),
    ],
)
def test_what_only_begins_like_a_byline_dates_no_appeal(line: str, until: str) -> None:
    """The mail's own date counts, and a limit is a limit."""
    found = drafted("From: a@x.example\nDate: Mon, 25 May 2026 08:11:52 +0100\n\nBread in Sampleford\n\n" + line)

    assert (found.dated.text, found.write_until.text) == ("2026-05-25", until)
