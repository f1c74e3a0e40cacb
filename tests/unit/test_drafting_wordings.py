"""What an address is for, in wordings of many languages: copies, support, enquiries, own embassies."""

from datetime import date

import pytest

from mailer.adapters.drafted import to_json
from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
CALL = (
    "Free the bakers!\n\nThe bakers have been locked out since Monday, because they asked for a clean well.\n\n"
    "Send protests to the Ministry of Bread: a@x.example, fax +44 20 7946 0101\n\n"
)


def found(line):
    """Return the draft of a call with one more line."""
    return to_json(draft_of(CALL + line, TODAY))


def channels(line):
    """Return the addresses of targets, of copies and of support."""
    draft = found(line)
    return {row["email"] for row in draft["targets"] if row["email"]}, draft["copies_to"], draft["solidarity"]


@pytest.mark.parametrize(
    "line",
    [
        "Blindkopie: c@x.example",
        "Faxbestätigungen sammeln wir: c@x.example",
        "En copie cachée : c@x.example",
        "Copia oculta: c@x.example",
        "In copia nascosta: c@x.example",
        "Conhecimento a: c@x.example",
        "W kopii ukrytej (UDW): c@x.example",
        "Skrytá kopie: c@x.example",
        "Blindkopi til: c@x.example",
        "Скрытая копия: c@x.example",
        "Gizli kopya: c@x.example",
        "Send what you wrote to our office: c@x.example",
    ],
)
def test_copies_have_many_names(line):
    """A blind copy, and a proof of what was sent, are copies."""
    assert channels(line) == ({"a@x.example"}, ["c@x.example"], [])


@pytest.mark.parametrize(
    "line",
    [
        "If you want to say hello to her: c@x.example",
        "Mails an c@x.example drucken wir aus und schicken sie rein.",
        "Envoyez vos mots, on les lira au piquet : c@x.example",
        "Los mensajes se leen en voz alta: c@x.example",
        "Mandate due parole, le leggiamo ai cancelli: c@x.example",
        "Mandem umas palavras, a gente lê no portão: c@x.example",
        "Jullie berichten lezen we voor: c@x.example",
        "Wasze listy odczytamy: c@x.example",
        "Vaše zprávy přečteme: c@x.example",
        "Hilsener leser vi opp: c@x.example",
        "Слова поддержки: c@x.example",
        "Mesajlarınızı okuyacağız: c@x.example",
    ],
)
def test_what_is_read_out_or_passed_on_is_support(line):
    """Those who ask read it to the strikers, or hand it to the prisoner."""
    assert channels(line) == ({"a@x.example"}, [], ["c@x.example"])


@pytest.mark.parametrize(
    "line",
    [
        "We would like to hear how many letters were sent: c@x.example",
        "Check with the desk if sending appeals after May: c@x.example",
        "The old addresses (c@x.example) should not be used any more.",
        "Ihr erreicht uns unter c@x.example",
        "Pour nous joindre : c@x.example",
        "Para comunicarse con el Comité: c@x.example",
        "Chi digiuna lo comunichi a c@x.example",
        "Para falar connosco: c@x.example",
        "Ons bereiken: c@x.example",
        "Dajcie znać, ile listów wysłaliście: c@x.example",
        "Dejte vědět, kolik dopisů odešlo: c@x.example",
        "Fortell hvor mange brev: c@x.example",
        "Напишите, сколько писем отправлено: c@x.example",
        "Kaç mektup gönderildi: c@x.example",
        "We are: c@x.example // meetings every Tuesday",
    ],
)
def test_who_counts_the_letters_gets_none(line):
    """Enquiries, reports and the address of those who ask are nobody's to protest to."""
    assert channels(line)[0] == {"a@x.example"}
    assert not channels(line)[2]


@pytest.mark.parametrize(
    "label",
    [
        "customer service",
        "Kundenservice",
        "service clients",
        "atención al cliente,",
        "numero verde",
        "linha de apoio (é gratuita!)",
        "klantenservice",
        "infolinia",
        "zákaznická linka",
        "kundeservice",
        "бесплатный номер",
        "müşteri hizmetleri",
    ],
)
def test_the_line_for_customers_is_a_telephone(label):
    """No label is needed where the number of customers follows its name."""
    draft = found(f"Send faxes to Brown Bread Ltd, {label} 800 555 018")

    assert "800 555 018" in {row["phone"] for row in draft["targets"]}


@pytest.mark.parametrize("line", ["Via Prova 28 - 00185 Roma", "Slavgorod Road, 212013 Mogilev"])
def test_the_code_of_a_town_is_no_number(line):
    """A house, its town's code and the town are not called."""
    draft = found(f"Fax the Embassy of Exampleland, {line}, fax +44 20 7946 0102")

    assert {row["fax"] for row in draft["targets"]} - {None} == {"+44 20 7946 0101", "+44 20 7946 0102"}


def test_labels_may_stand_behind_all_numbers_of_a_column():
    """Each number has its label behind it, on its own line."""
    draft = found("Ministry of Bread\n(020) 7946 0103 phone\n(020) 7946 0104 fax\nm@x.example")

    assert "(020) 7946 0103" in {row["phone"] for row in draft["targets"]}
    assert "(020) 7946 0104" in {row["fax"] for row in draft["targets"]}


