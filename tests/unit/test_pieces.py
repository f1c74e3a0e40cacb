"""Which files belong to a supporter's letters, what are they called, and which of them travel with a mail?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.cli.previewing import parse_kinds
from mailer.core.attachments import LARGEST_LOAD, wanted_pieces
from mailer.core.campaigns import Mailing, MailingId, MailingKind
from mailer.core.links import Links
from mailer.core.mailview import MailContext, mail_view
from mailer.core.message import Attachment
from mailer.core.occasions import Invitation, Occasion, alarms, event_occasion, occasions_of, picket_occasion
from mailer.core.paper import Paper
from mailer.core.pieces import Piece, PieceKind, Way, keys_of, piece_of, pieces_of
from mailer.core.plain import Plain
from mailer.core.revisions import Wording
from mailer.core.targets import ChannelKind
from mailer.core.texts import LocalText
from mailer.errors import RenderingError, UsageError
from mailer.flows.pieces import PieceAttacher, make_piece, reader_of
from tests import samples
from tests.samples import NOW

DAY = timedelta(days=1)
SAID = LocalText({"en": "Picket"})
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)


def names(pieces: tuple[Piece, ...]) -> list[str]:
    """Return what the files are called."""
    return [piece.name for piece in pieces]


def context(
    kind: MailingKind = MailingKind.ALERT, *, attach: tuple[str, ...] = (), best_way: str = "", **changes: object
) -> MailContext:
    """Return a mail of the sample campaign to a supporter in Germany."""
    revision, supporter = samples.revision(), samples.supporter()
    written = replace(revision, campaign=replace(revision.campaign, attach=attach))
    fond = replace(supporter, person=replace(supporter.person, best_way=best_way))
    return replace(MailContext(kind, written, fond, samples.pack("en"), Links(), NOW, mailing=ALERT), **changes)


# --- which files there are -------------------------------------------------------------------------


def test_every_open_way_has_its_file_and_no_closed_one() -> None:
    """A draft to send, a sheet to print or to fax, a text to say, a text to paste."""
    assert names(pieces_of(samples.pack("en").items)) == [
        "letter-prosecutor.eml",
        "fax-court.pdf",
        "call-court.txt",
        "form-city.txt",
        "form-embassy.txt",
        "letter-ministry.pdf",
        "letter-family.eml",
    ]


def test_two_consulates_of_one_target_are_told_apart() -> None:
    """The second one has a number, as on the supporter's own page."""
    family = samples.pack_items("en")[5]
    twins = (family, replace(family, mission_name="Consulate"))

    assert keys_of(twins) == ("family", "family.2")
    assert names(pieces_of(twins)) == ["letter-family.eml", "letter-family.2.eml"]


@given(st.lists(st.text(max_size=60), max_size=6), st.sampled_from(ChannelKind))
@example(["A", "a", "../../etc/passwd", "con", "x" * 90, "x" * 91, "0.", "0."], ChannelKind.POST)
def test_names_are_plain_unlike_and_lead_nowhere(targets: list[str], kind: ChannelKind) -> None:
    """Whatever a target is called, its file is a file in the folder where it is put, on every system."""
    channel = replace(samples.fax_channel(), kind=kind)
    items = [replace(samples.pack_items("en")[0], target=target, channels=(channel,)) for target in targets]
    made = names(pieces_of(items))

    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*\.(pdf|eml|txt)", name) and ".." not in name for name in made)
    assert len({name.casefold() for name in made}) == len(targets)
    assert all(len(Attachment(name, "text/plain", b"").filename) <= 52 for name in made)


# --- dates -----------------------------------------------------------------------------------------


def test_dates_are_those_that_are_to_come_and_concern_the_reader() -> None:
    """A trial concerns everybody; a picket those in its country, if it is public."""
    campaign = samples.campaign()

    assert [each.key for each in occasions_of(campaign, "DE", NOW)] == ["picket-1", "event-trial"]
    assert [each.key for each in occasions_of(campaign, "GB", NOW)] == ["event-trial", "picket-2"]
    assert occasions_of(campaign, "DE", NOW + 3 * DAY) == ()


