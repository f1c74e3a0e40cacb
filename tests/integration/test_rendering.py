"""Mails come out of the shipped templates: safe, complete, alike as text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.adapters.rendering import MailRenderer, check_templates
from mailer.core.campaigns import ASKED_FOR, MailingKind
from mailer.core.links import Links
from mailer.core.mailview import MailContext, mail_view
from mailer.core.pack import Channel, Pack, WrittenLetter
from mailer.core.supporters import Person
from mailer.core.texts import LocalText
from mailer.errors import RenderingError
from tests.every_mail import languages, sample, spoken
from tests.samples import BODY, LANGUAGES, NOW, context, letter, links, pack, pack_items, revision

_NO_WORDS = (
    "language",
    "direction",
    "kind",
    "tone",
    "id",
    "rule",
    "outcome",
    "asks_for",
    "site",
    "text",
    "lines",
    "url",
)
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s %s %",
    "<!-- -->]]>&lt;script&gt;",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
)


RENDERER = MailRenderer(revision())


class Page(HTMLParser):
    """The words, links, names of buttons and elements of an HTML mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.hrefs, self.buttons, self.elements = "", [], [], []
        self.attributes: list[tuple[str, str | None]] = []
        self._skip, self._press = False, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        given_ = dict(attrs)
        self.elements.append(tag)
        self.attributes += attrs
        self._skip = tag in ("style", "title")
        self._press = given_.get("class") == "press"
        self.hrefs += [given_["href"]] if "href" in given_ else []
        self.buttons += [""] if self._press else []
        self.words += "" if tag in ("a", "span", "strong") else " "

    def handle_endtag(self, tag):
        """Leave an element."""
        self._skip = self._press = False

    def handle_data(self, data):
        """Note words that are shown."""
        if not self._skip:
            self.words += data
        if self._press:
            self.buttons[-1] += data


def squeezed(text: str) -> str:
    """Return `text` with one blank wherever there was any white space."""
    return " ".join(text.split())


