"""Which words beside the asking ones tell what is wished, of whom, up to where, and which only seem to?"""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
CALL = "Write to the mayor, mayor@town.example.\n\n"


def demands(text):
    """Return the demands of a text that calls to write."""
    return [one.text.text for one in draft_of(CALL + text, TODAY).demands]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Please write to the bakery. They should release all the flour.", ["They should release all the flour"]),
        (
            "Schreibt dem Bürgermeister, er soll die Bäckerei wieder öffnen.",
            ["er soll die Bäckerei wieder öffnen"],
        ),
        (
            "Écrivez à la mairie : qu'ils rouvrent le fournil et qu'ils paient Anne !",
            ["rouvrent le fournil", "paient Anne"],
        ),
        ("Liguem à câmara. Que abram o forno e que paguem a farinha!", ["abram o forno", "paguem a farinha"]),
        (
            "Ruft das Rathaus an und sagt freundlich aber deutlich: Backstopp bis zum Urteil!",
            ["Backstopp bis zum Urteil"],
        ),
        ("« M. le Maire, libérez la boulangère »", ["libérez la boulangère"]),
        ('Uma frase chega: "Reabram o forno da praça!" Amanhã há pão.', ["Reabram o forno da praça"]),
        ("Vom Backamt erwarten wir, dass es den Ofen öffnet.", ["den Ofen öffnet"]),
    ],
)
def test_what_is_wished_of_those_who_are_written_to_is_a_demand(text, told):
    """By a pronoun and its duty, a "that", what is to be said, or whom a quote speaks to: it is asked of them."""
    assert demands(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("EXIGIMOS al Estado ejemplar\n\n* Abrir el horno.\n* Pagar la harina.", ["Abrir el horno", "Pagar la harina"]),
        (
            "We ask the Council that\n(1) the ovens are opened\n(2) Ann is released\nand we ask of the mill that\n"
            "(3) the flour is paid for",
            ["the ovens are opened", "Ann is released", "the flour is paid for"],
        ),
        (
            "Tell them they must (1) reopen the bakery, (2) pay the wages and (3) release Ann.",
            ["reopen the bakery", "pay the wages", "release Ann"],
        ),
        (
            "Please send faxes:\n- calling on the mayor to find the flour and to make it public;\n- calling for bread.",
            ["find the flour and to make it public", "bread"],
        ),
        (
            "SOLICITAMOS:\nA las autoridades, pagar la harina y abrir el horno.\nAl Alcalde Mayor, que libere a Ana.",
            ["pagar la harina", "abrir el horno", "que libere a Ana"],
        ),
    ],
)
def test_a_list_may_open_with_whom_it_is_asked_of(text, told):
    """Without a colon, with a "that", with numbers in a sentence; an item that calls is one demand."""
    assert demands(text)[: len(told)] == told[: len(demands(text))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ask them to free Ann and reopen the bakery, the next hearing is on Friday.",
            ["free Ann", "reopen the bakery"],
        ),
        ("Tell the mayor to accept the vote, whatever it is.", ["accept the vote"]),
        (
            "Please write a letter asking for her release on grounds of health (don't send it from work).",
            ["her release on grounds of health"],
        ),
        (
            "We ask the mayor to order the release of Ann and the return of her oven.",
            ["order the release of Ann and the return of her oven"],
        ),
        (
            "We demand that she be given access to her lawyer and the medication she needs.",
            ["she be given access to her lawyer and the medication she needs"],
        ),
        ("Exigimos investigar y sancionar a los culpables.", ["investigar y sancionar a los culpables"]),
        (
            "I sottoscritti chiedono il reintegro di Anna, e vi ritengono responsabili del forno.",
            ["il reintegro di Anna"],
        ),
    ],
)
def test_a_demand_ends_where_something_else_begins(text, told):
    """A new sentence behind a comma, an aside to the reader, a second object and who is held to blame are no more."""
    assert demands(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Le syndicat appelle les confrères à observer une journée sans pain.",
        "El gremio llama a la comunidad nacional e internacional a dirigirse a las siguientes autoridades:",
        "La guilde appelle à la grève à compter du vendredi 13.",
        "Unsere Bitte: Schickt bis zum 20. Juni einen Brief an die Bäckerei.",
        "Demandez le nom de la personne qui vous répond.",
        "Le pedimos al molino una muestra y respondieron que no hay harina.",
        "A movement that demands the closure of the bakery has grown.",
        "Mesajların bir örneğini firin@ornek.example adresine iletmenizi rica ederiz.",
        "The leaders of the guild should declare a general strike.",
        "Recent campaigns\nFree the bakers of Example!\nStop the raids on the mill!",
    ],
)
def test_what_readers_and_others_do_is_no_demand(text):
    """Movements, callers, stories, copies and titles of other pages: nothing that an office is to do."""
    assert demands(text) == []


def test_who_says_that_nobody_is_to_write_any_more_demands_nothing():
    """What was once demanded is over, and stays where an office is still to be asked something."""
    told = "Anna is home! Our demand that she should stay with her oven has been heard.\n\n"

    assert not draft_of(told + "Please don't send any more faxes to the airline.", TODAY).demands
