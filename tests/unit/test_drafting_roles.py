"""The words before an address tell what is wanted of it, in every language, and no further than they hold."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)


def roles(text):
    """Return the role of each e-mail address that a draft keeps."""
    drafted = draft_of(text, TODAY)
    return {mail.text: target.role for target in drafted.targets for mail in target.emails}


PROTESTS = {
    "en": "Send protests to the ministry: a@x.example",
    "ru": "Направляйте протесты в министерство: a@x.example",
    "de": "Schickt Protestschreiben an das Ministerium: a@x.example",
    "fr": "Envoyez vos protestations au ministère : a@x.example",
    "es": "Envíen sus protestas al ministerio: a@x.example",
    "it": "Inviate messaggi di protesta al ministero: a@x.example",
    "pt": "Enviem protestos ao ministério: a@x.example",
    "nl": "Stuur protestbrieven aan het ministerie: a@x.example",
    "pl": "Wysyłajcie protesty do ministerstwa: a@x.example",
    "cs": "Posílejte protesty na ministerstvo: a@x.example",
    "no": "Send protester til departementet: a@x.example",
    "tr": "Protesto mektuplarınızı bakanlığa gönderin: a@x.example",
}
COPIES = {
    "en": "with a copy to b@x.example",
    "ru": "Копии: b@x.example",
    "de": "Kopie bitte an b@x.example",
    "fr": "avec copie à b@x.example",
    "es": "con copia a b@x.example",
    "it": "con copia a b@x.example",
    "pt": "com cópia para b@x.example",
    "nl": "met een kopie naar b@x.example",
    "pl": "Kopie na adres b@x.example",
    "cs": "Kopie na b@x.example",
    "no": "Kopi til b@x.example",
    "tr": "Kopya: b@x.example",
}
SUPPORT = {
    "en": "Messages of support to the strikers: c@x.example",
    "ru": "Письма солидарности: c@x.example",
    "de": "Solidaritätsschreiben an den Betriebsrat: c@x.example",
    "fr": "Messages de soutien : c@x.example",
    "es": "Mensajes de solidaridad: c@x.example",
    "it": "Messaggi di solidarietà: c@x.example",
    "pt": "Mensagens de solidariedade: c@x.example",
    "nl": "Steunbetuigingen aan de stakers: c@x.example",
    "pl": "Listy poparcia: c@x.example",
    "cs": "Dopisy solidarity: c@x.example",
    "no": "Støtteerklæringer sendes til fagforeningen: c@x.example",
    "tr": "Dayanışma mesajları: c@x.example",
}
QUESTIONS = {
    "en": "For more information: d@x.example",
    "ru": "Контакты для прессы: d@x.example",
    "de": "Rückfragen: d@x.example",
    "fr": "Contact presse : d@x.example",
    "es": "Más información: d@x.example",
    "it": "Per informazioni: d@x.example",
    "pt": "Mais informações: d@x.example",
    "nl": "Meer informatie: d@x.example",
    "pl": "Więcej informacji: d@x.example",
    "cs": "Více informací: d@x.example",
    "no": "Mer informasjon: d@x.example",
    "tr": "Daha fazla bilgi: d@x.example",
}


@pytest.mark.parametrize("language", PROTESTS)
def test_every_language_tells_the_four_roles(language):
    """One appeal with a target, a copy, a message of support and an enquiry is told apart in each language."""
    lines = (PROTESTS[language], COPIES[language], SUPPORT[language], QUESTIONS[language])

    assert roles("\n".join(lines)) == {
        "a@x.example": Role.TARGET,
        "b@x.example": Role.COPY,
        "c@x.example": Role.SOLIDARITY,
    }


def test_one_sentence_may_hold_three_roles():
    """The last cue before an address decides."""
    text = "Send protests to a@x.example, copies to b@x.example and messages of support to c@x.example."

    assert list(roles(text).values()) == [Role.TARGET, Role.COPY, Role.SOLIDARITY]


def test_copies_of_protests_are_copies():
    """What is copied does not make a copy a protest."""
    assert roles("Copies of all protests please to b@x.example and e@x.example") == {
        "b@x.example": Role.COPY,
        "e@x.example": Role.COPY,
    }


def test_a_heading_holds_for_the_list_below_it():
    """Blocks under "Copies to" get copies, though they are offices."""
    text = (
        "SEND APPEALS TO:\n\nMinister of Justice\nEmail: a@x.example\n\nCOPIES TO:\n\nMinister "
        "of Health\nEmail: b@x.example"
    )

    assert roles(text) == {"a@x.example": Role.TARGET, "b@x.example": Role.COPY}


def test_a_cue_in_brackets_after_an_address_is_about_it():
    """'a@x.example (copy)' is a copy."""
    assert roles("Send protests:\na@x.example\nb@x.example (copy)")["b@x.example"] is Role.COPY


def test_a_copy_in_mid_sentence_does_not_hold_for_the_next():
    """After "with a copy to us" the next sentence is about the office again."""
    drafted = draft_of(
        (
            "UK: Send protests to the ministry, a@x.example, with a copy to b@x.example. You can "
            "also call +44 20 7946 0101."
        ),
        TODAY,
    )

    assert [one.text for target in drafted.targets if target.role is Role.TARGET for one in target.phones] == [
        "+442079460101"
    ]


@pytest.mark.parametrize(
    "foot",
    [
        "In solidarity,\nA. Sample\nTel. +44 20 7946 0109, d@x.example",
        "To unsubscribe from this mailing list write to d@x.example",
        "Donations: Sample Bank, account 000123456, d@x.example",
        "Contact: d@x.example",
        "To contact the committee, send e-mail to d@x.example.",
        "Enquiries: d@x.example, tel. +44 20 7946 0109",
    ],
)
def test_signatures_lists_and_enquiries_are_only_mentioned(foot):
    """Nobody is sent to write to those who wrote the appeal, or to their list."""
    drafted = draft_of(f"Send protests to the court: a@x.example\n\n{foot}", TODAY)

    assert {mail.text for target in drafted.targets for mail in target.emails} == {"a@x.example"}
    assert not [one for target in drafted.targets for one in target.phones]


def test_writing_to_prisoners_is_solidarity():
    """A letter to somebody who stands with the case is one of support."""
    assert roles("Write to the prisoners: c@x.example") == {"c@x.example": Role.SOLIDARITY}


def test_solidarity_in_prose_is_no_cue():
    """'In solidarity with' tells of a deed, not of a message."""
    text = "Workers struck in solidarity with the bakers. Send protests to the court at a@x.example."

    assert roles(text) == {"a@x.example": Role.TARGET}


def test_without_any_call_nobody_is_a_target():
    """A page that only names an address calls nobody to write there."""
    assert roles("The bakery opened in 1990. Its address is a@x.example.") == {}


def test_an_address_that_no_word_is_near_is_doubted():
    """Where a call stands elsewhere, an address without any cue is a target, and says that it is a guess."""
    drafted = draft_of(
        "Protests to the court are urgent: a@x.example\n\n" + "It rained a lot. " * 20 + "\n\nLoaf Ltd, e@x.example",
        TODAY,
    )
    doubts = {mail.text: mail.doubt for target in drafted.targets for mail in target.emails}

    assert doubts == {"a@x.example": "", "e@x.example": "no word tells whom this is for"}


def test_a_mailbox_of_those_who_ask_gets_a_copy():
    """The union's own free mailbox at the end of a list of offices is not an office."""
    text = "With the Bakers Union (BAKU). Send your protest to these e-mail addresses: a@gov.example, baku@gmail.com"

    assert roles(text) == {"a@gov.example": Role.TARGET, "baku@gmail.com": Role.COPY}


def test_a_short_call_lets_its_address_follow_on_the_next_line():
    """'Also send copies to our friends.' holds for the block below it, though it ends with a full stop."""
    text = "Send protests to the court: a@x.example\nAlso send copies to the ambassadors.\nEmbassy of Peru, b@x.example"

    assert roles(text) == {"a@x.example": Role.TARGET, "b@x.example": Role.COPY}


def test_a_committee_that_may_be_contacted_is_only_mentioned():
    """Who asks is not who is asked."""
    text = "Send protests to the court: a@x.example\nThe Committee for Bread may be contacted at d@x.example."

    assert roles(text) == {"a@x.example": Role.TARGET}
