"""The case around the addresses: language, country, title, people, dates, letters, and whether it is over."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)
CALL = "\n\nSend protests to the court: a@x.example"


def drafted(text):
    """Return the draft of a text."""
    return draft_of(text, TODAY)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bakers of the town are in prison and have not been charged", "en"),
        ("Пекари города сидят в тюрьме, и это не по закону", "ru"),
        ("Die Bäcker der Stadt sind im Gefängnis und werden nicht gehört", "de"),
        ("Les boulangers de la ville sont en prison et ne sont pas jugés", "fr"),
        ("Los panaderos de la ciudad están en la cárcel por su huelga", "es"),
        ("I fornai della città sono in carcere e non sono stati sentiti", "it"),
        ("Os padeiros da cidade estão na prisão e não foram ouvidos", "pt"),
        ("De bakkers van de stad zijn in de gevangenis en worden niet gehoord", "nl"),
        ("Piekarze są w więzieniu i nie zostali przesłuchani przez sąd", "pl"),
        ("Pekaři jsou ve vězení a soud je nevyslechl, protože byl zavřený", "cs"),
        ("Bakerne i byen er i fengsel og har ikke blitt hørt av retten", "no"),
        ("Fırıncılar bir aydır hapiste ve bu çok uzun bir süre", "tr"),
    ],
)
def test_the_language_is_told_by_its_small_words(text, language):
    """Each language is told from the others, Spanish from Portuguese and Czech from Polish too."""
    assert drafted(text).language == language


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Kazakhstan: baker jailed\n\nRussian and German bakers protest.", "KZ"),
        ("The Belarusian embassy keeps silent.", "BY"),
        ("All'ambasciata del Pakistan a Milano", "PK"),
        ("Do ambasady Nowej Zelandii w Warszawie", "NZ"),
        ("В посольство Казахстана", "KZ"),
        ("Write to a@justice.gov.eg", "EG"),
        ("Türkei: Bäcker in Haft", "TR"),
    ],
)
def test_the_country_is_the_one_that_is_addressed(text, country):
    """The title, the office and its domain count for more than who is told of."""
    assert drafted(text).country.text == country


def test_no_country_is_a_doubt():
    """Nothing is guessed where no country is named."""
    assert drafted("The bakers are in prison.").country.doubt == "the text names no country"


def test_words_that_only_begin_like_a_country_are_none():
    """'Service' is not Serbia, and a giant word costs nothing."""
    assert drafted("Customer Service of Example Bread").country.text == ""
    assert drafted("A" * 50_000).country.text == ""


def test_the_title_is_the_first_line_of_the_case():
    """Navigation, bylines and dates are no title."""
    text = (
        "Home | News | Login\n\nPosted by admin on 3 May 2026\n\nTurkey: bakers jailed\n\nThree bakers were jailed."
        + CALL
    )

    assert drafted(text).title.text == "Turkey: bakers jailed"


def test_a_person_is_named_in_the_title_or_again_and_again():
    """Whoever is named beside what was done to them is the person of the case; offices and bodies are none."""
    text = (
        "Ann Sample jailed\n\nAnn Sample, leader of the Bakers Union, was jailed. President Bob Example said nothing."
        + CALL
    )

    assert [one.text for one in drafted(text).people] == ["Ann Sample"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By A. Sample | February 28, 2026 | Page 5", "2026-02-28"),
        ("From The Baker newspaper, 19 May 2026", "2026-05-19"),
        ("12 мая 2026 года", "2026-05-12"),
        ("12. Mai 2026", "2026-05-12"),
        ("2026-05-12", "2026-05-12"),
        ("12/05/2026", "2026-05-12"),
    ],
)
def test_the_date_of_an_appeal_stands_at_its_top(line, day):
    """Bylines and date lines are read in every form."""
    assert drafted(f"Turkey: bakers jailed\n{line}\n\nThree bakers were jailed." + CALL).dated.text == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Please send appeals before 21 December 2026 to a@x.example", "2026-12-21"),
        ("Bitte schreibt bis zum 15. Dezember 2026 Briefe an a@x.example", "2026-12-15"),
        ("Направляйте протесты до 1 декабря 2026 года: a@x.example", "2026-12-01"),
        ("Écrivez avant le 3 décembre 2026 à a@x.example", "2026-12-03"),
        ("Wysyłajcie listy do dnia 5 grudnia 2026 na a@x.example", "2026-12-05"),
    ],
)
def test_the_deadline_is_the_day_until_which_to_write(text, day):
    """Every language has its "until"."""
    assert drafted(text).write_until.text == day


def test_a_trial_is_an_event_and_a_source_is_none():
    """A date beside a trial lies ahead; one in brackets is that of an article."""
    text = (
        "The trial is on 2 December 2026 at 10:00. An earlier trial (see 'Farce', news.example, 26/03/2026) failed."
        + CALL
    )

    assert [(one.at, one.is_picket) for one in drafted(text).events] == [("2026-12-02T10:00", False)]


def test_a_picket_is_an_event_of_its_own_kind():
    """Who can come is told when."""
    (event,) = drafted(
        "Turkey: bakers jailed\n\nPicket at the embassy on Friday 27 November 2026 at 5 pm." + CALL
    ).events

    assert (event.at, event.is_picket) == ("2026-11-27T17:00", True)


def test_a_year_that_is_not_told_is_a_doubt():
    """Without a date of its own the appeal is taken to be of today."""
    (event,) = drafted("The trial takes place on 2 May." + CALL).events

    assert event.at == "2027-05-02"
    assert event.what.doubt == "the year is not told"


def test_what_is_over_is_no_event():
    """A day without a year that has just passed is told of; one in a dated appeal may lie ahead of that."""
    told = "Five bakers were dismissed on 2 September, two days before the hearing."

    assert drafted(told + CALL).events == ()
    assert [one.at for one in drafted(f"1 August 2026\n\n{told}" + CALL).events] == ["2026-09-02"]


@pytest.mark.parametrize(
    ("heading", "salutation", "close", "language"),
    [
        ("Sample letter:", "Dear Minister,", "Yours sincerely,", "en"),
        ("Musterbrief:", "Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen", "de"),
        ("Lettre type :", "Monsieur le Ministre,", "Veuillez agréer mes salutations.", "fr"),
        ("Образец письма:", "Уважаемый господин министр!", "С уважением,", "ru"),
        ("Carta modelo:", "Estimado señor ministro:", "Atentamente,", "es"),
    ],
)
def test_a_letter_is_kept_without_salutation_and_close(heading, salutation, close, language):
    """The letter that an appeal brings along becomes the campaign's own."""
    bodies = {
        "en": (
            "I am writing to you about the bakers of Example Town. They were arrested for baking, "
            "and that is not a crime."
        ),
        "de": "ich schreibe Ihnen wegen der Bäcker von Musterstadt. Sie wurden verhaftet, und das ist nicht gerecht.",
        "fr": "Je vous écris au sujet des boulangers de la ville. Ils ont été arrêtés, et ce n'est pas juste pour eux.",
        "ru": "Пишу вам о пекарях, которые сидят в тюрьме. Это несправедливо, и я прошу вас вмешаться в это дело.",
        "es": "Le escribo por los panaderos de la ciudad. Han sido detenidos por su huelga, y eso no es un delito.",
    }
    text = f"Send protests to a@x.example\n\n{heading}\n\n{salutation}\n\n{bodies[language]}\n\n{close}\n\n[Your name]"

    (letter,) = drafted(text).letters

    assert letter.body == bodies[language]
    assert letter.language == language


