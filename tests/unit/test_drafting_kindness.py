"""Cards, greetings and messages of support go to friends, in every language, and protests never do."""

from datetime import date

import pytest

from mailer.adapters.drafted import to_json
from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
CALL = (
    "Free the bakers!\n\nThe bakers have been locked out since Monday, because they asked for a clean well.\n\n"
    "Send protests to the Ministry of Bread: a@x.example, fax +44 20 7946 0101\n\n"
)


def channels(text):
    """Return the addresses of targets, of copies and of support."""
    found = to_json(draft_of(text, TODAY))
    return {row["email"] for row in found["targets"] if row["email"]}, found["copies_to"], found["solidarity"]


@pytest.mark.parametrize(
    "line",
    [
        "If you want to cheer her up, drop her a line: c@x.example",
        "Birthday cards for Anna reach her through c@x.example",
        "You can write to Anna herself at c@x.example",
        "Please send Anna a card: c@x.example",
        "Please also send a few kind words to her mother, c@x.example",
        "Grüße und Fotos für Anna bitte an c@x.example",
        "Schreibt ihr ein paar Zeilen: c@x.example",
        "Anna freut sich über jede Zeile: c@x.example",
        "Un petit mot pour Anna : c@x.example",
        "Écrivez-lui : c@x.example, cela lui fera plaisir.",
        "Escríbanle unas líneas a c@x.example",
        "Para darle ánimos a Anna: c@x.example",
        "Saludos solidarios: c@x.example",
        "Scrivetele due righe: c@x.example",
        "Attestati di solidarietà vanno inviati a c@x.example",
        "Escrevam-lhe umas linhas: c@x.example",
        "Mandem um abraço à família: c@x.example",
        "Een kaartje voor Anna: c@x.example",
        "Stuur haar een hart onder de riem: c@x.example",
        "Napiszcie do niej parę słów: c@x.example",
        "Kartki dla Anny: c@x.example",
        "Napište jí pár slov: c@x.example",
        "Pohlednice pro Annu: c@x.example",
        "Skriv noen ord til henne: c@x.example",
        "Et kort til Anna: c@x.example",
        "Напишите ей пару строк: c@x.example",
        "Поддержите семью добрым словом: c@x.example",
        "Anna'ya birkaç satır yazın: c@x.example",
        "Mahpuslara mektup: c@x.example",
    ],
)
def test_what_is_kind_is_no_protest(line):
    """A few lines to a prisoner, a card for strikers and greetings to a family are messages of support."""
    assert channels(CALL + line) == ({"a@x.example"}, [], ["c@x.example"])


@pytest.mark.parametrize(
    "line",
    [
        "Send a postcard to the mayor: c@x.example",
        "Letters to Brown Bread: c@x.example",
        "Send them a letter: c@x.example",
        "Write a few polite lines to Brown Bread: c@x.example",
        "Briefe für Annas Freilassung an: c@x.example",
        "Schreibt dem Bürgermeister eine Karte: c@x.example",
        "Show your solidarity with the bakers by writing to the director: c@x.example",
        "Escriban al alcalde en solidaridad con los panaderos: c@x.example",
        "N'hésitez pas à écrire au maire : c@x.example",
    ],
)
def test_a_card_to_an_office_is_a_protest(line):
    """Nobody is only greeted where an office is named, or anybody who is no friend."""
    assert channels(CALL + line) == ({"a@x.example", "c@x.example"}, [], [])


@pytest.mark.parametrize(
    "lines",
    [
        "In solidarity,\nThe Bakers' Committee\nc@x.example",
        "Mit solidarischen Grüßen\nKomitee Brot\nc@x.example",
        "Salutations solidaires,\nComité du pain\nc@x.example",
        "Saludos solidarios,\nComité del Pan\nc@x.example",
        "Saluti solidali\nComitato del pane\nc@x.example",
        "Met solidaire groet\nBroodcomité\nc@x.example",
        "Thanks to all for your kind words!\nThe strikers' committee, c@x.example",
    ],
)
def test_a_kind_close_is_a_signature(lines):
    """Who signs with greetings asks for none."""
    assert channels(CALL + lines) == ({"a@x.example"}, [], [])


@pytest.mark.parametrize(
    "line",
    [
        "Copies and messages of support to the union: c@x.example",
        "Kopie und Soligrüße an c@x.example",
        "Copias y mensajes de solidaridad al sindicato: c@x.example",
        "Copies to c@x.example. Messages of support can go to the same address.",
        "Copie au comité : c@x.example. Messages de soutien à Anna : même adresse.",
        "Kopie an c@x.example. Grüße an Anna bitte an dieselbe Adresse.",
        "Копии: c@x.example. Слова поддержки Анне — на тот же адрес.",
    ],
)
def test_one_address_may_be_for_copies_and_support(line):
    """Both are told: "copies and greetings to", and "the same address"."""
    assert channels(CALL + line) == ({"a@x.example"}, ["c@x.example"], ["c@x.example"])


def test_copies_of_messages_of_support_are_copies():
    """What is copied makes no address one for support."""
    assert channels(CALL + "Copies of your messages of support to c@x.example")[1:] == (["c@x.example"], [])


def test_below_the_address_for_support_those_who_ask_sign():
    """A signature in a new paragraph gets no messages of support."""
    text = (
        "She is free! Please do not send any more protests.\n\nIf you want to congratulate her: c@x.example\n\n"
        "Bakers' Committee, d@x.example"
    )

    assert channels(text) == (set(), [], ["c@x.example"])


@pytest.mark.parametrize(
    "line",
    [
        "Please never write to this ministry again.",
        "Don't phone that ministry.",
        "No further letters to the ministry are needed.",
        "Schreibt dem Ministerium bitte nicht mehr.",
        "Al ministro no es necesario escribirle.",
        "Non scrivete più al ministro.",
        "Не пишите министру.",
    ],
)
def test_who_is_not_to_be_written_to_makes_no_protest(line):
    """After a refusal, what is left to be done is something kind."""
    text = f"They are out of prison.\n\n{line}\n\nKind words for Anna: c@x.example\n\nBakers' Hall: d@x.example"

    assert channels(text)[0] == set()


@pytest.mark.parametrize(
    "line",
    [
        "Do not forget to write to the Minister of Health: c@x.example",
        "Do not send form letters, but write in your own words to the Minister of Health: c@x.example",
        "Minister of Health (no fax): c@x.example",
        "Vergesst nicht, dem Gesundheitsminister zu schreiben: c@x.example",
        "No olviden escribir al alcalde: c@x.example",
    ],
)
def test_not_to_forget_is_to_write(line):
    """A denied word that is no call, and a second call, leave an office written to."""
    assert channels(CALL + line)[0] == {"a@x.example", "c@x.example"}


@pytest.mark.parametrize(
    "line",
    [
        "Show her that many are thinking of her: c@x.example",
        "Those who want to write to her: c@x.example",
        "We also send greetings to Anna, c@x.example",
        "Post for Anna goes through us: c@x.example",
        "Eure Soli-Fotos schickt an c@x.example",
        "Saludos a c@x.example",
        "Manden sus cartitas para Anna: c@x.example",
        "Umas palavrinhas para a Anna: c@x.example",
        "Передать письмо Анне через нас: c@x.example",
        "Пожелайте Анне удачи: c@x.example",
        "Anna kan via ons schrijven: c@x.example",
    ],
)
def test_more_words_are_kind(line):
    """Greetings, photos, and what those who ask pass on are for friends."""
    assert channels(CALL + line) == ({"a@x.example"}, [], ["c@x.example"])
