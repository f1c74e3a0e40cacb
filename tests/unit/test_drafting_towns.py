"""The country of an appeal that names none: told by its towns, by its states, or assumed from its language."""

from __future__ import annotations

import pytest

from mailer.adapters.drafting_lore import lore
from mailer.core.drafting.page import read_page
from mailer.core.drafting.towns import named_towns
from tests.unit.test_drafting_case import drafted


def towns(text: str) -> list[str]:
    """Return the countries of the towns that a text names."""
    return sorted({code for town in named_towns(read_page(text), lore()) for code in town.codes})


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The prefect of Piacenza has forbidden the picket.", "IT"),
        ("Los mineros de Antofagasta siguen en huelga, y los de Calama también.", "CL"),
        ("Les ouvrières de Roubaix sont en grève depuis lundi.", "FR"),
        ("Рабочие пекарни в Перми бастуют третью неделю.", "RU"),
        ("Pracownicy magazynu we Wrocławiu strajkują od poniedziałku.", "PL"),
        ("Pekaři v Brně stávkují už třetí týden.", "CZ"),
        ("Fırıncılar İzmir'de üç haftadır direniyor.", "TR"),
        ("The bakers of Topeka, Kansas, were dismissed.", "US"),
        ("The bakers of Thunder Bay, Ontario, were dismissed.", "CA"),
        ("As padeiras de São Bernardo do Campo foram despedidas.", "BR"),
        ("Пишите: 620000, Екатеринбург, ул. Примерная, 1", "RU"),
        ("Выходите к посольствам РФ!", "RU"),
        ("Kinshasa, 3 mai. Les boulangers sont en prison.", "CD"),
    ],
)
def test_a_town_tells_the_country(text: str, country: str) -> None:
    """In the languages of appeals, and as each bends the name."""
    assert drafted(text).country.text == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Los presos de Angol, en huelga de hambre. Angol los olvida.", "CL"),
        ("Свободу Даниле! Данила сидит в Перми.", "RU"),
        ("Les boulangers de Goma et de Kananga, au Congo, sont en prison. Congo : écrivez !", "CD"),
        ("Congo : les boulangers sont en prison.", "CG"),
    ],
)
def test_a_town_is_not_taken_for_the_country_whose_name_is_like_it(text: str, country: str) -> None:
    """Nor a first name for a people; and of two Congos the towns tell which."""
    assert drafted(text).country.text == country


@pytest.mark.parametrize(
    "text",
    [
        "In March the Union said that Mary Green would not appear.",
        "Como siempre, la Libertad y el Progreso de la Reforma",
        "Berlin said so.",  # first in its sentence, and nothing says that it is a place
        "They met in Geneva and in Brussels.",
        "We met in the market and on the long road.",
    ],
)
def test_words_that_are_towns_somewhere_are_none_here(text: str) -> None:
    """Words, names of people, and where the whole world meets."""
    assert towns(text) == []


def test_a_name_counts_everywhere_once_it_stood_as_a_town() -> None:
    """The first time tells that it is one; a town of several countries is one of each."""
    (town,) = named_towns(read_page("Dortmund strikes. The bakers in Dortmund strike."), lore())

    assert town.codes == ("DE",)
    assert len(town.at) == 2
    assert len(towns("the bakers of Birmingham")) == 2


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Die Bäckerinnen sind seit einem Monat im Gefängnis und nicht vor Gericht", "DE"),
        ("I fornai sono in carcere da un mese e non sono stati ascoltati", "IT"),
        ("The bakers are in prison and were not heard by the court", ""),
        ("Los panaderos están en la cárcel y no fueron escuchados por el juez", ""),
    ],
)
def test_a_language_that_is_spoken_in_one_country_tells_it_with_a_doubt(text: str, country: str) -> None:
    """Others tell nothing."""
    found = drafted(text).country

    assert found.text == country
    assert found.doubt == ("assumed from the language" if country else "the text names no country")


@pytest.mark.parametrize(
    ("lines", "country"),
    [
        ("The buyer is a Danish brand.\nWrite to Flour Works Ltd, fax +94 11 225 3391", "LK"),
        (
            "Nos apoyan en Francia desde hace un mes y medio.\nEscriban al ministro de Trabajo, fax 00 51 1 234 5678",
            "PE",
        ),
        ("The owner sits in Turkey.\nWrite to the minister of labour, fax 020 7946 0101", "TR"),
        ("Our friends are in Turkey.\nWrite to the embassy of Turkey in London, fax +44 20 7946 0101", "TR"),
    ],
)
def test_the_number_of_a_target_tells_its_country(lines: str, country: str) -> None:
    """Where it spells its country code; that of an embassy tells only where it is."""
    assert drafted(f"The bakers are out\n\nThe gates are shut.\nNobody was heard.\n{lines}").country.text == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The magistrates' court fined the bakers. Write to the Home Secretary.", "GB"),
        ("The bakers lie in the county jail. Write to the district attorney.", "US"),
        ("The Garda took the bakers away, and the Dáil was silent.", "IE"),
        ("Die Bäcker klagen vor dem Arbeitsgericht. Schreibt an das Landratsamt.", "DE"),
        ("Пекарей держат в колонии. Пишите во ФСИН и в Госдуму.", "RU"),
    ],
)
def test_an_institution_that_only_one_country_has_tells_it(text: str, country: str) -> None:
    """Without any name of a place, and not by the language alone."""
    found = drafted(text).country

    assert found.text == country
    assert found.doubt != "assumed from the language"


def test_cheques_are_no_czechs() -> None:
    """Nor is who writes one."""
    assert not drafted("Write to the minister. Cheques are welcome, and every cheque helps.").country.text


def test_of_two_countries_the_one_whose_language_it_is_counts_for_more() -> None:
    """As much is told of both."""
    text = "Die Bäckerinnen aus {} und aus {} sind seit einem Monat im Gefängnis und nicht vor Gericht"

    assert drafted(text.format("Polen", "Österreich")).country.text == "AT"
    assert drafted(text.format("Österreich", "Polen")).country.text == "AT"


def test_names_are_kept_as_words_are() -> None:
    """In lower case and without signs, each with codes of countries."""
    known = lore().towns

    assert len(known) > 30_000
    assert all(name == name.lower() and codes.replace(" ", "").isupper() for name, codes in known.items())
    assert known["port au prince"] == "HT"
