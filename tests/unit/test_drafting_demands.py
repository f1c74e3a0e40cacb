"""What an appeal demands is found in lists, clauses and letters; names, steps and calls to the reader are not."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)


def demands(text):
    """Return the demands that a text has, in its own words."""
    return [one.text.text for one in draft_of(text, TODAY).demands]


LISTS = {
    "en": ("We demand:", "the release of the bakers", "a public inquiry"),
    "ru": ("Мы требуем:", "освободить пекарей", "провести расследование"),
    "de": ("Wir fordern:", "Freilassung der Bäcker", "Eine Untersuchung des Falls"),
    "fr": ("Nous exigeons :", "la libération des boulangers", "une enquête publique"),
    "es": ("Exigimos:", "La libertad de los panaderos", "Una investigación pública"),
    "it": ("Chiediamo:", "la liberazione dei fornai", "un'inchiesta pubblica"),
    "pt": ("Exigimos:", "a libertação dos padeiros", "um inquérito público"),
    "nl": ("Wij eisen:", "Vrijlating van de bakkers", "Een openbaar onderzoek"),
    "pl": ("Żądamy:", "uwolnienia piekarzy", "publicznego śledztwa"),
    "cs": ("Žádáme:", "propuštění pekařů", "veřejné vyšetřování"),
    "no": ("Vi krever:", "løslatelse av bakerne", "en offentlig gransking"),
    "tr": ("Taleplerimiz:", "Fırıncılar serbest bırakılsın", "Olay soruşturulsun"),
}


@pytest.mark.parametrize("bullet", ["- ", "1. ", "• "])
@pytest.mark.parametrize("language", LISTS)
def test_the_items_below_a_demanding_line_are_demands(language, bullet):
    """Bulleted and numbered lists are read in every language, without their final marks."""
    opening, first, second = LISTS[language]

    assert demands(f"{opening}\n{bullet}{first};\n{bullet}{second}.") == [first, second]


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("Send protests demanding Ann Sample’s immediate release to:\na@x.example", "Ann Sample’s immediate release"),
        ("We demand the quick trial of those who burned the mill.", "the quick trial of those who burned the mill"),
        ("We call on the minister to withdraw the ban.", "withdraw the ban"),
        ("I urge your government to disclose all facts.", "disclose all facts"),
        (
            "Bakers are calling for solidarity to press the king to release Ann.",
            "press the king to release Ann",
        ),
        ("Please write to the court for the immediate release of Ann Sample.", "the immediate release of Ann Sample"),
        ("Wir fordern die sofortige Freilassung der Bäcker.", "die sofortige Freilassung der Bäcker"),
        ("Ich fordere Sie auf, die Bäcker freizulassen.", "die Bäcker freizulassen"),
        ("Nous appelons le gouvernement à libérer les boulangers.", "libérer les boulangers"),
        ("Exigimos la libertad de los panaderos.", "la libertad de los panaderos"),
        ("Domagamy się uwolnienia piekarzy.", "uwolnienia piekarzy"),
        ("Требуем освобождения пекарей.", "освобождения пекарей"),
        ("La campagna continua fino al rilascio degli altri fornai!", "rilascio degli altri fornai"),
        ("Mektup yazarak fırıncıların serbest bırakılmasını talep edin.", "fırıncıların serbest bırakılmasını"),
    ],
)
def test_a_clause_is_a_demand_in_the_grammar_of_the_text(text, demand):
    """What follows "we demand", "calling on .. to", "for the release of" is kept as it stands."""
    assert demands(text) == [demand]


def test_joined_clauses_are_demands_of_their_own():
    """'that A and that B' is two demands, and so are two nouns of doing."""
    assert demands("We demand that all accusations are dropped and that every baker is released.") == [
        "all accusations are dropped",
        "every baker is released",
    ]
    assert demands("We demand an end to the evictions and the return of the belongings.") == [
        "an end to the evictions",
        "the return of the belongings",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We call on our supporters to protest against this attack.",
        "We call for protests.",
        "We ask comrades to send faxes.",
        "The prosecutor demanded the arrest of the baker.",
        "The farmers were only calling on the king to open the mill.",
        "The movement called for a new law.",
        "A Campaign for the Release of Ann Sample met on Monday.",
        "Please do the following:\n1. Write a letter\n2. Send it today\n3. Tell us",
        "The arrested are:\n1. Ann Sample\n2. Bob Example\n3. Carl Muster",
        "We demand the release of:\n1. Ann Sample\n2. Bob Example",
        "Send protests to:\n- The Prosecutor, a@x.example\n- Your local Turkish embassy",
    ],
)
def test_names_steps_reports_and_calls_to_readers_are_no_demands(text):
    """Only what an office is asked to do is a demand."""
    assert not [one for one in demands(text) if one != "the release of"]


def test_a_letter_asks_the_office_and_not_the_reader():
    """In a letter "tell her family" is a demand, though telling is what readers do elsewhere."""
    letter = (
        "Dear Minister,\n\nI am writing about Ann Sample, who was taken from her home one night "
        "in October.\n\nI urge you to tell her family where she is."
    )

    assert demands(letter) == ["tell her family where she is"]


def test_the_translation_of_a_letter_demands_nothing_twice():
    """What stands once more in brackets is not counted again."""
    text = (
        "Beispielbrief:\n\nWe are writing to you about the bakers of Example Town who were jailed. "
        "We demand the release of all bakers.\n\n"
        "(Wir schreiben Ihnen wegen der Bäcker. Wir fordern die Freilassung aller Bäcker.)\n\n"
        "Schickt Proteste an a@x.example"
    )

    assert demands(text) == ["the release of all bakers"]


@pytest.mark.parametrize(
    ("demand", "standard"),
    [
        ("the release of Ann", "release"),
        ("all charges are dropped", "drop-charges"),
        ("a public inquiry", "inquiry"),
        ("reinstate the drivers", "reinstate"),
        ("an end to violence against bakers", "end-violence"),
        ("a fair trial", "fair-trial"),
        ("immediate access to a lawyer", "lawyer"),
        ("medical care for Ann", "medical-care"),
        ("a new bakery in every town", ""),
    ],
)
def test_what_a_standard_demand_says_is_told(demand, standard):
    """A demand that the product has in every language is recognised."""
    (found,) = draft_of(f"We demand:\n- {demand}\n- more bread for everybody who works", TODAY).demands[:1]

    assert found.standard == standard


def test_slogans_are_told_from_demands():
    """What no office can do is kept as a slogan."""
    found = draft_of(
        "We demand:\n1. A public inquiry\n2. Full support for the bakers\n3. For a workers' party of bread", TODAY
    ).demands

    assert [one.is_slogan for one in found] == [False, True, True]


@pytest.mark.parametrize("word", ["thugs", "regime", "stooges", "cowardly", "палачей", "Schergen", "reżimu", "sgherri"])
def test_a_harsh_word_is_doubted(word):
    """A word that would harm the case in a letter is marked, and kept."""
    (found,) = draft_of(f"We demand the arrest of these {word} at once.", TODAY).demands

    assert found.text.doubt == f"tone: {word.lower()}"


def test_what_a_title_cries_is_a_demand_where_nothing_else_is():
    """'Free the bakers' says once more what the text demands, or is all that it demands."""
    title = "Turkey: Free the jailed bakers"

    assert demands(f"{title}\n\nWe demand the release of all bakers.") == ["the release of all bakers"]
    assert demands(f"{title}\n\nThey were jailed on Monday.") == ["Free the jailed bakers"]


@pytest.mark.parametrize(
    "text",
    [
        "All bakers must be released at once, and the charges must be dropped",
        "The Ministry of Bread must open the bakeries again and pay the wages",
    ],
)
def test_what_must_be_done_is_a_demand(text):
    """A sentence that tells what an office must do, or what must be done to the people, is a demand as a whole."""
    assert demands(f"The bakers were jailed. {text}.") == [text]


def test_what_we_must_do_is_no_demand():
    """The reader's own duties are not the office's."""
    assert demands("We must not be released from our duty to bake bread for everybody.") == []


def test_the_first_sentence_of_a_long_item_is_the_demand():
    """Reasons that an item gives are left out."""
    reasons = " ".join(["Bread is what everybody needs, and nobody else in the town bakes it at night."] * 4)

    assert demands(f"We demand:\n- A public inquiry. {reasons}\n- More bread") == ["A public inquiry", "More bread"]


def test_a_stray_letter_before_several_lines_is_a_bullet():
    """A symbol font that was lost leaves the same letter before each item."""
    assert demands("We demand:\nl A public inquiry\nl More bread") == ["A public inquiry", "More bread"]