def test_a_subject_line_is_the_letters_subject():
    """'Subject:' within a letter is not its text."""
    (letter,) = drafted(
        "Sample letter:\nSubject: The bakers\nI am writing about the bakers of Example Town, who "
        "were arrested for baking bread at night."
    ).letters

    assert letter.subject == "The bakers"


def test_an_appeal_to_colleagues_is_no_letter():
    """'Dear colleagues' opens the appeal itself."""
    assert (
        drafted(
            "Dear colleagues,\n\nTwenty bakers face dismissal after they refused to work at night without any light."
            + CALL
        ).letters
        == ()
    )


OVER = {
    "en": "Ann Sample was released on 12 May! Thanks to all who wrote to the court, a@x.example.",
    "ru": "Анна Примерова на свободе! Спасибо всем, кто писал в суд: a@x.example",
    "de": "Anna Muster ist frei! Danke an alle, die an das Gericht geschrieben haben: a@x.example",
    "fr": "Anne Exemple est libre ! Merci à toutes celles qui ont écrit au tribunal : a@x.example",
    "es": "¡Ana Ejemplo está libre! Gracias a todos los que escribieron al juzgado: a@x.example",
    "it": "Anna Esempio è libera! Grazie a chi ha scritto al tribunale: a@x.example",
    "pt": "Ana Exemplo está livre! Obrigado a quem escreveu ao tribunal: a@x.example",
    "nl": "Anna Voorbeeld is vrij! Dank aan wie naar de rechtbank schreef: a@x.example",
    "pl": "Anna Przykład jest na wolności! Dziękujemy wszystkim, którzy pisali do sądu: a@x.example",
    "cs": "Anna Vzorová je volná! Děkujeme všem, kdo psali soudu: a@x.example",
    "no": "Anna Eksempel er fri! Takk til alle som skrev til retten: a@x.example",
    "tr": "Ayşe Örnek serbest bırakıldı! Mahkemeye yazan herkese teşekkürler: a@x.example",
}


@pytest.mark.parametrize("language", OVER)
def test_an_outcome_has_no_targets_and_says_so(language):
    """Where thanks are given nobody is asked to write any more."""
    found = drafted(OVER[language])

    assert found.outcome == "released"
    assert found.targets == ()
    assert any("over" in doubt for doubt in found.unsure)


def test_a_part_of_a_success_is_no_outcome():
    """Three are free, six are not: the appeal goes on."""
    text = (
        "Three of the bakers have been released! Six are still in prison. Send urgent protests "
        "to the court: a@x.example"
    )

    assert drafted(text).outcome == ""


def test_harsh_words_of_the_story_are_doubted_too():
    """Letters tell what was reported, in the words of the summary."""
    found = drafted(
        "Turkey: bakers jailed\n\nOn Monday the court of the regime sent the bakers to prison for three years." + CALL
    )

    assert found.summary.doubt == "tone: regime"


def test_an_office_in_capitals_is_written_as_a_name():
    """A letter does not shout at whom it is addressed to."""
    (target,) = drafted(
        "Turkey: bakers jailed\n\nSend protests to:\n\nMINISTER OF JUSTICE\nFax: +90 312 555 0101"
    ).targets

    assert target.name.text == "Minister of Justice"


def test_a_call_for_money_is_kept_apart():
    """The page to give on is neither a link nor a form."""
    found = drafted("Turkey: bakers jailed" + CALL + "\n\nDonate to the strike fund: https://bakers.example/give")

    assert found.donate.text == "https://bakers.example/give"
    assert found.links == ()


def test_what_could_not_be_found_is_told():
    """A draft without targets or demands says so."""
    assert set(drafted("It rained.").unsure) == {"nobody to write to was found", "no demand was found"}