def facts(value, name=""):
    """Yield every text in a view that a supporter should see."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from facts(inner, key)
    elif isinstance(value, tuple):
        for inner in value:
            yield from facts(inner, name)
    elif isinstance(value, str) and value and name not in _NO_WORDS:
        yield squeezed(value)


def rendered(given_: MailContext):
    """Render one mail with the shipped templates."""
    return RENDERER.render(given_)


@pytest.fixture(scope="module")
def mails():
    """Return kind and language -> mail, for all of them, rendered once."""
    return {
        (kind, language): RENDERER.render(context(kind, language)) for kind in MailingKind for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailingKind)
def test_text_and_html_say_the_same(mails, kind, language):
    """What one part tells, the other tells: no fact and no link is in only one of them."""
    mail = mails[kind, language]
    page = Page(mail.html)
    words, text = squeezed(page.words), squeezed(mail.text)
    view = {key: value for key, value in mail_view(context(kind, language)).items() if key != "test"}

    differing = [fact for fact in facts(view) if (fact in text) != (fact in words or fact in page.hrefs)]
    assert differing == []
    assert [href for href in page.hrefs if href not in text] == []


@pytest.mark.parametrize(
    "fact",
    [
        "Free the Almaty organiser",
        "Jailed for 14 days for a picket that he did not organise.",
        "Do this first (2 minutes), by Wednesday 2 December, 06:00 your time (Berlin)",
        "prosecutor@justice.example",
        "desk@solidarity.example",
        "copies+token@solidarity.example",
        "a program counts the letter and deletes the copy, and nobody reads it",
        "The letter is too long for a link",
        "Освободите А. Примера",
        "1. Немедленно освободить А. Примера.",
        "So that you know what you sign: the same letter in English",
        "1. Release A. Example at once.",
        "For safety this letter carries your initials only",
        "+44 20 7946 0102",
        "+44 20 7946 0107",
        "Hours: 09:00–18:00 in Almaty, that is 05:00–14:00 your time.",
        "Здравствуйте! Я звоню из-за А. Примера.",
        "Use the tab 'Question to the mayor'",
        "The form asks for: your name, your phone number, inn.",
        "The form takes 100 characters. The letter is longer: shorten it in your own words.",
        "Add your name below the letter.",
        "No embassy of Kazakhstan is known in your country: this is the permanent mission in Geneva.",
        "Address checked on 1 November 2026.",
        "Find the address here: Embassy of Kazakhstan",
        "by Friday 4 December, 06:00 your time (Berlin)",
        "This is a message of support, not a protest.",
        "Safety in your country (Germany)",
        "Letters abroad are read.",
        "Be brief and polite. Your own words are best.",
        "One letter to each office is enough.",
        "Never insult or threaten: it can be used against the person you want to help.",
        "Phone in office hours, and only once.",
        "Whoever answers is not to blame.",
        "Picket, Embassy, Berlin: Tuesday 1 December, 17:00 local time (Berlin)",
        "For the families' fund.",
        "You get this mail because you joined the list of Example Solidarity Network on 14 March 2024.",
        "1 Example Street, London",
    ],
)
def test_an_alert_tells(mails, fact):
    """Everything that a supporter needs is in both parts of an alert."""
    mail = mails[MailingKind.ALERT, "en"]

    assert fact.lower() in squeezed(mail.text).lower()
    assert fact.lower() in squeezed(Page(mail.html).words).lower()


def test_closed_targets_private_pickets_and_others_pickets_are_in_no_mail(mails):
    """What a supporter cannot use, or must not see, is not there."""
    for mail in mails.values():
        for hidden in ("Closed office", "Closed meeting", "Far picket"):
            assert hidden not in mail.text + mail.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_says_not_to_write_twice(mails, language):
    """Who has written is asked to tell, not to write again; the end of the case is told."""
    english = squeezed(mails[MailingKind.REMINDER, "en"].text)

    assert "If you have already written, do not write again: tell us" in english
    assert english.count("Letters are needed until Thursday 10 December, 23:59 your time (Berlin).") == 1
    assert mails[MailingKind.REMINDER, language].subject != mails[MailingKind.ALERT, language].subject


def test_a_closing_begins_with_stop_and_ends_with_thanks(mails):
    """Letters may still be in inboxes: the subject says first that they are needed no more."""
    mail = mails[MailingKind.CLOSING, "en"]

    assert mail.subject == "Please stop writing: Free the Almaty organiser"
    for fact in (
        "Released",
        "He walked out of the gate",
        "From A. Example",
        "I read every letter.",
        "in your country (Germany) and in every other",
        "The work goes on: “Free the others”.",
    ):
        assert fact in mail.text
    assert "prosecutor@justice.example" not in mail.text + mail.html


def test_a_correction_names_what_is_wrong_and_what_is_right(mails):
    """The withdrawn addresses are told, and the right one with its letter."""
    mail = mails[MailingKind.CORRECTION, "en"]

    assert "Please do not use any more: old@justice.example, +44 20 7946 0199" in mail.text
    assert "prosecutor@justice.example" in mail.text
    assert "District Court" not in mail.text


def test_an_update_brings_its_text_first(mails):
    """News come before what can still be done."""
    text = mails[MailingKind.UPDATE, "en"].text

    assert text.index("The trial was postponed") < text.index("Jailed for 14 days") < text.index("1/6.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailingKind)
def test_buttons_have_unique_names(mails, kind, language):
    """Somebody who hears only the buttons knows which is which."""
    buttons = Page(mails[kind, language].html).buttons

    assert len(set(buttons)) == len(buttons)
    assert (kind in (MailingKind.CLOSING, MailingKind.REPLY)) == (buttons == [])


def test_namesakes_get_buttons_of_their_own():
    """Two offices of one name do not share the name of a button."""
    first, *_ = pack_items("en")
    page = Page(rendered(replace(context(), pack=replace(pack("en"), items=(first, first)))).html)

    assert page.buttons == [f"Write to: {first.name} (1)", f"Write to: {first.name} (2)"]


@pytest.mark.parametrize("kind", MailingKind)
def test_nothing_is_loaded_from_outside(mails, kind):
    """No picture, no script, no style sheet and no font: what we promise about tracking is true."""
    html = mails[kind, "ru"].html
    page = Page(html)

    assert not {"img", "script", "link", "iframe", "object", "video", "form"} & set(page.elements)
    assert not [name for name, _ in page.attributes if name in ("src", "srcset", "background") or name.startswith("on")]
    assert "url(" not in html
    assert "@import" not in html


def test_languages_and_directions_are_marked(mails):
    """A screen reader knows in which language a letter is, and an Arabic one is set from the right."""
    html = mails[MailingKind.ALERT, "de"].html
    arabic = replace(pack_items("en")[0], letter=WrittenLetter("ar", "حرية", "السيد المدعي العام"))
    mail = rendered(replace(context(), pack=replace(pack("en"), items=(arabic,))))

    assert '<html lang="de" dir="ltr">' in html
    assert '<span lang="en" dir="ltr">Free the Almaty organiser</span>' in html
    assert '<div class="letter" lang="ru" dir="ltr"' in html
    assert '<div class="letter" lang="ar" dir="rtl"' in mail.html


def test_a_language_without_words_gets_english_and_says_so():
    """The html element tells the language that the sentences are in."""
    mail = rendered(replace(context(), pack=pack("kk")))

    assert '<html lang="en" dir="ltr">' in mail.html
    assert mail.subject == "[Please write by 1 December] Free the Almaty organiser"


@pytest.fixture(scope="module")
def polyglot():
    """Return what renders mails in every language that is shipped."""
    return MailRenderer(spoken())


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_no_english_is_left_in_a_translated_mail(polyglot, language):
    """The sentences around the campaign's own texts are all in the supporter's language, and no two buttons alike."""
    mail = polyglot.render(sample("alert", language))
    buttons = Page(mail.html).buttons

    assert not re.findall(r"your time|The letter|Write to|You get this|Address checked|Hours:|Subject:", mail.text)
    assert len(set(buttons)) == len(buttons) > 0


def test_the_letter_can_be_copied_as_it_is(mails):
    """Every line of the letter is in the text part unbroken, and in HTML with its line ends."""
    mail = mails[MailingKind.ALERT, "en"]

    assert BODY["ru"] in mail.text
    assert "1. Немедленно освободить А. Примера.<br>2. Снять с него все обвинения." in mail.html


def test_the_links_of_leaving_are_in_both_parts(mails):
    """Leaving takes one click or one mail; who is on no list yet has nothing to leave."""
    for (kind, _), mail in mails.items():
        if kind in ASKED_FOR:
            assert "/u/" not in mail.text + mail.html
            continue
        for link in ("https://solidarity.example/u/AAAA", "mailto:leave@solidarity.example?subject=leave"):
            assert link in mail.text
            assert link in mail.html


@pytest.mark.parametrize("kind", [MailingKind.ALERT, MailingKind.REMINDER, MailingKind.UPDATE])
def test_what_to_do_first_comes_before_the_details(mails, kind):
    """On a telephone the first button is reached before facts and sources are read."""
    mail = mails[kind, "en"]

    for part in (mail.text, Page(mail.html).words):
        words = squeezed(part)
        assert words.index("Jailed for 14 days") < words.index("06:00 your time (Berlin); 10:00 in Almaty")
        assert words.index("10:00 in Almaty") < words.index("prosecutor@justice.example")
        assert words.index("So that your letter helps") < words.index("More about the case") < words.index("22 April")


def test_copies_are_explained_once_and_where_they_first_appear():
    """The second letter with the same copies does not say it all again."""
    first, *_ = pack_items("en")
    mail = rendered(replace(context(), pack=replace(pack("en"), items=(first, replace(first, target="second")))))

    for part in (mail.text, Page(mail.html).words):
        assert part.count("keeps the campaign informed") == part.count("a program counts the letter") == 1
        assert part.count("copies+token@solidarity.example") >= 2
        assert part.index("a program counts the letter") < part.index("Then, if you have a few minutes more")


def test_without_links_a_person_is_asked():
    """An installation without pages and bounces still tells how to leave."""
    mail = rendered(replace(context(), links=Links()))

    assert "To leave the list, answer this mail" in mail.text
    assert "To leave the list, answer this mail" in mail.html


def test_a_test_mail_says_so_everywhere():
    """Subject and both parts tell that nobody else got it."""
    mail = rendered(replace(context(MailingKind.CLOSING), test=True))

    assert mail.subject.startswith("[TEST] Please stop writing")
    assert "TEST. Only you got this mail" in mail.text
    assert "TEST. Only you got this mail" in mail.html


def stuffed(kind, payload):
    """Render a mail that has `payload` wherever somebody's text can stand."""
    sample, text = context(kind), LocalText({"en": payload})
    campaign = replace(sample.revision.campaign, title=text, summary=text, case=payload)
    item = replace(pack_items("en")[0], name=payload, letter=WrittenLetter("en", payload, payload))
    return rendered(
        replace(
            sample,
            revision=replace(sample.revision, campaign=campaign),
            supporter=replace(sample.supporter, person=Person("a@b.example", payload)),
            pack=replace(sample.pack, items=(item,)),
            withdrawn=(payload,),
        )
    )


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", [kind for kind in MailingKind if kind not in ASKED_FOR])
def test_hostile_texts_stay_texts(kind, payload):
    """Markup in a name, a title or a letter is shown and never runs."""
    mail = stuffed(kind, payload)
    page = Page(mail.html)

    assert page.elements == Page(stuffed(kind, "harmless").html).elements
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert squeezed(payload) in squeezed(mail.text)
    assert squeezed(payload) in squeezed(page.words)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nobody_can_write_to_strangers_by_the_form(payload):
    """Whatever somebody typed in, the mail that asks to confirm is the same."""
    assert stuffed(MailingKind.CONFIRM, payload) == stuffed(MailingKind.CONFIRM, "harmless")


