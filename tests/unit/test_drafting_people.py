"""Who is taken for a person of the case, and whom a target's name, a firm or a place keeps from it."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)


def people(text):
    """Return the people of a text, each with its doubt."""
    return [(one.text, one.doubt) for one in draft_of(text, TODAY).people]


def names(text):
    """Return the names of the people of a text."""
    return [name for name, _ in people(text)]


def test_a_person_of_the_title_is_sure():
    """Whoever the title names, and the text again, has no mark."""
    text = "Free Ann Sample!\n\nThe baker Ann Sample was arrested in the morning and is held without any charge."

    assert people(text) == [("Ann Sample", "")]


def test_a_person_named_once_is_marked():
    """A name that stands once beside an arrest is found, and has to be checked."""
    ((name, doubt),) = people("Free the bakers!\n\nOn Monday they were sacked, and Ann Sample was arrested.")

    assert name == "Ann Sample"
    assert doubt


@pytest.mark.parametrize(
    "firm",
    ["Southport Cannery", "Sample Bakery Ltd", "Beispiel Werke", "Fábrica Muestra", "Yellow River", "Exemple Mine"],
)
def test_a_firm_or_a_place_is_no_person(firm):
    """What has a word for a firm or a place in its name is nobody, however often it stands there."""
    text = f"Free the bakers!\n\n{firm} had them arrested. {firm} sacked forty bakers. Now {firm} wants them jailed."

    assert firm not in names(text)


def test_what_follows_the_word_for_a_place_is_no_person():
    """A name that mostly stands behind "in" or "the" is a town or a thing."""
    text = "Free the bakers!\n\nThey were arrested in Sample Minor. All were held in Sample Minor and charged."

    assert names(text) == []


def test_whoever_is_written_to_is_no_person_of_the_case():
    """A minister with an address is a target alone, also where the text tells of an arrest beside the name."""
    text = (
        "Free the bakers!\n\nThe arrested bakers wrote to Otto Muster. He had them jailed, said Otto Muster.\n\n"
        "Send protests to:\nOtto Muster, Minister of Bread\nm@bread.example"
    )

    assert names(text) == []


def test_an_initial_stays_with_its_name():
    """A first name of one letter is kept."""
    assert names("Free them!\n\nThe police had two bakers arrested, and B. Muster is still in jail.") == ["B. Muster"]


def test_a_group_with_a_town_is_no_sure_person():
    """German nouns have capitals: "Bäcker von Beispielstadt" is told of, and nobody's name."""
    text = (
        "Solidarität mit den Bäckern\n\nSeit Montag sind die Bäcker von Beispielstadt entlassen. Die Bäcker von "
        "Beispielstadt streiken, und auch Petra Muster wurde verhaftet. Petra Muster ist noch in Haft."
    )

    assert names(text) == ["Petra Muster"]


def test_a_title_is_no_part_of_a_name():
    """What reads 'Comrade' or 'Frau' stays outside."""
    assert names("Free them!\n\nOn Monday Comrade Ann Sample was arrested by the police at home.") == ["Ann Sample"]
    assert names(
        "Freiheit!\n\nAm Montag wurde die Genossin Petra Muster zu Hause verhaftet und ist noch nicht frei."
    ) == ["Petra Muster"]


@pytest.mark.parametrize("told", ["Ann Sample's", "Ann Sample’s"])
def test_a_name_ends_before_its_possessive(told):
    """What belongs to somebody tells the name without the ending."""
    assert names(f"Free them!\n\nThe lawyers demand that {told} arrest be looked into by a judge.") == ["Ann Sample"]


def test_bent_names_are_marked():
    """In a language that bends names, the one of the title has to be looked at too."""
    text = "Свободу Анне Примеровой!\n\nВ понедельник Анне Примеровой не дали адвоката, хотя арест был незаконным."

    assert all(doubt for _, doubt in people(text))


@pytest.mark.parametrize(
    ("again", "is_sure"),
    [
        ("The lawyers of Sample were not let in.", True),
        ("The lawyers of Bob Sample were not let in.", False),
        ("There is no lawyer.", False),
    ],
)
def test_a_surname_that_is_told_again_makes_a_person_sure(again, is_sure):
    """Firms and towns are not called by half their name; somebody else of that name is somebody else."""
    found = dict(people(f"Free the bakers!\n\nOn Monday Ann Sample was arrested, and is in prison. {again}"))

    assert (found["Ann Sample"] == "") is is_sure


@pytest.mark.parametrize(
    "told",
    [
        "Ann Sample, 34, baked bread there for years.",
        "We ask for the release of Ann Sample and for bread.",
        "Pastor Ann Sample was shot dead at the mill.",
        "Ann Sample, secretary of the bakers' union, was beaten.",
    ],
)
def test_whoever_is_told_of_with_an_age_or_a_deed_is_of_the_case(told):
    """A title before the name is no part of it."""
    assert names(f"Bread in the valley\n\nNobody here has bread any more since the mill is shut. {told}") == [
        "Ann Sample"
    ]


@pytest.mark.parametrize(
    "told", ["The killing was wrong, said Ann Sample of the mill.", "He was charged under the Bread Act last week."]
)
def test_who_speaks_and_what_is_a_law_is_not_of_the_case(told):
    """They stand beside what was done, too."""
    assert names(f"Bread in the valley\n\nNobody here has bread any more since the mill is shut. {told}") == []
