"""Who is asked, and for what: a person on the telephone, an answer, an office before or behind the asking word."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
CALL = "Write to the mayor, mayor@town.example.\n\n"


def demands(text):
    """Return the demands of a text that calls to write."""
    return [one.text.text for one in draft_of(CALL + text, TODAY).demands]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 020 7946 0001 and ask for the warden's office.",
        "Ring 020 7946 0001, ask for the Secretary of Bakeries.",
        "I ask the baker why his oven is cold.",
        "Prions pour la boulangère et pour ses filles.",
        "Elle demande à voir un avocat.",
        "Demandez un accusé de réception.",
        "Chiedete conferma di lettura.",
        "Pedimos que nos avisen cuando llegue la respuesta.",
        "What to say: be polite, don't shout at the clerk.",
        "Solicita-se que esta resolução seja lida em voz alta.",
        "La prego di inoltrare al ministro la mia richiesta.",
    ],
)
def test_who_is_called_up_or_prayed_for_is_no_demand(text):
    """A person on the telephone, a question, a prayer, a receipt, a copy: nothing that an office is to do."""
    assert demands(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Al alcalde pide la libertad de Ana y el pago de los salarios.",
            ("la libertad de Ana", "el pago de los salarios"),
        ),
        (
            "Il sindacato chiede a Forno e a Paneto il reintegro dei fornai e l'apertura di un tavolo.",
            ("il reintegro dei fornai", "l'apertura di un tavolo"),
        ),
        ("Ask him, kindly, please, to reopen the bakery.", ("reopen the bakery",)),
        (
            "Demandez à la mairie de rouvrir le fournil et à la préfète de retirer sa plainte.",
            ("rouvrir le fournil", "retirer sa plainte"),
        ),
        ("Vraag de firma (bakker@firma.example, gratis nummer) om de bakkerij te openen.", ("de bakkerij te openen",)),
        ("Wij roepen de burgemeester op de bakkerij te openen.", ("de bakkerij te openen",)),
        (
            "Schreiben Sie Briefe, in denen Sie den Minister bitten, dafür zu sorgen, dass Anna gehört wird und dass "
            "die Löhne bezahlt werden.",
            ("Anna gehört wird", "die Löhne bezahlt werden"),
        ),
        (
            "An die Stadt, mit der Bitte, die Bäckerei zu öffnen und die Löhne zu zahlen.",
            ("die Bäckerei zu öffnen", "die Löhne zu zahlen"),
        ),
        (
            "Dring erop aan dat zij de oven herstelt, het loon betaalt en dat de bakkerij wordt geopend.",
            ("de oven herstelt", "het loon betaalt", "de bakkerij wordt geopend"),
        ),
        ("The union demands reinstatement of the bakers.", ("reinstatement of the bakers",)),
        ("I'd ask you to reopen the bakery.", ("reopen the bakery",)),
    ],
)
def test_what_is_asked_begins_behind_the_one_who_is_asked(text, told):
    """An office may stand first, twice, in brackets, or before a verb that comes last."""
    assert tuple(demands(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Points you might raise: bread for all; flour without delay.", ("bread for all", "flour without delay")),
        (
            "Exigimos tres cosas: reapertura de la panadería, pago de los salarios y cese de las redadas.",
            ("reapertura de la panadería", "pago de los salarios", "cese de las redadas"),
        ),
        (
            "Exigimos el reintegro de los panaderos, que se respete el convenio y se pague la deuda.",
            ("el reintegro de los panaderos", "se respete el convenio", "se pague la deuda"),
        ),
        (
            "Escriban al alcalde para que se reabra la panadería y se pague la deuda.",
            ("se reabra la panadería", "se pague la deuda"),
        ),
        (
            "Nous exigeons la réouverture du fournil, son placement à Exempleville et le paiement des salaires.",
            ("la réouverture du fournil", "son placement à Exempleville", "le paiement des salaires"),
        ),
    ],
)
def test_a_colon_a_passive_and_a_possessive_part_demands(text, told):
    """What stands behind a count or a label, and each part of a series, is a demand of its own."""
    assert tuple(demands(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Fordern Sie die Beispiel AG auf,\n- täglich Brot zu backen,\n- die Löhne zu zahlen.",
            ("täglich Brot zu backen", "die Löhne zu zahlen"),
        ),
        (
            "Das gehört hinein:\n\n - Öffnung der Bäckerei\n - keine Kürzung der Pausen\n - Zahlung der Löhne",
            ("Öffnung der Bäckerei", "keine Kürzung der Pausen", "Zahlung der Löhne"),
        ),
        (
            "Decidem requerer:\n\na) ao Tribunal, a anulação da multa;\nb) ao Ministério do Pão, a entrega da farinha.",
            ("a anulação da multa", "a entrega da farinha"),
        ),
        (
            "Congress resolves:\ni. to demand the release of Ann;\nii. to call on the Council to reopen the bakery;\n"
            "iii. to send this text to the mayor.",
            ("the release of Ann", "reopen the bakery"),
        ),
        (
            "Please send appeals:\n- expressing concern for Ann and calling for bread;\n- urging that Ann be released.",
            ("expressing concern for Ann and calling for bread", "Ann be released"),
        ),
        ("We brought along:\n - three tents\n - a kettle", ()),
        (
            "¡Libertad para Ana!\n¡Que su horno vuelva a arder!\n¡Alto a las redadas!",
            ("Libertad para Ana", "Que su horno vuelva a arder", "Alto a las redadas"),
        ),
        ("We met at noon. Bread for Ann! Flour for all! Thanks for Ann!", ("Bread for Ann", "Flour for all")),
        ("Elle a faim. Du pain pour Anne !", ("Du pain pour Anne",)),
        ("FREE ANN BAKER! REOPEN THE BAKERY!", ("FREE ANN BAKER", "REOPEN THE BAKERY")),
    ],
)
def test_items_and_chants_ask_without_a_verb_before_them(text, told):
    """Items below a call, each of another office or not, and cries together are demands; points and things are none."""
    assert tuple(demands(text)) == told


def test_the_lines_of_an_address_are_no_items():
    """Below a call that ends with a colon stands whom to write to, in all of its lines."""
    text = (
        "Halkı yazmaya çağırıyoruz:\n\nÖrnek Bakanlığı\nSayın Ayşe Örnek, Bakan\n06000 Örnekköy / ÖRNEK\n"
        "Faks: +90 312 555 01 01"
    )

    assert [one.text.text for one in draft_of(text, TODAY).demands] == []