OWN_PAGE, PREFERENCES = "https://solidarity.example/a/AAAA", "https://solidarity.example/p/AAAA"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [MailingKind.ALERT, MailingKind.REMINDER, MailingKind.UPDATE, MailingKind.CORRECTION])
def test_a_mail_with_letters_leads_to_the_supporters_own_page(mails, kind, language):
    """After the letters, before the advice, in both parts; the page for preferences is beside leaving."""
    for part in (mails[kind, language].text, mails[kind, language].html):
        assert part.index("prosecutor@justice.example") < part.rindex(OWN_PAGE) < part.index(PREFERENCES)
        assert part.index(PREFERENCES) < part.rindex("https://solidarity.example/u/AAAA")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_offers_to_say_so_before_the_letters(mails, language):
    """Who has written presses that and reads no further."""
    mail = mails[MailingKind.REMINDER, language]

    for part in (mail.text, mail.html):
        assert part.index(OWN_PAGE) < part.index("prosecutor@justice.example") < part.rindex(OWN_PAGE)
    assert mails[MailingKind.ALERT, language].text.count(OWN_PAGE) == 1


def test_a_closing_asks_for_no_letter_and_offers_no_page_of_letters(mails):
    """Nor does news of a case in which nothing can be done any more."""
    news = rendered(replace(context(MailingKind.UPDATE), pack=Pack((), "en", "UTC")))

    for mail in (mails[MailingKind.CLOSING, "en"], news):
        assert OWN_PAGE not in mail.text + mail.html
        assert PREFERENCES in mail.text
        assert PREFERENCES in mail.html


