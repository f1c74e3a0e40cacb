"""Do `init`, `check`, `schema`, `plan` and `preview` tell what they promise, and change nothing?"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from tests.acceptance.cases import COUNTRIES, address, campaign_file, people, today
from tests.campaign_files import DESIGN_EXAMPLE

EXAMPLE_DAY = ("--at", "2026-11-24 10:00")
LETTER_KEYS = {"target", "tone", "language", "subject", "body", "channels"}


def test_init_overwrites_nothing(workplace):
    """The first run makes campaigns.yaml, .env and the key, private; the second keeps all three as they are."""
    workplace.write(".env", "# mine\n")
    workplace.run("init")
    made = {path: path.read_bytes() for path in (workplace.folder / "campaigns.yaml", workplace.key_file)}
    again = workplace.run("init")

    assert again.stderr.count("kept") == 3
    assert all(path.read_bytes() == content for path, content in made.items())
    assert (workplace.folder / ".env").read_text() == "# mine\n"
    assert workplace.key_file.stat().st_mode & 0o777 == 0o600


def test_init_begins_with_drafts(workplace):
    """What init writes is sound, and none of it can be launched before somebody says that it is ready."""
    workplace.run("init", "office")
    (workplace.folder / "campaigns.yaml").write_bytes((workplace.folder / "office" / "campaigns.yaml").read_bytes())
    checked = workplace.json("check")

    assert checked["ok"]
    for campaign in checked["campaigns"]:
        assert "draft" in workplace.run("launch", campaign, "--yes", code=64).stderr
    assert workplace.json("status") == {"campaigns": []}


def test_check_answers_programs_in_one_shape(workplace):
    """Problems have a severity, a place, words and a hint; errors come first, each kind by line."""
    wrong = campaign_file(today(), more="nonsense: 1\nmore: 2").replace("country: KZ", "country: XX")
    workplace.write("campaigns.yaml", wrong)
    answer = workplace.json("check", code=65)
    problems = answer["problems"]

    assert not answer["ok"]
    assert answer["campaigns"] == []
    assert all(
        set(problem) == {"severity", "file", "line", "column", "where", "message", "hint"} for problem in problems
    )
    assert [(p["severity"], p["line"]) for p in problems] == sorted((p["severity"], p["line"]) for p in problems)
    assert len([p for p in problems if p["severity"] == "error"]) >= 3


def test_check_tells_people_the_same(workplace):
    """Each problem is one line that begins with file, line and column; the sum is talk."""
    workplace.write("campaigns.yaml", campaign_file(today(), status="raedy"))
    done = workplace.run("check", code=65)

    assert re.fullmatch(r"\S+/campaigns\.yaml:11:13: error: .*raedy.*", done.stdout.splitlines()[0])
    assert "errors: 1" in done.stderr


def test_check_takes_another_time(workplace):
    """What is to come today is past in a year: a warning, and only with --at."""
    workplace.write("campaigns.yaml", campaign_file(today()))
    later = f"{today() + timedelta(days=365):%Y-%m-%d %H:%M}"

    def past(*more: str) -> list[str]:
        return [p["where"] for p in workplace.json("check", *more)["problems"] if "past" in p["message"]]

    assert past() == []
    assert len(past("--at", later)) >= 2


def test_the_schema_is_one(workplace):
    """`mailer schema` prints a JSON Schema that knows the file's keys, and needs no campaign file."""
    schema = workplace.run("schema").json

    assert schema["$schema"].startswith("https://json-schema.org/")
    assert set(schema["properties"]) >= {"version", "organisation", "campaigns"}


def test_plan_tells_local_times_and_counts(workplace):
    """Before the launch: each mailing with its first and last moment, the zones' own moments, and how many people."""
    workplace.begin(campaign_file(today()), people(8))
    planned = {one["id"]: one for one in workplace.json("plan")["mailings"]}

    assert list(planned) == ["alert", "reminder-after-3d", "reminder-before-trial-24h"]
    assert all(one["people"] == 8 and one["campaign"] == "case" for one in planned.values())
    reminder = planned["reminder-before-trial-24h"]
    assert {zone["country"] for zone in reminder["zones"]} == set(COUNTRIES)
    assert reminder["due"] < reminder["last"]
    assert all(zone["not_before"].endswith("Z") for zone in reminder["zones"])