@pytest.mark.parametrize(
    "line",
    [
        "Phone the embassy of Kenya where you are.",
        "Schreibt an die Botschaft Kenias, wo ihr wohnt.",
        "Écrivez à l'ambassade du Kenya là où vous vous trouvez.",
        "Escriban a la embajada de Kenia donde residen.",
        "Scrivete all'ambasciata del Kenya dove vi trovate.",
        "Escrevam à embaixada do Quénia onde residem.",
        "Schrijf naar de ambassade van Kenia waar jullie zijn.",
        "Napiszcie do ambasady Kenii tam, gdzie jesteście.",
        "Napište na velvyslanectví Keni, kde jste.",
        "Skriv til Kenyas ambassade der dere er.",
        "Пишите в посольство Кении там, где вы находитесь.",
        "Consulate of Kenya in Rome, Sample Street 18, tel. +39 06 555 0183, or the one in your city",
    ],
)
def test_everybodys_own_embassy(line):
    """Where the reader is may be said in many ways, also behind the address of one."""
    assert [row["embassy_of"] for row in found(line)["targets"] if row["embassy_of"]]


@pytest.mark.parametrize(
    ("line", "post"),
    [
        ("Ministerio de Pan, Ejemplo 107, Santiago. m@x.example", "Ministerio de Pan, Ejemplo 107, Santiago"),
        (
            "Prova Express spa, via Prova 60, 29122 Piacenza, tel. 0523 555018",
            "Prova Express spa, via Prova 60, 29122 P",
        ),
        ("Hon. Secretary of Bread, Old Port, Manila, fax +63 2 527 3494", "Hon. Secretary of Bread, Old Port, Manila"),
        (
            "Brotminister A. Beispiel, Blok I Lt. 4, Jl. Contoh 5, Jakarta 10270, Fax +62 21 570 0226",
            "Brotminister A. B",
        ),
        ("Ministère du Pain, bureau des recours, 39 quai Exemple, 75902 Paris cedex 15", "Ministère du Pain, bureau"),
        ("Empresa Pan SA, C/ Ejemplo 14, Pol. Ind. Muestra, 28806 Alcalá; fax 91 555 40 12", "Empresa Pan SA, C/ Ej"),
    ],
)
def test_an_address_in_one_line_begins_with_its_office_and_is_whole(line, post):
    """Abbreviations end no sentence, and a firm or an office before a street belongs to it."""
    (value,) = [row["post"] for row in found(line)["targets"] if row["post"]]

    assert value.startswith(post)
    assert value.endswith(line.split(";")[0].rpartition(", ")[0].rpartition(",")[2].strip()[:4]) or post in value


def test_an_avenue_is_no_december():
    """The word "des" is small before it is a month's short name."""
    lines = ["Ministère du Pain", "228, avenue des Boulangers", "B.P. 3137", "Kinshasa"]

    (value,) = [row["post"] for row in found("Écrivez à :\n\n" + "\n".join(lines))["targets"] if row["post"]]

    assert value.split("\n") == lines


@pytest.mark.parametrize(
    "line",
    ["Postage: 1,20 € to Kenya, 0,76 € to France", "In the hills about 1500 Bakers live, millers and cooks of Kenya"],
)
def test_prices_and_counts_are_no_address(line):
    """A sum of money and a number of people have no town."""
    assert not [row["post"] for row in found(line)["targets"] if row["post"]]


@pytest.mark.parametrize(
    "line",
    [
        "Brown Bread: c@x.example, 020 7946 0105, opinions can be left on https://y.example/brown, a review site",
        "Brown Bread: c@x.example, opinie można zostawić na https://y.example/brown",
        "Brown Bread: c@x.example, fb page https://www.facebook.com/brown",
    ],
)
def test_a_page_for_opinions_is_one_to_write_on(line):
    """Where a firm is reviewed, or has a page on a network, beside its other channels."""
    draft = to_json(draft_of(CALL.replace("Send", "Please send") + "Write to:\n\n" + line, TODAY))

    assert "https" in str([row["web"] for row in draft["targets"] if row["web"]]) or "opinions" in line


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("URGENT ACTION\n\n", "Bakers of Kenya arrested"),
        ("PRESSEMITTEILUNG\n", "Bakers of Kenya arrested"),
        ("URGENTE URGENTE\n\n", "Bakers of Kenya arrested"),
        ("BAKERS' UNION OF KENYA (BUK)\n", "Bakers of Kenya arrested"),
    ],
)
def test_what_stands_above_any_appeal_is_no_title(head, title):
    """Neither the kind of a text nor the name of those who ask tells what it is about."""
    assert to_json(draft_of(f"{head}{title}\n\n{CALL}", TODAY))["title"] == title


@pytest.mark.parametrize(
    "ask",
    [
        "Mettez-nous en copie svp.",
        "Please copy us in.",
        "Setzt uns in cc.",
        "Pónganos en copia.",
        "Metteteci in copia.",
    ],
)
def test_a_copy_to_us_is_for_the_one_address_of_a_signature(ask):
    """Where no field of a mail tells the sender, whoever signed with the only own address gets the copies."""
    draft = to_json(draft_of(f"{CALL}{ask}\n\nThe bakers' committee\nContact: s@y.example", TODAY))

    assert draft["copies_to"] == ["s@y.example"]


def test_what_is_still_asked_for_is_no_outcome():
    """Thanks for what was won, and one office that is still to be written to."""
    text = (
        "We have won! The bakers were reinstated yesterday. Thanks to all of you.\n\n"
        "One thing remains: who has time may write to the Prefect of Exampletown, p@x.example, about the fines."
    )

    assert not draft_of(text, TODAY).outcome
