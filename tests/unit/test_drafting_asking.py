"""In how many ways is something asked? Verbs of each language, duties, announced words; each cut where it ends."""

from __future__ import annotations

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.duties import clauses_each, is_of_firm
from mailer.core.drafting.series import series_in

BEFORE = "Appeal from the valley\n\nAnna Baker has been held since May. She baked for the whole street.\n\n"


def demands(text: str) -> tuple[str, ...]:
    """Return what an appeal demands that holds a text."""
    return tuple(one.text.text for one in draft_of(f"{BEFORE}{text}", date(2026, 11, 22)).demands)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Press the council to reopen the oven.", "reopen the oven"),
        ("Настаивайте на пересмотре дела пекарей.", "пересмотре дела пекарей"),
        ("Setzen Sie sich dafür ein, dass der Bäcker freigelassen wird.", "der Bäcker freigelassen wird"),
        ("Insistez pour que les salaires soient payés.", "les salaires soient payés"),
        ("Solicítenle al alcalde que reabra el horno.", "reabra el horno"),
        ("Rivendicate il pagamento degli stipendi.", "il pagamento degli stipendi"),
        ("Cobrem da prefeitura a reabertura do forno.", "a reabertura do forno"),
        ("Dring er bij de directie op aan de ontslagen in te trekken.", "de ontslagen in te trekken"),
        ("Zwróćcie się do prezydenta o ułaskawienie piekarzy.", "ułaskawienie piekarzy"),
        ("Apelujte na ředitele, ať vezme zpět výpovědi.", "vezme zpět výpovědi"),
        ("Be ordføreren om å gjenåpne bakeriet.", "gjenåpne bakeriet"),
        ("Fırının yeniden açılmasını isteyiniz.", "Fırının yeniden açılmasını"),
    ],
)
def test_every_language_has_its_verbs_of_asking(text, told):
    """The imperative that a reader is given asks, with the clause that its language puts behind it."""
    assert demands(text) == (told,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sagt, dass er verlegt werden muss und dass seine Anwältin zu ihm darf.", 2),
        ("Écrivez que le pain doit passer, que Paul doit sortir.", 2),
        ("Tell them get Anna her bread now, get her out of the cellar, and let her mother see her.", 3),
        ("Would you ask the minister to reopen the oven?", 1),
        ("Zou u de minister willen verzoeken om de oven te openen?", 1),
        ("The minister said that the baker must wait.", 0),
    ],
)
def test_what_somebody_is_to_be_told_is_asked_where_it_must_be_done(text, told):
    """A duty behind "say that", or an order behind "tell them", is a demand; what a minister said is none."""
    assert len(demands(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two lines are enough - free Anna Baker, and treat her cough in a hospital.", 2),
        ("What to say? Enough of the fines. An oven for the street at once.", 2),
        ("Cosa dire? Basta multe. Forno riaperto subito.", 2),
        ("Stačí pár vět:\n\n– propusťte Annu Baker\n– otevřete pec", 2),
        ("What to say? I wrote to him, too.", 0),
    ],
)
def test_what_is_announced_to_be_said_is_asked(text, told):
    """Behind "two lines are enough" and "what to say?" stands what an office is to read."""
    assert len(demands(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "Management should withdraw the dismissals.",
        "Die Firma muss die Löhne zahlen.",
        "La direction doit réintégrer les boulangers.",
        "La empresa debe pagar los salarios.",
        "L'azienda deve pagare gli stipendi.",
        "Het bedrijf moet de lonen uitbetalen.",
        "Firma musi wypłacić pensje.",
        "Selskapet må betale lønningene.",
        "Власти должны освободить пекарей.",
        "Que se reabra el horno de la calle.",
    ],
)
def test_what_a_firm_or_an_office_must_do_is_asked_as_a_whole(text):
    """Whoever runs a thing is told what is to be done, though nobody says that it is demanded."""
    assert demands(text) == (text.rstrip("."),)


def test_a_firms_deeds_are_each_a_demand():
    """A series behind one "must" names several."""
    text = "L'usine doit réintégrer Paul, suspendre le chef et arrêter les amendes."

    assert demands(text) == ("réintégrer Paul", "suspendre le chef", "arrêter les amendes")