def test_plan_reads_only(workplace):
    """Neither plan nor check nor preview makes a database."""
    workplace.write("campaigns.yaml", campaign_file(today()))
    for words in (("plan",), ("check",), ("preview", "case", "--country", "GB")):
        workplace.run(*words)

    assert not workplace.database.exists()


@pytest.fixture
def example(workplace):
    """A workplace with the design's example as its campaign file."""
    workplace.write("campaigns.yaml", DESIGN_EXAMPLE.read_text(encoding="utf-8"))
    return workplace


def letters_of(preview: dict) -> dict[str, dict]:
    """Return a preview's letters by target."""
    return {letter["target"]: letter for letter in preview["letters"]}


def test_the_example_previews_for_a_reader_of_english_in_britain(example):
    """Own embassy from the campaign's row, Russian for the prosecutor with a translation, own name, no slogans."""
    assert example.json("check")["ok"]
    preview = example.json(
        "preview", "prisoner-2026", "--country", "GB", "--language", "en", "--name", "Ann Bee", *EXAMPLE_DAY
    )
    letters = letters_of(preview)

    assert set(preview) >= {"subject", "text", "html", "letters", "headers"}
    assert set(letters) == {"prosecutor", "court", "city", "embassy", "family"}
    assert all(set(letter) >= LETTER_KEYS for letter in letters.values())
    assert letters["embassy"]["channels"][0]["value"] == "london@embassy.example"
    assert (letters["prosecutor"]["language"], letters["prosecutor"]["translation"]["language"]) == ("ru", "en")
    assert "Ann Bee" not in letters["prosecutor"]["body"]
    assert "Ann Bee" in letters["court"]["body"]
    assert (letters["family"]["tone"], letters["court"]["tone"]) == ("solidarity", "protest")
    assert "Support the workers' party" not in "".join(letter["body"] for letter in letters.values())
    assert preview["letters"][0]["target"] == "court"
    phone = next(channel for channel in letters["court"]["channels"] if channel["kind"] == "phone")
    assert (phone["value"], phone["dialled"], phone["dialled_from"]) == ("+442079460107", "020 7946 0107", "GB")
    assert phone["machine"]["body"].startswith("Good day. My name is Ann Bee.")
    assert "020 7946 0107" in preview["text"]
    assert "020 7946 0107" in preview["html"]


def test_the_example_previews_for_a_reader_of_russian_in_germany(example):
    """The mail and the letter to the family are in Russian, and the embassy is the one in Germany."""
    preview = example.json("preview", "prisoner-2026", "--country", "DE", "--language", "ru", *EXAMPLE_DAY)
    letters = letters_of(preview)

    assert preview["subject"].endswith("] Свободу организатору из Алматы")
    assert '<html lang="ru"' in preview["html"]
    assert letters["family"]["language"] == "ru"
    assert "translation" not in letters["prosecutor"]
    assert "london@embassy.example" not in json.dumps(letters["embassy"])
    assert "Add your name" not in preview["text"]
    assert "{{" not in preview["text"] + preview["html"]


def test_closed_channels_are_in_the_preview_and_not_in_the_mail(example):
    """After the trial the court's fax and telephone are told as closed to programs, and left out of the mail."""
    preview = example.json("preview", "prisoner-2026", "--country", "GB", "--at", "2026-12-05 10:00")
    court = letters_of(preview)["court"]

    assert {channel["kind"]: channel["open"] for channel in court["channels"]} == {"fax": False, "phone": False}
    assert "+442079460102" not in preview["text"].replace(" ", "")
    assert all(channel["open"] for channel in letters_of(preview)["prosecutor"]["channels"])


def test_the_variants_of_every_letter_are_shown(example):
    """Each approved block as a supporter sends it, and how many texts they make; programs get the same."""
    told = example.json("preview", "prisoner-2026", "--variants", *EXAMPLE_DAY)
    letters = {(each["tone"], each["language"]): each for each in told["letters"]}
    shown = example.run("preview", "prisoner-2026", "--variants", "--language", "en", *EXAMPLE_DAY).stdout

    assert letters["protest", "en"]["subjects"] == ["Release A. Example", "On the sentence of A. Example"]
    assert (letters["protest", "en"]["is_own"], letters["protest", "en"]["texts"]) == (True, 8)
    assert {tone for tone, _ in letters} == {"protest", "solidarity", "phone"}
    assert {language for _, language in letters} >= {"en", "ru", "de", "fr"}
    assert "===== protest, en, the campaign's own: 8 different texts =====" in shown
    assert "opening 2 of 2:\n  I am alarmed by ..." in shown
    assert "a public inquiry into the attack" in shown
    assert "ru" not in {line.split(",")[1].strip() for line in shown.splitlines() if line.startswith("=====")}