def test_a_trial_that_is_put_off_stays_the_same_one() -> None:
    """A calendar moves it instead of showing two; another event, and another picket, are other ones."""
    campaign = samples.campaign()
    trial, picket = campaign.events[0], campaign.pickets[0]
    before, after = (event_occasion(each, campaign) for each in (trial, replace(trial, at=trial.at + DAY)))

    assert before.uid == after.uid
    moved = picket_occasion(replace(picket, at=picket.at + DAY), 1, campaign)
    others = {before.uid, picket_occasion(picket, 1, campaign).uid, moved.uid}
    others.add(event_occasion(replace(trial, id="appeal"), campaign).uid)
    assert len(others) == 4
    assert picket_occasion(picket, 1, campaign).uid == picket_occasion(picket, 7, campaign).uid


@given(st.integers(0, 500 * 24 * 60), st.sampled_from(["Asia/Almaty", "America/Lima", "Europe/London"]))
def test_nobody_is_woken_by_a_trial_on_the_other_side_of_the_earth(minutes: int, zone: str) -> None:
    """The day's notice comes by day where the reader is, and never less than a day before."""
    trial = Occasion("event-trial", "uid", SAID, NOW + timedelta(minutes=minutes), "Asia/Almaty")
    (before,) = alarms(trial, zone)
    rings = (trial.at - before).astimezone(ZoneInfo(zone))

    assert time(9) <= rings.time() <= time(20)
    assert DAY <= before < 2 * DAY
    assert alarms(replace(trial, where=SAID), zone) == (before, timedelta(hours=2))


# --- what travels with a mail ----------------------------------------------------------------------


def test_a_mail_carries_nothing_unless_it_is_asked_for() -> None:
    """`attach:` is empty by default."""
    assert wanted_pieces(context()) == ()


def test_an_update_carries_its_own_files_beside_those_of_the_campaign() -> None:
    """Each kind that either names, in the order of the mail."""
    update = replace(samples.UPDATE, attach=("ics",))
    found = wanted_pieces(context(MailingKind.UPDATE, attach=("pdf",), mailing=update))

    assert names(found) == ["fax-court.pdf", "letter-ministry.pdf", "picket-1.ics", "event-trial.ics"]


@pytest.mark.parametrize(("best_way", "sheet"), [("fax", "fax-court.pdf"), ("post", "letter-ministry.pdf")])
def test_who_likes_paper_best_gets_their_sheet_always_and_first(best_way: str, sheet: str) -> None:
    """Whatever `attach:` says."""
    assert names(wanted_pieces(context(best_way=best_way))) == [sheet]
    assert names(wanted_pieces(context(best_way=best_way, attach=("eml",))))[0] == sheet
    assert names(wanted_pieces(context(best_way="email"))) == []


def test_names_of_files_tell_as_little_as_a_discreet_subject() -> None:
    """Mailboxes list them beside it; the mail itself still says which file is for which way."""
    mail = context(attach=("pdf", "ics"))
    mail = replace(mail, supporter=replace(mail.supporter, person=replace(mail.supporter.person, discreet=True)))
    found = names(wanted_pieces(mail))
    targets = mail_view(replace(mail, attached=tuple(found)))["targets"]

    assert found == ["2.pdf", "6.pdf", "8.ics", "9.ics"]
    assert {target["id"]: target["files"]["fax"] for target in targets}["court"] == "2.pdf"


def test_a_correction_carries_what_it_shows_and_a_closing_nothing() -> None:
    """No letter travels that is not to be sent."""
    wrong = context(MailingKind.CORRECTION, attach=("eml", "ics"), corrected=("family",))

    assert names(wanted_pieces(wrong)) == ["letter-family.eml"]
    assert wanted_pieces(context(MailingKind.CLOSING, attach=("eml", "ics", "pdf"), best_way="fax")) == ()