@pytest.mark.parametrize(
    ("told", "opener", "count"),
    [
        ("the oven be opened and the bakers be paid", "that", 2),
        ("le four soit rouvert et les boulangers soient payés", "que", 2),
        ("the oven and the shop be opened", "that", 0),
        ("the oven be opened and the bakers be paid", "to", 0),
    ],
)
def test_clauses_with_a_subject_each_are_demands_each(told, opener, count):
    """Behind a "that" every part needs its own subject and its own verb."""
    assert len(clauses_each(told, opener)) == count


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("the immediate and unconditional release of Anna, the dropping of all fines and the return of the oven", 3),
        ("recall of all the bakers, reversal of the fees and immediate unchaining and release of Anna", 3),
        ("la presentación con vida de Anna, garantizar su integridad", 2),
        ("medidas para proteger y garantizar su vida", 1),
        ("return the flour taken and let the oven back to the street", 1),
    ],
)
def test_a_series_begins_where_its_first_deed_ends(told, count):
    """Adjectives that are joined part nothing, and an infinitive may follow a noun of doing."""
    assert len(series_in(told)) == count


@pytest.mark.parametrize(
    "text",
    [
        "On ne demande rien à la justice.",
        "Non chiediamo favori a nessuno.",
        "Call the office at 555 0100 12 and ask for the major on shift.",
        "Apelamos às padarias irmãs para que façam chegar idêntica posição ao Ministério.",
        "Pedimos que na vossa assembleia aprovem uma moção.",
        "They ran a campaign to press the council to change the rules.",
    ],
)
def test_what_nobody_is_asked_for_is_no_demand(text):
    """A "no" before the verb, a call to the telephone, and what readers pass on."""
    assert demands(text) == ()


@pytest.mark.parametrize(
    ("told", "is_firm"), [("The management must", True), ("l'usine doit", True), ("She must", False)]
)
def test_a_firm_is_told_by_its_name(told, is_firm):
    """Only who runs something has a duty by itself."""
    assert is_of_firm(told) is is_firm


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The mill is shut.\n\nWrite to the mayor.\n\nThe millers must be paid at once.",
            "The millers must be paid at once",
        ),
        ("The mayor could end this by reopening the mill.", "reopening the mill"),
        ("Ask two things of the mayor. The first is that the mill reopen.", "the mill reopen"),
        ("They go back to work only if\n- the mill reopens,\n- all wages are paid.", "the mill reopens"),
    ],
)
def test_a_deed_is_asked_for_beside_the_usual_words(text, wanted):
    """What must be done, a way out, what is counted and what is a condition are demands."""
    assert wanted in [one.rstrip(" .!,") for one in demands(text)]


@pytest.mark.parametrize(
    "text",
    [
        "An expert calls for a reopening of the mill.",
        "The owner says readers demand the release of such stories.",
        "Why did they call for an end to the strike?",
    ],
)
def test_what_others_want_is_a_story(text):
    """Outsiders, what somebody says of others, and questions demand nothing."""
    assert not demands(text)


@pytest.mark.parametrize(
    "text",
    [
        "Visitors must wear a helmet at the gate.",
        "The show must go on!",
        "Stop press: the talks resumed.",
        "The minister could end this by sending in the army, he said.",
        "We demand an answer. The last is now in hospital.",
        "You should know that the office must receive your letters by Friday.",
        "It is time the public knew the truth.",
        "What: a picket outside the bakery.",
        "Points: the bakers earn little, work at night and have no masks.",
    ],
)
def test_everyday_words_demand_nothing(text):
    """What visitors must do, a way out that is a threat, and what is only told, are no demands."""
    found = [
        one.rstrip(" .!,")
        for one in demands("The bakers of the mill are on strike.\n\nNothing has come of it.\n\n" + text)
    ]

    assert found in ([], ["an answer"])


@pytest.mark.parametrize(
    "text",
    [
        "The union says its members demand the payment of all wages.",
        "Our lawyers demand the payment of all wages.",
        "Do not ask nicely: demand the payment of all wages.",
    ],
)
def test_what_our_own_side_wants_is_demanded(text):
    """Also where it is told like a report."""
    assert [one.rstrip(" .") for one in demands(text)] == ["the payment of all wages"]
