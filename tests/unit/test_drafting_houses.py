"""Addresses without codes, and demands behind numbers and of councils, are read by their structure."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)


def posts(text):
    """Return the postal addresses of those who are written to, lines joined by a comma."""
    targets = (one for one in draft_of(text, TODAY).targets if one.role is Role.TARGET)
    return [", ".join(post.text.split("\n")) for one in targets for post in one.post]


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("The Example Trades Council demands that the bakers be released.", ["the bakers be released"]),
        (
            "Le Conseil syndical demande la réintégration des boulangers et la fin des poursuites.",
            ["la réintégration des boulangers", "la fin des poursuites"],
        ),
        ("Lo exigimos juntos y lo ganamos juntos.", []),
    ],
)
def test_a_council_asks_and_a_pronoun_does_not(text, demands):
    """A body whose name is that of an office asks in the third person; what was asked before is no demand."""
    assert [one.text.text for one in draft_of(text, TODAY).demands] == demands


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "Please write to: The Mayor of Exampletown, Old Customs House, Exampletown, fax +44 20 7946 0001",
            "Mayor of Exampletown, Old Customs House, Exampletown",
        ),
        (
            "Write to:\nThe Police Commissioner, Police Headquarters, Exampletown 1 (Dear Sir, fax +44 20 7946 0001)",
            "Police Commissioner, Police Headquarters, Exampletown 1",
        ),
        (
            "Escriban: Alcalde de Ejemplo, Dr. Juan Muestra, Edificio Central, Ejemplo, tel. +34 91 555 0101",
            "Alcalde de Ejemplo, Dr. Juan Muestra, Edificio Central, Ejemplo",
        ),
        (
            "Escreva:\nMinistro do Pão - Palácio dos Fornos, Bloco B, 2º andar - 70000-100 Exemplo - fax +55 61 2025",
            "Ministro do Pão - Palácio dos Fornos, Bloco B, 2º andar - 70000-100 Exemplo",
        ),
        (
            "Send letters to the Minister of Bread, Hon. Sam Sample (Private Bag 12, Sample City, Exampletown 3; "
            "bread@ministry.example).",
            "Minister of Bread, Hon. Sam Sample (Private Bag 12, Sample City, Exampletown 3",
        ),
        (
            "Lütfen yazın:\nÖrnek Ekmek San. ve Tic. A.Ş.\nÖrnek Mah. Fırın Sok. No: 4 Örnekköy\nFaks: 0212 555 01 01",
            "Örnek Ekmek San. ve Tic. A.Ş., Örnek Mah. Fırın Sok. No: 4 Örnekköy",
        ),
        (
            "Write to the Bread Fund, Att. Complaints Desk, P.O. Box 12, FI-00100 Exampleby, bread@fund.example.",
            "Bread Fund, Att. Complaints Desk, P.O. Box 12, FI-00100 Exampleby",
        ),
        (
            "Escriban:\nMinisterio del Pan: Horno 18 esq. Harina, Ejemplo, fax +54 11 5555 0101",
            "Horno 18 esq. Harina, Ejemplo",
        ),
    ],
)
def test_the_pieces_of_one_address_stay_together(text, post):
    """Who is written to, the building and the town belong together: in prose, in brackets, below a firm's name."""
    assert any(post in one for one in posts(text)), posts(text)


@pytest.mark.parametrize("town", ["Bread Bay 2010", "Exampletown-4000", "Exampletown NSW 2010"])
def test_a_code_may_stand_behind_its_town(town):
    """Four digits behind the last name of a line are its code, and no year."""
    text = f"Please write to:\n\nMinister of Bread\n12 Sample Street\nExample Hill, {town}\nFax: +44 20 7946 0001"

    assert posts(text) == [f"Minister of Bread, 12 Sample Street, Example Hill, {town}"]


@pytest.mark.parametrize(
    "line",
    [
        "Unsubscribe | Settings | Read online",
        "PRESS RELEASE No 17-2012",
        "NOTA DE PRENSA Nº 17-2012",
        "Village Council Resolution 2011-12",
        "EXAMPLE PARISH NEWS, Advent 2012 - page 4",
        "12 Comments",
        "Am 12. Mai um 10.30 Uhr, Amtsgericht Beispiel, Beispielplatz 4, Saal 12.",
        "Sabato volantinaggio: Esempio via Forno ore 15, Paneto via Farina ore 16.",
        "La panadería pidió un horno a la Calle del Pan en el 2012.",
    ],
)
def test_menus_numbers_of_papers_and_meetings_are_no_address(line):
    """A page's menu, the number of a press release, comments, and where something takes place are not written to."""
    assert posts(f"{line}\n\nPlease write to the mayor, mayor@town.example, and ask her to reopen the bakery.") == []


@pytest.mark.parametrize(
    ("after", "is_written_to"),
    [("\nfax (812) 555-01-01\nprison@example.example", True), ("\n\nNo stickers, please.", False)],
)
def test_a_prison_with_a_number_is_an_office(after, is_written_to):
    """No prisoner has a fax: a prison's address with one is that of the office, and without one post for prisoners."""
    text = f"Please write and call!\n\nExampletown Prison\n12 Sample Street, Exampletown EX1 2AB{after}\n"

    assert bool(posts(text)) is is_written_to