def test_a_preview_becomes_files(example):
    """--out writes the mail and a piece for every open channel, of each kind in a folder, and a page that links all."""
    out = example.folder / "out"
    kinds = ("--kinds", "GB:en,DE:ru,RU:ru", "--name", "Ann")
    done = example.run("preview", "prisoner-2026", *kinds, "--out", str(out), *EXAMPLE_DAY)
    mail = message_from_bytes((out / "GB-en" / "mail.eml").read_bytes(), policy=policy.default)
    linked = re.findall(r'href="([^"]+)"', (out / "index.html").read_text())
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}

    assert out.stat().st_mode & 0o777 == (out / "GB-en").stat().st_mode & 0o777 == 0o700
    assert "Free the Almaty organiser" in mail["Subject"]
    assert found == {"index.html", *linked}
    mail_itself = ["mail.eml", "mail.html", "mail.txt"]
    pieces = ["call-court.txt", "fax-court.pdf", "letter-prosecutor.eml", "letter-embassy.eml", "form-city.txt"]
    further = ["letter-family.eml", "event-trial.ics"]
    assert {path.name for path in (out / "GB-en").iterdir()} == {*mail_itself, *pieces, *further, "picket-1.ics"}
    assert {path.name for path in (out / "RU-ru").iterdir()} == {*mail_itself, *further}
    assert "Ann" in (out / "GB-en" / "form-city.txt").read_text(encoding="utf-8-sig")
    assert (out / "DE-ru" / "fax-court.pdf").read_bytes().startswith(b"%PDF-")
    assert done.stdout == ""


def test_a_preview_stays_in_its_folder(example):
    """What somebody chose becomes a plain name."""
    out = example.folder / "deep" / "out"
    example.run("preview", "prisoner-2026", "--kinds", "../../x:en", "--out", str(out), *EXAMPLE_DAY)

    assert [path.name for path in out.iterdir() if path.is_dir()] == ["X-en"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_programs_read_several_kinds_of_supporter_at_once(example):
    """Each by its name."""
    told = example.json("preview", "prisoner-2026", "--kinds", "GB:en,DE:ru", *EXAMPLE_DAY)

    assert list(told["kinds"]) == ["GB-en", "DE-ru"]
    assert "london@embassy.example" in json.dumps(letters_of(told["kinds"]["GB-en"])["embassy"])


def test_without_a_choice_each_kind_of_supporter_is_shown(workplace):
    """One page, with the kinds of supporter that the audience has; a safety rule's reason is told instead of a mail."""
    workplace.begin(campaign_file(today(), more="safety: {countries: {PL: none}}"), people(4))
    done = workplace.run("preview", "case", "--out", "out")
    page = (workplace.folder / "out" / "index.html").read_text()

    assert re.findall(r"<h2>(\S+):", page) == ["DE-ru", "FR-en", "GB-en"]
    assert "<script" not in page
    assert done.stdout == ""
    assert "PL" not in page


def test_an_unknown_mailing_is_told_with_those_that_there_are(example):
    """Exit 65 and the ids; a closing that nobody wrote yet can be previewed all the same."""
    done = example.run("preview", "prisoner-2026", "--mailing", "alarm", code=65)

    assert "reminder-after-3d" in done.stderr
    closing = example.json("preview", "prisoner-2026", "--mailing", "closing", "--country", "GB", *EXAMPLE_DAY)
    assert closing["subject"].startswith("Please stop writing:")


def test_a_preview_is_byte_for_byte_the_mail_that_is_sent(office, smtp_server):
    """`preview --as EMAIL --at TIME` writes what the relay got, when TIME is the mail's own date."""
    office.begin(campaign_file(today()), people(8), launch=True)
    office.run("run", "--until-idle")
    mails = {caught.recipients[0]: caught.content for caught in smtp_server.messages}

    for number in (0, 1):  # one reads English, one Russian
        mail = mails[address(number)]
        sent_at = message_from_bytes(mail, policy=policy.default)["Date"].datetime
        office.run("preview", "case", "--as", address(number), "--at", sent_at.isoformat(), "--out", "out")
        kept = (office.folder / "out").glob("*/mail.eml")
        assert mail in [path.read_bytes() for path in kept]
