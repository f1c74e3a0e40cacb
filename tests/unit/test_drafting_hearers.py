"""Who is to do what is asked? What readers and their groups are to do is no demand, and neither is a mere report."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
CASE = "Nine millers of Sample Town have been in jail since 3 May 2026.\n\n"
LETTER = (
    "Dear Minister,\n\nFor nine weeks now the mill of Sample Town has been shut, and nobody there has any bread.\n\n"
)


def demands(text):
    """Return the demands that a text has, in its own words."""
    return [one.text.text for one in draft_of(text, TODAY).demands]


def test_what_is_to_be_written_in_a_letter_is_demanded():
    """After "in your letter" a bare form asks, and an office in its clause ends nothing."""
    text = CASE + "In your letter demand that the wheel be given back to general use at once."

    assert demands(text) == ["the wheel be given back to general use at once"]


@pytest.mark.parametrize(
    "text",
    [
        "Die Mühle steht seit Mai still, daher bitten wir Sie, nach dem 4. Juni keine Appelle mehr zu verschicken.",
        "La meunière Ana pide la colaboración de los vecinos para enviar cartas al alcalde.",
        "Le comité vous demande d'intervenir auprès du maire en lui adressant un courrier avec vos noms.",
        "Nous vous demandons d'écrire au maire avant la fin du mois.",
    ],
)
def test_who_is_politely_asked_to_send_a_message_is_the_reader(text):
    """What ends with a message that is to be sent is no demand, be the reader spoken to as politely as an office."""
    assert demands(text) == []


def test_a_noun_written_large_is_no_verb_of_another_language():
    """German "Appelle" is no French verb, so what comes before it is not cut off."""
    text = "Bitten Sie den Minister, auf alle Appelle der Müller zu antworten und die Mühle wieder zu öffnen."

    assert any("Appelle" in one for one in demands(text))


def test_what_stands_below_an_address_that_is_announced_is_no_list_of_demands():
    """What says "at the following address:" is followed by where to write, whatever asks before it."""
    text = CASE + (
        "Le comité vous demande d'écrire au maire, à l'adresse suivante, avant le 4 juin :\n\n"
        "Aux bons soins de la mairie\nMoulin de la Ville\n"
    )

    assert demands(text) == []


def test_groups_that_a_letter_calls_upon_are_no_office():
    """What supporters are to do stands in what is sent to the office too, and is not asked of it."""
    text = LETTER + "We demand that the mill be reopened. We urge all bakers, supporters and their organisations to "
    text += "spread the news of it."

    assert demands(text) == ["the mill be reopened"]


def test_a_cry_gives_way_to_the_sentence_that_asks_the_same():
    """The cry "Free the millers!" says nothing that "we demand their release" does not say."""
    cry = "Free the nine millers of Sample Town!"

    assert demands(f"{LETTER}{cry} We demand the immediate release of all nine.") == [
        "the immediate release of all nine"
    ]
    assert demands(f"{LETTER}{cry} We demand that the mill be rebuilt.") == [cry, "the mill be rebuilt"]


@pytest.mark.parametrize(
    "text",
    [
        "Der Verein der Müller verlangt seit Jahren bessere Straßen.",
        "Les meuniers réclament depuis des mois de meilleures routes.",
        "Der Verein der Müller fordert seine Mitglieder auf, an dem Umzug teilzunehmen.",
        "They put pressure on him to sign the paper.",
    ],
)
def test_a_report_of_what_others_asked_is_no_demand(text):
    """What was asked by others, for years, of their members, or by force, is not asked by the appeal."""
    assert demands(CASE + text) == []


def test_an_appeal_made_by_others_is_a_report():
    """An "exhorto hecho por .." names what others asked, beside what the appeal itself asks."""
    text = (
        CASE
        + "Exijan la reapertura del molino.\n\nTambién está el exhorto hecho por el gremio al alcalde, Juan Ejemplo, "
    )
    text += "para que realice una visita."

    assert demands(text) == ["la reapertura del molino"]


@pytest.mark.parametrize("whom", ["Anna Miller at the front desk.", "the warden and say that you are worried."])
def test_who_is_asked_for_by_telephone_is_no_demand(whom):
    """What says "ask for the warden" tells who is to come to the telephone; "ask for an inquiry" demands."""
    assert demands(f"{CASE}Call 020 7946 0123 and ask for {whom}") == []
    assert demands(f"{CASE}Call 020 7946 0123 and ask for an inquiry into the fire.") == ["an inquiry into the fire"]


def test_pressure_on_an_office_asks_of_it():
    """What is said "to put pressure on the council to reopen it" is what the council is to do."""
    text = CASE + "Please write to the mayor to put pressure on the council to reopen the mill."

    assert demands(text) == ["reopen the mill"]


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("Call the mayor and tell her the millers should be rehired at once.", "the millers should be rehired at once"),
        ("Schrijf de burgemeester en vraag hem de molen te heropenen.", "de molen te heropenen"),
        ("É urgente exigirmos a reabertura do moinho.", "a reabertura do moinho"),
        (
            "It is time for the government to release the millers.",
            "It is time for the government to release the millers",
        ),
    ],
)
def test_a_demand_begins_behind_the_one_who_is_told(text, demand):
    """Neither "her" nor "him" belongs to what they are asked to do."""
    assert demands(CASE + text) == [demand]
