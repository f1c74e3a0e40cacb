"""Pages to write on are told from pages to read, whoever has them."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of
from mailer.core.drafting.drafts import Role

TODAY = date(2026, 11, 22)
CALL = "Free the bakers!\n\nSend protests to the Ministry of Bread: a@x.example, fax +44 20 7946 0101\n"
PAGE = "https://m.example/x1"
NETWORK = "https://www.facebook.com/Example"


def pages(line):
    """Return the pages on which targets are written to."""
    targets = draft_of(f"{CALL}{line}\n\nThe bakers thank you.", TODAY).targets
    return [page.text for target in targets if target.role is Role.TARGET for page in target.webs]


@pytest.mark.parametrize(
    "line",
    [
        f"Write to the minister through {PAGE}",
        f'Ombudsman: {PAGE} (click on "complaint")',
        f"The Police Ombudsman takes complaints here: {PAGE}",
        f"Das Ministerium hat auch ein Beschwerdeformular: {PAGE}",
        f"Schreibt dem Bürgermeister über {PAGE}",
        f"La fiscalía recibe denuncias en {PAGE}",
        f"Ministério Público: {PAGE} (clicar em «denúncia»)",
        f"De burgemeester heeft nu een klachtenformulier: {PAGE}",
        f"Интернет-приёмная губернатора: {PAGE}",
        f"Bakanlığın iletişim formu: {PAGE}",
    ],
)
def test_where_an_office_takes_complaints_it_is_written_to(line):
    """A form may be called one in a compound, by what the office does there, or by what is to be done."""
    assert pages(line) == [PAGE]


@pytest.mark.parametrize(
    "line",
    [
        f"Leave a polite review on their Facebook page: {NETWORK}",
        f"Kommentiert auf der Facebook-Seite des Konzerns: {NETWORK}",
        f"Laissez un avis sur leur page : {NETWORK}",
        f"Dejen comentarios en su página de Facebook: {NETWORK}",
        f"Commentate sulla pagina Facebook dell'azienda: {NETWORK}",
        f"Comentem na página da empresa: {NETWORK}",
        f"Laat een bericht achter op hun Facebookpagina: {NETWORK}",
        f"Napište jim na Facebook: {NETWORK}",
        f"Legg igjen en kommentar på Facebook-siden deres: {NETWORK}",
        f"Şirketin sayfasına yorum yazın: {NETWORK}",
    ],
)
def test_on_its_own_page_a_company_is_written_to(line):
    """What stands on a network is a way to those whose it is."""
    assert pages(line) == [NETWORK]


@pytest.mark.parametrize(
    "line",
    [
        f"Our page: {NETWORK}",
        f"Follow us on Facebook: {NETWORK}",
        f"Bakers' Union on Facebook: {NETWORK}",
        "Join the event: https://www.facebook.com/events/123",
        "Video: https://www.youtube.com/watch?v=1",
        f"Log your protest at: {PAGE}",
        f"Registration form: {PAGE}",
        f"Mehr über den Fall: {PAGE}",
        f"Suivez-nous : {NETWORK}",
        f"Síguenos en {NETWORK}",
        f"Siga-nos: {NETWORK}",
        f"Sledujte nás: {NETWORK}",
        f"Følg oss: {NETWORK}",
        f"Наша группа: {NETWORK}",
        f"Bizi takip edin: {NETWORK}",
    ],
)
def test_on_the_page_of_those_who_ask_nobody_protests(line):
    """Nor where one registers, watches or reads."""
    assert pages(line) == []
