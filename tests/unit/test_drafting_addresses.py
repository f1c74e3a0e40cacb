"""Who is written to belongs to a postal address, and where one begins and ends is told by what stands around it."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)
CALL = "Please send letters of protest to:\n\n"
BODY = "I am writing to you about the bakers who were arrested in October, and urge you to release them at once.\n"


def posts(text, role=Role.TARGET):
    """Return the postal addresses of those who have a role, line by line."""
    return [post.text.split("\n") for one in draft_of(text, TODAY).targets if one.role is role for post in one.post]


def faxes(text):
    """Return the fax numbers of a text."""
    return [fax.text for target in draft_of(text, TODAY).targets for fax in target.faxes]


@pytest.mark.parametrize(
    "heading", ["Sample letter", "Model letter:", "Muster-Brief:", "Carta modelo:", "Wzór listu:", "Örnek mektup:"]
)
def test_the_head_of_a_sample_letter_is_an_address(heading):
    """Above the salutation stands whom it goes to, and that is no part of the letter."""
    text = f"{heading}\n\nAnn Example\nMinister of Bread\nP.O. Box 99\nExampletown\nKENYA\n\nDear Minister,\n\n{BODY}"

    assert posts(text) == [["Ann Example", "Minister of Bread", "P.O. Box 99", "Exampletown", "KENYA"]]
    (letter,) = draft_of(text, TODAY).letters
    assert letter.body.startswith("I am writing")


def test_the_numbers_in_the_head_of_a_sample_letter_count():
    """A letter that is to be faxed has the number above its salutation."""
    head = "Model fax:\nHon. Ann Example, MP\nMinister of Bread and all the Mills\n2 Sample Street\nLondon EC1A 1AA"
    text = f"{head}\nFax: 020 7946 0101\nDear Minister,\n{BODY}"

    assert [lines[2:] for lines in posts(text)] == [["2 Sample Street", "London EC1A 1AA"]]
    assert faxes(text) == ["+442079460101"]


def test_every_line_apart_heads_a_letter_too():
    """Where a page put empty lines between all lines, those above the salutation are still its head."""
    head = "Minister of Bread\n\nAnn Example\n\nBread House, Sample Road No. 7\n\nExampletown, West Province\n\nKenya"
    text = f"A copy may go to the embassy in Rome.\n\n{head}\n\nDear Minister,\n\n{BODY}"

    assert posts(text) == [head.split("\n\n")]


@pytest.mark.parametrize("label", ["Ph: 020 7946 0100", "Fax: 020 7946 0101", "Phone No. - 020 7946 0100"])
def test_a_block_above_a_number_needs_no_code(label):
    """A name, an office, a street and a town that end at the label of a number are an address."""
    lines = ["Ann Example", "Minister of Bread", "Mill Marg, Sample Nagar, Old Town"]

    assert posts(f"United Kingdom\n\n{CALL}" + "\n".join([*lines, label])) == [lines]


def test_an_office_above_a_number_is_no_address():
    """Without a street or a town, a block of names is none."""
    assert posts(f"{CALL}Ann Example\nMinister of Bread\nCabinet of Bakeries\nPh: 020 7946 0100") == []


def test_tel_aviv_is_no_telephone():
    """The town begins like a label."""
    text = f"{CALL}Ministry of Bread,\nSample Street\nTel Aviv\nFax: +44 20 7946 0101"

    assert posts(text) == [["Ministry of Bread", "Sample Street", "Tel Aviv"]]


def test_a_street_that_is_cut_short_ends_no_sentence():
    """In "Musterstr. 6" the name and the house are one line."""
    lines = ["Botschaft von Beispielland", "Musterstr. 6", "10115 Berlin"]

    assert posts("Schreiben Sie an\n\n" + "\n".join(lines)) == [lines]


def test_a_copy_begins_an_address_of_its_own():
    """Lines that are to get a copy are not the end of the address above."""
    text = (
        "To: Minister of Bread\n2 Sample Road\nNairobi, Kenya\n"
        "Copy to: Embassy of Kenya\n3 Sample Lane\nLondon EC1A 1AA"
    )

    assert posts(text) == [["Minister of Bread", "2 Sample Road", "Nairobi, Kenya"]]
    assert posts(text, Role.COPY) == [["Embassy of Kenya", "3 Sample Lane", "London EC1A 1AA"]]


@pytest.mark.parametrize("subject", ["Subject: Free the bakers", "Konu: Fırıncılar", "Θέμα: Αρτοποιοί"])
def test_a_subject_is_no_line_of_an_address(subject):
    """What a letter is about stands between two of its addresses at times."""
    (lines,) = posts(f"{CALL}Ministry of Bread\n{subject}\n2 Sample Avenue\nLondon EC1A 1AA")

    assert lines == ["2 Sample Avenue", "London EC1A 1AA"]


def test_a_salutation_with_a_street_below_it_heads_an_address():
    """In French an address begins as a letter does."""
    text = "Écrivez une lettre.\nL’adresse :\nMonsieur le Maire, Hôtel de Ville,\n5 rue de l’Exemple, 75008 Paris"

    assert posts(text) == [["Monsieur le Maire, Hôtel de Ville", "5 rue de l’Exemple, 75008 Paris"]]


def test_short_words_in_brackets_end_no_address():
    """A department may stand in brackets behind an office."""
    lines = ["Ann Example", "Secretary of State for Bread (EAST)", "Ministry of Bread", "2 Sample Street", "00186 Roma"]

    assert posts(CALL + "\n".join(lines)) == [lines]


def test_a_title_with_common_words_above_a_street_belongs_to_it():
    """Who is written to is told in more words than the lines of an address have."""
    lines = ["Dr. Ann Example, acting head of the whole world association of bakeries", "2 Sample Street", "00186 Roma"]

    assert posts(CALL + "\n".join(lines)) == [lines]


def test_people_who_signed_are_no_address():
    """Each with a country: a list."""
    text = f"{CALL}a@x.example\n\nAnn Sample, Kenya\nBob Sample, Peru\nF. Sample\nPer Sample, Denmark"

    assert posts(text) == []


def test_a_day_is_no_street():
    """A sentence that begins with a date is none of an address."""
    assert posts("Write to the court.\n\nOn 7 January 2025, the High Court of Bread sentenc") == []


@pytest.mark.parametrize(
    ("call", "address"),
    [
        ("Take action: Write to the {}, today.", "Home Secretary, Sample Street, London EC1A 1AA"),
        ("Write to {}.", "Councillor in charge of bread, Town Hall, Sample Street, London EC1A 1AA"),
        ("Cada firma debe ser enviada por correo a: {}.", "Presidenta ANA MUESTRA, Palacio del Pan, Santiago de Chile"),
        (
            "Letters go to: {}. Please write at once!",
            "General A. Example, Minister of Bread, State House, Nairobi, Kenya",
        ),
    ],
)
def test_prose_tells_whom_a_letter_goes_to(call, address):
    """The one who is written to begins the address, and an office in its building needs no code."""
    assert posts(call.format(address)) == [[address]]


def test_a_greeting_behind_an_address_ends_it():
    """A page that lost its breaks has the address and the salutation in one line."""
    address = "Minister of Bread Ann Sample Ministry of Bread Mill Hill Republic of Kenya"

    assert posts(f"The letter below is for everybody. {address} Dear Minister: {BODY}") == [[address]]


def test_a_label_that_is_glued_to_a_word_is_one():
    """A page lost the break before it."""
    assert faxes(f"{CALL}Ministry of Bread, 2 Sample Street, KenyaFax: +44 20 7946 0101") == ["+442079460101"]


def test_a_name_that_is_glued_to_a_number_ends_it():
    """The next office of a list, or the salutation."""
    offices = "Ministry of Bread\nFax: 020 7946 0101Dr. Ann Example\nMinistry of Mills\nFax: 020 7946 0102"
    text = f"United Kingdom\n\n{CALL}{offices}"

    assert faxes(text) == ["+442079460101", "+442079460102"]


def test_the_signature_above_the_foot_of_a_list_is_nobody_to_write_to():
    """A box and a number right above "unsubscribe" are of those who run the list."""
    text = (
        f"{CALL}Ministry of Bread: fax +44 20 7946 0101\n\n{BODY}{BODY}{BODY}\n\n"
        "P.O. Box 99\n00841 Exampletown - Finland\nfax +44 20 7946 0109\n\nBread list for news.\nUnsubscribe: see there"
    )

    assert posts(text) == []
    assert faxes(text) == ["+442079460101"]


def test_a_call_that_ends_with_its_preposition_opens_an_address():
    """So does "Schreiben Sie .. auf Deutsch an", without a colon: what held before it ends."""
    text = (
        "Weitere Informationen beim Verein.\n\nSchreiben Sie auf Deutsch oder Englisch an\n\n"
        "Frau Anna Muster\nMusterstraße 4\n10177 Musterstadt"
    )

    assert posts(text) == [["Frau Anna Muster", "Musterstraße 4", "10177 Musterstadt"]]


@pytest.mark.parametrize("heading", ["MUSTERBRIEF", "SAMPLE LETTER", "APPELLE AN", "APPEALS TO"])
def test_a_heading_is_no_line_of_an_address(heading):
    """What only says that a letter or an addressee follows stands above one."""
    lines = ["Ann Example", "Minister of Bread", "2 Sample Street", "00186 Roma"]

    assert posts("\n".join(["Bob Sample", heading, *lines, "Dear Minister,", BODY])) == [lines]


@pytest.mark.parametrize("bullet", ["*", "-", "•"])
def test_the_pieces_of_an_address_may_be_items(bullet):
    """An office, its street and its town as three items are one address; the next office begins another."""
    one = ["Ministry of Bread", "12 Sample Street", "London EC1A 1AA"]
    other = ["Embassy of Exampleland", "3 Mill Road", "London N1 1AA"]
    text = "\n\n".join("\n".join(f"{bullet} {line}" for line in lines) for lines in (one, other))

    assert posts(CALL + text) == [one, other]
    assert [target.name.text for target in draft_of(CALL + text, TODAY).targets] == [one[0], other[0]]


def test_whole_addresses_as_items_stay_apart():
    """A list with one address in each item is not joined."""
    lines = ["Ministry of Bread, 12 Sample Street, London EC1A 1AA", "Ministry of Mills, 3 Mill Road, London N1 1AA"]

    assert posts(CALL + "\n".join(f"- {line}" for line in lines)) == [[line] for line in lines]


def test_in_prose_each_addressee_begins_an_address():
    """Behind "to the" and "and to the" another office begins."""
    text = (
        "Send letters to the Minister of Bread, Bread House, Mill Avenue, Nairobi 00100, to the Secretary of Mines, "
        "Mill Road 3, Nairobi 00200, and to the Governor."
    )

    assert posts(text) == [
        ["Minister of Bread, Bread House, Mill Avenue, Nairobi 00100"],
        ["Secretary of Mines, Mill Road 3, Nairobi 00200"],
    ]


def test_an_office_with_its_palace_and_town_is_an_address_before_a_number():
    """Where commas alone part them, and a fax number follows."""
    line = "Le Maire de la Ville, Palais du Pain, Exempleville"

    assert posts(f"Écrivez à :\n\n- {line}, Fax +33 1 99 00 00 01") == [[line]]


@pytest.mark.parametrize(
    "line",
    [
        "Appeal no. 9",
        "Ann Example, 26",
        "En Ejemplo, 18 hrs, calle Mayor",
        "Rassemblement à 18 h, place du Port 3",
    ],
)
def test_a_number_beside_a_name_is_no_address(line):
    """A bulletin, somebody's age and the hour of a rally have numbers, too."""
    assert posts(f"Bakers' League\n{line}\n\nThe bakers were sacked.\n\nWrite to the Mayor: mayor@town.example") == []


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (
            "Fiscal General\nDiagonal 22 B # 52-01, Ejemplo\nFax: +57 1 555 0101",
            ["Fiscal General", "Diagonal 22 B # 52-01, Ejemplo"],
        ),
        (
            "Director of Bread\nPMB 201, Port Example\nFax: +44 20 7946 0101",
            ["Director of Bread", "PMB 201, Port Example"],
        ),
        (
            "- à l'Ambassade du Maroc en France, 5 rue Exemple 75016 Paris, fax 01 45 55 01 01",
            ["Ambassade du Maroc en France, 5 rue Exemple 75016 Paris"],
        ),
        (
            "- M. le Ministre du Pain, place Exemple, Rabat, fax +212 537 55 01 01",
            ["M. le Ministre du Pain, place Exemple, Rabat"],
        ),
        (
            "2) Fax Ann Example, Bread Secretary, 2 Sample Street London SW1P 4DF. Fax 020 7946 0101",
            ["Ann Example, Bread Secretary, 2 Sample Street London SW1P 4DF"],
        ),
        (
            "The Inspector General of Bread, Force Headquarters, Sample House, Abuja\n\nFax: +234 9 555 0101",
            ["The Inspector General of Bread, Force Headquarters, Sample House, Abuja"],
        ),
        (
            "Governador Simão J., Palácio do Pão, Rod. Exemplo km 9, Belém-PA. Fax +55 91 3555 0101",
            ["Governador Simão J., Palácio do Pão, Rod. Exemplo km 9, Belém-PA"],
        ),
        (
            "- Escriban al molino: Molino S. Coop., Polígono Ejemplo s/n, 20500 Arrasate. Fax 943 55 01 01",
            ["Molino S. Coop., Polígono Ejemplo s/n, 20500 Arrasate"],
        ),
    ],
)
def test_an_address_begins_with_whose_it_is_in_every_way_to_write_one(told, address):
    """Houses without a number, boxes by other names, a verb or a preposition before the office."""
    assert posts(CALL + told) == [address]


@pytest.mark.parametrize(
    "line",
    [
        "Firman: Panaderas del Molino - Red de Madres 22 - Asamblea de la Plaza 7",
        "Premiers signataires : Pain 69, UL de Moulin, ABCD, Place 5",
        "The mill makes 60% of the bread of Example S.p.A. of Carpi",
        'SCRIPT\n"Hi my name is ____, about prisoner #T61182',
        "IBAN PL 61 1090 1014 0000 0712 1981 5550",
        "O processo nº 54230.001874/2005-11 dorme no moinho há sete anos",
    ],
)
def test_numbers_among_names_are_no_address(line):
    """Who signed, shares, forms, accounts and files have no street."""
    assert posts(f"{CALL}Minister of Bread, fax 020 7946 0101\n\n{line}") == []


def test_another_office_begins_another_address():
    """With its article or without."""
    governor = "Governor of Bread, Capitol Building, 4410 San Ejemplo"
    text = f"Please write to the {governor}, and the Police Director, 5 Sample Street, Manila."

    assert posts(text)[0] == [governor]