@pytest.mark.parametrize("kind", [kind for kind in MailingKind if kind not in ASKED_FOR])
def test_without_pages_nothing_speaks_of_them(kind):
    """No link, no button and no sentence about a page; answering the mail tells that one has written."""
    bare = rendered(replace(context(kind), links=replace(links(), action_url="", preferences_url="")))

    for part in (bare.text, bare.html):
        for words in ("/a/", "/p/", "I have sent it", "Change what we send you", "On the same page", "Not this case?"):
            assert words not in part
    if kind is MailingKind.REMINDER:
        assert "tell us by answering this mail" in bare.text


@pytest.mark.parametrize("kind", [kind for kind in MailingKind if kind not in ASKED_FOR])
def test_a_discreet_subject_tells_nothing_of_the_case(kind):
    """Nor does the first line that mail programs show beside it, or the title; not even "Please stop writing" wins."""
    sample = context(kind)
    person = replace(sample.supporter.person, discreet=True)
    mail = rendered(replace(sample, supporter=replace(sample.supporter, person=person)))
    shown = re.search(r'<div style="display:none[^>]*>(.*?)</div>', mail.html, re.DOTALL)

    assert mail.subject == "News from Example Solidarity Network"
    assert "<title>News from Example Solidarity Network</title>" in mail.html
    assert shown is not None
    assert shown[1] == "Example Solidarity Network"
    assert "Free the Almaty organiser" in mail.text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_title_makes_a_second_header(title):
    """Whatever stands in a title, the subject is one line without encoded words."""
    sample = context(MailingKind.CLOSING)
    campaign = replace(sample.revision.campaign, title=LocalText({"en": title}))
    subject = RENDERER.render(replace(sample, revision=replace(sample.revision, campaign=campaign))).subject

    assert subject.startswith("Please stop writing:")
    assert subject.isprintable()
    assert "=?" not in subject