@dataclass(slots=True)
class FakeWorkshop:
    """Makes sheets of one size that tell what is printed on them; what it cannot print is an error."""

    size: int = 0
    unprintable: str = "nothing"
    printed: list[Paper] = field(default_factory=list)

    def papers(self) -> FakeWorkshop:
        """Return itself."""
        return self

    def letter(self, paper: Paper) -> bytes:
        """Return what is on the paper."""
        self.printed.append(paper)
        if paper.kind == self.unprintable:
            raise RenderingError("no font has it")
        return json.dumps(asdict(paper), ensure_ascii=False).encode().ljust(self.size)

    def text(self, template: str, values: Mapping[str, Plain], wording: Wording) -> str:
        """Return what a template would show."""
        return f"{template} {wording.language} {values['name']}\n"

    def calendar_file(self, invitation: Invitation) -> bytes:
        """Return what a date is."""
        return invitation.occasion.key.encode()


def test_files_that_do_not_fit_are_left_out_and_told() -> None:
    """200 KB in all: what comes later and is smaller still goes; no sheet is made only to be thrown away."""
    ministry = samples.pack_items("en")[4]
    items = (*samples.pack_items("en"), replace(ministry, target="a"), replace(ministry, target="b"))
    full = context(attach=("pdf", "ics"), pack=replace(samples.pack("en"), items=items))
    workshop = FakeWorkshop(size=LARGEST_LOAD // 2)
    found = PieceAttacher(lambda _: workshop).attach(full)

    assert [file.filename for file in found.files] == ["fax-court.pdf", "letter-ministry.pdf"]
    assert found.left_out == ("letter-a.pdf", "letter-b.pdf", "picket-1.ics", "event-trial.ics")
    assert len(workshop.printed) == 3

    workshop = FakeWorkshop(size=LARGEST_LOAD // 2 + 1)
    found = PieceAttacher(lambda _: workshop).attach(full)
    assert [file.filename for file in found.files] == ["fax-court.pdf", "picket-1.ics", "event-trial.ics"]
    assert sum(len(file.content) for file in found.files) <= LARGEST_LOAD


def test_a_letter_that_no_font_can_print_stops_no_mail() -> None:
    """It is left out, and the mail says where it is."""
    found = PieceAttacher(lambda _: FakeWorkshop(unprintable="fax")).attach(context(attach=("pdf",)))

    assert [file.filename for file in found.files] == ["letter-ministry.pdf"]
    assert found.left_out == ("fax-court.pdf",)


# --- what is in them -------------------------------------------------------------------------------


def made(name: str, mail: MailContext, workshop: FakeWorkshop | None = None) -> bytes:
    """Return one file of a mail's pack."""
    piece = next(each for each in pieces_of(mail.pack.todo) if each.name == name)
    return make_piece(piece, reader_of(mail), workshop or FakeWorkshop())


def test_a_sheet_is_headed_and_dated_as_its_letter_says() -> None:
    """Sender, and the day by the reader's clock: it is Tuesday already in Berlin."""
    late = context(now=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    sheet = json.loads(made("letter-ministry.pdf", late))

    assert "Ann Reader" in str(sheet["sender"])
    assert "Berlin" in str(sheet["sender"])
    assert sheet["dated"].startswith("1 декабря 2026")
    assert "Ann Reader" in str(sheet["closing"])
    assert (sheet["kind"], json.loads(made("fax-court.pdf", late))["kind"]) == ("post", "fax")


@pytest.mark.parametrize("safety", ["initials_only", "unsigned"])
def test_no_file_names_whom_the_letter_does_not(safety: str) -> None:
    """Neither a sheet nor a draft has a name, an address or a date that the letter itself has not."""
    body = "Dear office,\n\nfree him.\n\nA. R."
    hidden = [
        replace(item, letter=replace(item.letter, body=body), sender_block=("Ann Reader", "Berlin"), **{safety: True})
        for item in samples.pack_items("en")
    ]
    mail = context(pack=replace(samples.pack("en"), items=tuple(hidden)))

    for piece in pieces_of(mail.pack.todo):
        content = make_piece(piece, reader_of(mail), FakeWorkshop())
        words = message_from_bytes(content, policy=policy.default) if piece.kind is PieceKind.EML else None
        if words is not None:
            assert {"From", "Sender", "Date", "Message-ID", "Reply-To"}.isdisjoint(words.keys())
            assert words["X-Unsent"] == "1"
        text = words.get_content() if words else content.decode()
        assert not re.search("Ann|Reader|Berlin|ann@", text), piece.name


def test_texts_open_right_in_every_editor() -> None:
    """They say that they are UTF-8 and end their lines with CR and LF; a form's is what is pasted, and no more."""
    mail = context()
    call, form = made("call-court.txt", mail), made("form-city.txt", mail)

    assert call.decode("utf-8-sig") == "documents/call.txt.j2 en District Court\r\n"
    assert form.decode("utf-8-sig").replace("\r\n", "\n") == mail.pack.items[2].letter.body + "\n"
    assert call.startswith(b"\xef\xbb\xbf")


def test_a_form_gets_the_text_that_fits() -> None:
    """What the form takes, where the whole letter is too long for it."""
    city = samples.pack_items("en")[2]
    short = replace(city.letter, body="Free him.")
    fitting = replace(city, channels=(replace(city.channels[0], text=short),))
    mail = context(pack=replace(samples.pack("en"), items=(fitting,)))

    assert made("form-city.txt", mail).decode("utf-8-sig") == "Free him.\r\n"


def test_a_date_is_told_in_the_readers_language_by_their_clock() -> None:
    """The calendar file is made from the same campaign, for whoever reads it."""
    kept: list[Invitation] = []

    class Keeping(FakeWorkshop):
        def calendar_file(self, invitation: Invitation) -> bytes:
            kept.append(invitation)
            return b""

    mail = context(attach=("ics",), pack=samples.pack("ru"), supporter=samples.supporter("ru"))
    PieceAttacher(lambda _: Keeping()).attach(mail)

    assert [(each.occasion.key, each.reads, each.zone, each.now) for each in kept] == [
        ("picket-1", ("ru",), "Europe/Berlin", NOW),
        ("event-trial", ("ru",), "Europe/Berlin", NOW),
    ]


def test_a_mail_names_the_file_beside_the_way_that_it_is_for() -> None:
    """Each target knows its own files and no others; a mail without files has none."""
    attached = context(attached=("fax-court.pdf", "letter-prosecutor.eml"))
    files = {target["id"]: target["files"] for target in mail_view(attached)["targets"]}
    none = dict.fromkeys(("email", "fax", "phone", "post", "web"), "")

    assert files["court"] == {**none, "fax": "fax-court.pdf"}
    assert files["prosecutor"] == {**none, "email": "letter-prosecutor.eml"}
    assert files["ministry"] == none
    assert all(target["files"] == none for target in mail_view(context())["targets"])


def test_a_page_prints_every_letter_also_where_no_post_arrives() -> None:
    """The sheet has the office's name, and what was typed for its head."""
    family = samples.pack_items("en")[5]
    piece = piece_of(Way("family", family, ChannelKind.POST))

    assert (piece.name, piece.of.channel) == ("letter-family.pdf", None)
    assert "Family and friends" in str(json.loads(make_piece(piece, reader_of(context()), FakeWorkshop()))["recipient"])


# --- kinds of supporter to preview -----------------------------------------------------------------


def test_kinds_of_supporter_are_a_country_with_a_language() -> None:
    """Either may be unknown, not both; case and blanks do not matter."""
    assert parse_kinds("de:DE, KZ:kk,:ar") == (("DE", "de"), ("KZ", "kk"), ("", "ar"))
    assert parse_kinds("") == ()
    for wrong in ("GB:en,en", "GB", ":"):
        with pytest.raises(UsageError, match="DE:de,KZ:kk"):
            parse_kinds(wrong)