def test_a_large_alert_is_not_clipped():
    """Six targets with long Russian letters and their translations stay below what mail programs clip."""
    body = {
        "ru": ("Пишу Вам, чтобы выразить протест. " * 8 + "\n\n") * 6,
        "en": ("I write to protest in this case. " * 8 + "\n\n") * 6,
    }
    link = "mailto:office@justice.example?subject=" + quote("Освободите А. Примера " * 2)
    items = tuple(
        replace(
            pack_items("en")[0],
            name=f"Office {number}",
            letter=WrittenLetter("ru", "Освободите", body["ru"]),
            translation=WrittenLetter("en", "Release", body["en"]),
            channels=tuple(replace(channel, mailto=link) for channel in pack_items("en")[0].channels),
        )
        for number in range(6)
    )
    html = rendered(replace(context(), pack=replace(pack("en"), items=items))).html

    assert len(body["ru"]) > 1500
    assert len(html.encode()) <= 90_000
    assert len(html.encode()) * 4 / 3 * 78 / 76 <= 100_000


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        ("{{ case.nonsense }}", r"mail/pieces\.html\.j2:1: .*nonsense"),
        ("{% if %}", r"mail/pieces\.html\.j2:1: "),
        ("{{ ''.__class__.__mro__ }}", r"mail/pieces\.html\.j2:1: .*unsafe"),
        ("{{ 1 / 0 }}", r"mail/pieces\.html\.j2:1: division by zero"),
        ("{{ range(10 ** 9) }}", r"mail/pieces\.html\.j2:1: .*[Rr]ange"),
        ("{{ none + 1 }}", r"mail/pieces\.html\.j2:1: "),
        ('{% include "mail/gone.j2" %}', r"no template mail/gone\.j2"),
        ('{% include "/etc/hostname" %}', r"no template /etc/hostname"),
    ],
)
def test_a_fault_in_a_template_is_told_with_file_and_line(fault, where):
    """The organiser who changed a template learns where to look, before anything is sent."""
    case = "" if "case" not in fault else "{% set case = {} %}"
    sources = {**revision().templates}
    sources["mail/pieces.html.j2"] = case + fault + sources["mail/pieces.html.j2"]

    with pytest.raises(RenderingError, match=where):
        check_templates(replace(revision(), templates=sources), now=NOW)


def test_a_fault_in_the_shared_phrases_is_told_by_its_own_name():
    """The file is offered under two names, and told by the one that it has."""
    sources = {**revision().templates}
    sources["mail/phrases.j2"] += "\n{{ nonsense }}\n"
    line = sources["mail/phrases.j2"].count("\n")

    with pytest.raises(RenderingError, match=rf"mail/phrases\.j2:{line}: 'nonsense' is undefined"):
        check_templates(replace(revision(), templates=sources), now=NOW)


def test_a_text_without_subject_is_refused():
    """The first line of a text template is the subject, also in an organiser's own."""
    sources = {**revision().templates, "mail/alert.txt.j2": "Hello\n"}

    with pytest.raises(RenderingError, match=r'mail/alert\.txt\.j2:1: the first line must be "Subject: ..."'):
        MailRenderer(replace(revision(), templates=sources)).render(context())


def test_a_missing_template_is_told():
    """A revision that was frozen without its templates is told apart from a fault in one."""
    with pytest.raises(RenderingError, match=r"there is no template mail/alert\.txt\.j2"):
        MailRenderer(replace(revision(), templates={})).render(context())


def test_the_shipped_templates_render_everything():
    """All kinds, languages and rarer forms render without an error."""
    check_templates(revision(), now=NOW)


def test_an_email_whose_letter_fits_says_so():
    """The button of a short letter fills in everything, and its link is in both parts."""
    family = pack_items("en")[5]
    mail = rendered(replace(context(), pack=replace(pack("en"), items=(family,))))

    assert "The button opens your mail program with the letter filled in." in Page(mail.html).words
    assert family.channels[0].mailto in mail.text
    assert family.channels[0].mailto in Page(mail.html).hrefs


def test_unsigned_letters_ask_for_no_name():
    """Where a name is a danger the mail says not to add it."""
    item = replace(pack_items("en")[0], initials_only=False, unsigned=True)
    mail = rendered(replace(context(), pack=replace(pack("en"), items=(item,))))

    for part in (mail.text, Page(mail.html).words):
        assert "do not add your name" in part
        assert "Add your name" not in part


def test_a_channel_that_is_unknown_to_the_button_has_none():
    """An e-mail channel without a link is still told with its address, and has no empty button."""
    bare = Channel(pack_items("en")[0].channels[0].kind, "office@justice.example", open=True)
    item = replace(pack_items("en")[0], letter=letter("en"), channels=(bare,))
    page = Page(rendered(replace(context(), pack=replace(pack("en"), items=(item,)))).html)

    assert page.buttons == []
    assert "office@justice.example" in page.words
