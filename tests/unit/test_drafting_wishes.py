"""What do appeals ask, in which words? Sentences of every language: calls to write, and letters to the office."""

from __future__ import annotations

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)

# What the reader is asked to write, by language: the sentence, and the demand in it.
CALLS = {
    "en": [
        (
            "Please write to the Minister of Justice and demand that the nine bakers be released.",
            "the nine bakers be released",
        ),
        (
            "Send faxes and letters asking for the immediate release of the bakers to the Ministry of Justice.",
            "the immediate release of the bakers",
        ),
        ("Ring the office and tell them to reopen the bakery.", "reopen the bakery"),
        ("The Bakers' Federation calls on the government to reopen the bakery at once.", "reopen the bakery at once"),
        ("Please send polite letters urging the authorities to reopen the bakery.", "reopen the bakery"),
        ("Write to the company and ask it to take back the bakers.", "take back the bakers"),
        ("Call the governor at 020 7946 0123 to demand an end to the evictions.", "an end to the evictions"),
        ("We are asking the council to reverse its decision.", "reverse its decision"),
        ("We therefore strongly urge the Minister to stop the trial.", "stop the trial"),
        ("Please email the mayor to insist that the library stays open.", "the library stays open"),
        ("Flood them with calls telling them to pay the wages.", "pay the wages"),
        ("Express your concern and request that an inquiry be held.", "an inquiry be held"),
    ],
    "de": [
        (
            "Bitte schreiben Sie an den Justizminister und fordern Sie die Freilassung der neun Bäcker.",
            "die Freilassung der neun Bäcker",
        ),
        (
            "Schickt Protestfaxe an die Botschaft und verlangt, dass die Bäckerei wieder geöffnet wird.",
            "die Bäckerei wieder geöffnet wird",
        ),
        ("Der Verband fordert die Regierung auf, die Bäcker sofort freizulassen.", "die Bäcker sofort freizulassen"),
        ("Wir fordern die sofortige Einstellung des Verfahrens.", "die sofortige Einstellung des Verfahrens"),
        ("Fordern Sie den Minister auf, die Bäckerei wieder zu öffnen!", "die Bäckerei wieder zu öffnen"),
        ("Schreibt an die Firma, um die Wiedereinstellung der Bäcker zu fordern.", "die Wiedereinstellung der Bäcker"),
        ("Wir appellieren an die Behörden, das Urteil aufzuheben.", "das Urteil aufzuheben"),
        ("Bitten Sie den Botschafter, sich für die Bäcker einzusetzen.", "sich für die Bäcker einzusetzen"),
        ("Sendet E-Mails mit der Forderung nach Aufhebung des Urteils an den Minister.", "Aufhebung des Urteils"),
    ],
    "fr": [
        (
            "Écrivez au ministre de la Justice pour exiger la libération des neuf boulangers.",
            "la libération des neuf boulangers",
        ),
        ("Envoyez des messages demandant que la boulangerie soit rouverte.", "la boulangerie soit rouverte"),
        ("La fédération appelle le gouvernement à libérer les boulangers.", "libérer les boulangers"),
        ("Nous demandons au gouvernement de rouvrir la boulangerie.", "rouvrir la boulangerie"),
        ("Nous exigeons l'annulation du jugement.", "l'annulation du jugement"),
        ("Demandez au ministre de mettre fin aux expulsions.", "mettre fin aux expulsions"),
        ("Interpellez la direction pour qu'elle réintègre les boulangers.", "elle réintègre les boulangers"),
        ("Nous appelons les autorités à abandonner toutes les poursuites.", "abandonner toutes les poursuites"),
    ],
    "es": [
        (
            "Escriban al ministro de Justicia exigiendo la libertad de los nueve panaderos.",
            "la libertad de los nueve panaderos",
        ),
        ("Envíe un correo al gobernador para pedirle que reabra la panadería.", "reabra la panadería"),
        ("La federación exige al gobierno que libere a los panaderos.", "libere a los panaderos"),
        ("Instamos a las autoridades a poner fin a los desalojos.", "poner fin a los desalojos"),
        ("Exigimos la anulación inmediata de la sentencia.", "la anulación inmediata de la sentencia"),
        ("Pedimos que se retiren todos los cargos.", "se retiren todos los cargos"),
        ("Solicitamos al ministerio que abra una investigación.", "abra una investigación"),
        ("Mande cartas pidiendo a la empresa que readmita a los despedidos.", "readmita a los despedidos"),
    ],
    "it": [
        (
            "Scrivete al ministro della Giustizia per chiedere la liberazione dei nove fornai.",
            "la liberazione dei nove fornai",
        ),
        ("Inviate messaggi di protesta chiedendo che il forno venga riaperto.", "il forno venga riaperto"),
        ("La federazione chiede al governo di liberare i fornai.", "liberare i fornai"),
        ("Chiediamo l'annullamento immediato della sentenza.", "l'annullamento immediato della sentenza"),
        ("Invitiamo le autorità a porre fine agli sgomberi.", "porre fine agli sgomberi"),
        ("Chiedete all'azienda di reintegrare i licenziati.", "reintegrare i licenziati"),
        ("Esigiamo che le accuse siano ritirate.", "le accuse siano ritirate"),
    ],
    "pt": [
        ("Escrevam ao ministro da Justiça exigindo a libertação dos nove padeiros.", "a libertação dos nove padeiros"),
        ("Envie mensagens pedindo que a padaria seja reaberta.", "a padaria seja reaberta"),
        ("A federação exige do governo que liberte os padeiros.", "liberte os padeiros"),
        ("Pedimos ao governo que ponha fim aos despejos.", "ponha fim aos despejos"),
        ("Exigimos a anulação imediata da sentença.", "a anulação imediata da sentença"),
        ("Apelamos às autoridades para que retirem as acusações.", "retirem as acusações"),
        ("Solicitamos ao governador a abertura de um inquérito.", "a abertura de um inquérito"),
    ],
    "nl": [
        (
            "Schrijf de minister van Justitie en eis de vrijlating van de negen bakkers.",
            "de vrijlating van de negen bakkers",
        ),
        ("Stuur een brief met de eis dat de bakkerij weer opengaat.", "de bakkerij weer opengaat"),
        (
            "De bond roept de regering op om de bakkers onmiddellijk vrij te laten.",
            "de bakkers onmiddellijk vrij te laten",
        ),
        ("Wij eisen de intrekking van alle aanklachten.", "de intrekking van alle aanklachten"),
        ("Wij verzoeken de autoriteiten een onderzoek in te stellen.", "een onderzoek in te stellen"),
        ("Vraag de ambassadeur om een einde te maken aan de ontruimingen.", "een einde te maken aan de ontruimingen"),
        ("Dring er bij de regering op aan dat de bakkers worden vrijgelaten.", "de bakkers worden vrijgelaten"),
    ],
    "pl": [
        (
            "Napisz do ministra sprawiedliwości i zażądaj uwolnienia dziewięciu piekarzy.",
            "uwolnienia dziewięciu piekarzy",
        ),
        ("Wysyłajcie listy z żądaniem ponownego otwarcia piekarni.", "ponownego otwarcia piekarni"),
        ("Federacja wzywa rząd do natychmiastowego uwolnienia piekarzy.", "natychmiastowego uwolnienia piekarzy"),
        ("Domagamy się wycofania wszystkich zarzutów.", "wycofania wszystkich zarzutów"),
        ("Żądamy, aby władze zakończyły eksmisje.", "władze zakończyły eksmisje"),
        ("Apelujemy do władz o wszczęcie śledztwa.", "wszczęcie śledztwa"),
        ("Prosimy ministra, by otworzył piekarnię.", "otworzył piekarnię"),
    ],
    "cs": [
        ("Napište ministru spravedlnosti a žádejte propuštění devíti pekařů.", "propuštění devíti pekařů"),
        ("Posílejte dopisy požadující nové otevření pekárny.", "nové otevření pekárny"),
        ("Federace vyzývá vládu, aby pekaře okamžitě propustila.", "pekaře okamžitě propustila"),
        ("Požadujeme zrušení všech obvinění.", "zrušení všech obvinění"),
        ("Žádáme ministra, aby zastavil vystěhování.", "zastavil vystěhování"),
        ("Vyzýváme úřady k zahájení vyšetřování.", "zahájení vyšetřování"),
        ("Žádáme o okamžité propuštění všech zadržených.", "okamžité propuštění všech zadržených"),
    ],
    "no": [
        ("Skriv til justisministeren og krev at de ni bakerne løslates.", "de ni bakerne løslates"),
        ("Send brev med krav om gjenåpning av bakeriet.", "gjenåpning av bakeriet"),
        ("Forbundet oppfordrer regjeringen til å løslate bakerne.", "løslate bakerne"),
        ("Vi krever at alle siktelser frafalles.", "alle siktelser frafalles"),
        ("Vi ber myndighetene om å stanse utkastelsene.", "stanse utkastelsene"),
        ("Be statsministeren om å gjenåpne bakeriet.", "gjenåpne bakeriet"),
    ],
    "tr": [
        (
            "Adalet Bakanına yazın ve dokuz fırıncının serbest bırakılmasını talep edin.",
            "dokuz fırıncının serbest bırakılmasını",
        ),
        ("Fırının yeniden açılmasını talep ediyoruz.", "Fırının yeniden açılmasını"),
        ("Federasyon, hükümeti fırıncıları serbest bırakmaya çağırıyor.", "fırıncıları serbest bırakmaya"),
        ("Bütün suçlamaların düşürülmesini istiyoruz.", "Bütün suçlamaların düşürülmesini"),
        ("Yetkilileri tahliyeleri durdurmaya çağırıyoruz.", "tahliyeleri durdurmaya"),
    ],
    "ru": [
        ("Пишите министру юстиции и требуйте освобождения девяти пекарей.", "освобождения девяти пекарей"),
        ("Отправляйте письма с требованием снова открыть пекарню.", "снова открыть пекарню"),
        ("Федерация призывает правительство немедленно освободить пекарей.", "немедленно освободить пекарей"),
        ("Мы требуем отмены приговора.", "отмены приговора"),
        ("Просим власти прекратить выселения.", "прекратить выселения"),
        ("Требуем, чтобы все обвинения были сняты.", "все обвинения были сняты"),
        ("Призываем прокуратуру начать расследование.", "начать расследование"),
    ],
}
# The same in a letter: its beginning, and its sentences.
LETTERS = {
    "en": (
        "Dear Minister,",
        "I am writing to you about the nine bakers who were arrested in October in the town of Example.",
        [
            ("I urge you to release the nine bakers without delay.", "release the nine bakers without delay"),
            ("I respectfully ask that the bakery be reopened.", "the bakery be reopened"),
            ("Please ensure that the bakers can see a lawyer.", "ensure that the bakers can see a lawyer"),
            ("I call upon your government to end the evictions.", "end the evictions"),
            (
                "The sentence must be reviewed by an independent court of law.",
                "The sentence must be reviewed by an independent court of law",
            ),
            ("I would ask you to use your influence to save the bakery.", "use your influence to save the bakery"),
            ("We appeal to you to intervene in this case.", "intervene in this case"),
            ("I hope that you will reopen the bakery soon.", "reopen the bakery soon"),
        ],
    ),
    "de": (
        "Sehr geehrter Herr Minister,",
        "Ich schreibe Ihnen wegen der neun Bäcker, die im Oktober in der Stadt Beispiel verhaftet wurden.",
        [
            (
                "Ich fordere Sie auf, die neun Bäcker unverzüglich freizulassen.",
                "die neun Bäcker unverzüglich freizulassen",
            ),
            ("Ich bitte Sie dringend, die Bäckerei wieder zu öffnen.", "die Bäckerei wieder zu öffnen"),
            (
                "Bitte sorgen Sie dafür, dass die Bäcker einen Anwalt sehen.",
                "sorgen Sie dafür, dass die Bäcker einen Anwalt sehen",
            ),
            (
                "Alle Anklagen gegen die Bäckerinnen müssen fallen gelassen werden.",
                "Alle Anklagen gegen die Bäckerinnen müssen fallen gelassen werden",
            ),
            ("Daher ersuche ich Sie, das Urteil aufzuheben.", "das Urteil aufzuheben"),
            (
                "Ich fordere Sie ferner auf, dafür zu sorgen, dass die Löhne gezahlt werden.",
                "dafür zu sorgen, dass die Löhne gezahlt werden",
            ),
        ],
    ),
    "fr": (
        "Monsieur le Ministre,",
        "Je vous écris au sujet des neuf boulangers qui ont été arrêtés en octobre dans la ville de Exemple.",
        [
            ("Je vous demande de libérer les neuf boulangers.", "libérer les neuf boulangers"),
            ("Je vous prie instamment de rouvrir la boulangerie.", "rouvrir la boulangerie"),
            ("C'est pourquoi nous vous exhortons à mettre fin aux expulsions.", "mettre fin aux expulsions"),
            (
                "Je vous saurais gré de veiller à ce que leur avocat les voie.",
                "veiller à ce que leur avocat les voie",
            ),
            ("Veuillez garantir la sécurité de leurs familles.", "garantir la sécurité de leurs familles"),
            ("Je vous prie d'agréer, Monsieur le Ministre, mes salutations.", ""),
        ],
    ),
    "es": (
        "Señor Ministro:",
        "Le escribo por los nueve panaderos que están detenidos desde octubre en la ciudad de Ejemplo.",
        [
            ("Le pido que libere a los nueve panaderos.", "libere a los nueve panaderos"),
            ("Le ruego encarecidamente que reabra la panadería.", "reabra la panadería"),
            ("Por ello lo exhorto a poner fin a los desalojos.", "poner fin a los desalojos"),
            ("Solicito a usted la anulación de la sentencia.", "la anulación de la sentencia"),
            (
                "Los panaderos deben ser liberados de inmediato y sin condiciones.",
                "Los panaderos deben ser liberados de inmediato y sin condiciones",
            ),
        ],
    ),
    "it": (
        "Signor Ministro,",
        "Le scrivo a proposito dei nove fornai che sono in carcere da ottobre nella città di Esempio.",
        [
            ("Le chiedo di liberare i nove fornai.", "liberare i nove fornai"),
            ("La esorto a riaprire il forno.", "riaprire il forno"),
            ("La prego di porre fine agli sgomberi.", "porre fine agli sgomberi"),
            ("Chiedo che la sentenza sia annullata.", "la sentenza sia annullata"),
            ("La invitiamo pertanto ad avviare un'inchiesta.", "avviare un'inchiesta"),
        ],
    ),
    "pt": (
        "Senhor Ministro:",
        "Escrevo por causa dos nove padeiros que estão presos desde outubro na cidade de Exemplo, no norte.",
        [
            ("Peço a Vossa Excelência que liberte os nove padeiros.", "liberte os nove padeiros"),
            ("Solicito que a padaria seja reaberta.", "a padaria seja reaberta"),
            ("Venho pedir o fim dos despejos.", "fim dos despejos"),
            ("Apelo a Vossa Excelência para que anule a sentença.", "anule a sentença"),
        ],
    ),
    "nl": (
        "Geachte minister,",
        "Ik schrijf u over de negen bakkers die sinds oktober in de stad Voorbeeld in de cel zitten.",
        [
            ("Ik verzoek u de negen bakkers vrij te laten.", "de negen bakkers vrij te laten"),
            ("Ik dring er bij u op aan de bakkerij te heropenen.", "de bakkerij te heropenen"),
            ("Ik vraag u een einde te maken aan de ontruimingen.", "een einde te maken aan de ontruimingen"),
            ("Daarom roep ik u op om het vonnis te vernietigen.", "het vonnis te vernietigen"),
        ],
    ),
    "pl": (
        "Szanowny Panie Ministrze,",
        "Piszę w sprawie dziewięciu piekarzy, którzy od października siedzą w areszcie w mieście Przykład.",
        [
            ("Proszę o uwolnienie dziewięciu piekarzy.", "uwolnienie dziewięciu piekarzy"),
            ("Apeluję do Pana o ponowne otwarcie piekarni.", "ponowne otwarcie piekarni"),
            ("Wzywam Pana do zakończenia eksmisji.", "zakończenia eksmisji"),
            ("Zwracam się z prośbą o uchylenie wyroku.", "uchylenie wyroku"),
            ("Żądam, aby wypłacono zaległe pensje.", "wypłacono zaległe pensje"),
        ],
    ),
    "cs": (
        "Vážený pane ministře,",
        "Píši Vám o devíti pekařích, kteří jsou od října ve vazbě ve městě Příklad na severu země.",
        [
            ("Žádám Vás, abyste propustil devět pekařů.", "propustil devět pekařů"),
            ("Vyzývám Vás k okamžitému otevření pekárny.", "okamžitému otevření pekárny"),
            ("Prosím o zrušení rozsudku.", "zrušení rozsudku"),
            ("Apeluji na Vás, abyste zastavil vystěhování.", "zastavil vystěhování"),
        ],
    ),
    "no": (
        "Kjære justisminister,",
        "Jeg skriver om de ni bakerne som har sittet i fengsel siden oktober i byen Eksempel i nord.",
        [
            ("Jeg ber Dem om å løslate de ni bakerne.", "løslate de ni bakerne"),
            ("Jeg oppfordrer Dem til å gjenåpne bakeriet.", "gjenåpne bakeriet"),
            ("Vi krever at dommen oppheves.", "dommen oppheves"),
        ],
    ),
    "tr": (
        "Sayın Bakan,",
        "Size ekim ayından beri Örnek şehrinde cezaevinde bulunan dokuz fırıncı için yazıyorum efendim.",
        [
            (
                "Dokuz fırıncının derhal serbest bırakılmasını talep ediyorum.",
                "Dokuz fırıncının derhal serbest bırakılmasını",
            ),
            ("Sizi fırını yeniden açmaya çağırıyorum.", "fırını yeniden açmaya"),
            ("Kararın iptal edilmesini rica ediyorum.", "Kararın iptal edilmesini"),
        ],
    ),
    "ru": (
        "Уважаемый господин министр!",
        "Я пишу Вам о девяти пекарях, которые с октября находятся под стражей в городе Пример на севере.",
        [
            ("Прошу Вас освободить девятерых пекарей.", "освободить девятерых пекарей"),
            ("Призываю Вас снова открыть пекарню.", "снова открыть пекарню"),
            ("Я требую отмены приговора.", "отмены приговора"),
            ("Настоятельно прошу прекратить выселения.", "прекратить выселения"),
        ],
    ),
}
# What asks nothing of an office.
NO_DEMANDS = [
    "We want to thank all who wrote. We expect to hear from you soon.",
    "We ask all friends of bread to write to the mayor.",
    "Please tell your friends that the bakery is closed.",
    "The police demanded that the bakers leave. Prosecutors are demanding ten years in prison.",
    "Ich bitte um Ihre Unterstützung und um Weiterleitung dieser Mail.",
    "Bitte unterschreiben Sie die Petition und helfen Sie mit.",
    "Nous demandons votre soutien pour cette campagne.",
    "Chiediamo a tutti di scrivere al ministro e di diffondere questo appello.",
    "Ti chiediamo di partecipare alla festa.",
    "Chiediamo che vengano inviate lettere e cartoline al sindaco.",
    "Pedimos a todos os leitores que enviem uma mensagem.",
    "Pedimos que la gente haga una fiesta de solidaridad.",
    "Prosimy o podpisanie petycji.",
    "Prosimy o wysyłanie listów.",
    "Žádáme všechny přátele, aby napsali ministrovi.",
    "Herkesi bakana faks çekmeye çağırıyoruz.",
    "Призываем всех друзей подписать петицию.",
]


def demands(text):
    """Return the demands that a text has, in its own words."""
    return [one.text.text for one in draft_of(text, TODAY).demands]


def _core(text):
    """Return a demand in lower case, without the full stop of its sentence."""
    return text.lower().rstrip(".")


@pytest.mark.parametrize(("text", "demand"), [row for rows in CALLS.values() for row in rows])
def test_a_call_to_write_tells_what_is_demanded(text, demand):
    """What the reader is to write is the demand; that the reader is to write is none."""
    (found,) = demands(f"{text}\n\nx@minister.example")

    assert _core(demand) in _core(found)
    assert len(found) <= len(demand) + 12


@pytest.mark.parametrize(
    ("dear", "opening", "text", "demand"),
    [(dear, opening, *row) for dear, opening, rows in LETTERS.values() for row in rows],
)
def test_a_letter_asks_in_many_words(dear, opening, text, demand):
    """A letter's "I urge you to", "Le ruego que" and "Ich bitte Sie, .. zu" are demands, its polite close is none."""
    found = demands(f"{dear}\n\n{opening}\n\n{text}\n\nYours sincerely")

    assert [_core(demand) in _core(one) for one in found] == ([True] if demand else [])


@pytest.mark.parametrize("text", NO_DEMANDS)
def test_what_the_reader_does_is_no_demand(text):
    """Signing, spreading and writing are for the reader, and what others demand is theirs."""
    assert demands(text) == []


def test_the_points_of_an_alert_are_demands_without_their_lead():
    """Of "expressing concern", "calling on them to" and "urging them to" the last two ask for something."""
    text = (
        "Please write immediately in English or your own language:\n"
        "  • Expressing concern at the arrest of the bakers;\n"
        "  • Calling on the authorities to reopen the bakery at once;\n"
        "  • Reminding them that bread is a right;\n"
        "  • Urging them to pay the wages of all bakers.\n"
        "1) For the full text, including addresses, see the paper."
    )

    assert demands(text) == ["reopen the bakery at once", "pay the wages of all bakers"]


def test_what_opens_the_first_demand_opens_the_others():
    """'to A, to B and to C' are three demands; 'that they see A and B' is one."""
    series = "Dear Minister,\n\nI urge you to reopen the bakery, to pay the wages and to end the evictions of bakers.\n"

    assert demands(series) == ["reopen the bakery", "pay the wages", "end the evictions of bakers"]
    assert demands("We call on the mayor to let the bakers see their lawyers and their families.") == [
        "let the bakers see their lawyers and their families"
    ]


def test_the_number_to_call_is_no_part_of_the_demand():
    """'to demand their release on +44 20 7946 0101' demands their release."""
    text = "1. Please call the police station to demand their immediate release on +44 20 7946 0101 or 0102"

    assert demands(text) == ["their immediate release"]


def test_the_office_that_gets_the_letter_is_no_part_of_the_demand():
    """'a fax calling for the release of A to the Ministry' demands the release of A."""
    text = "A fax calling for the release of all the bakers to the Ministry of Justice is what should be done."

    assert demands(text) == ["the release of all the bakers"]


def test_what_they_are_told_is_a_demand_where_they_must_do_it():
    """'Tell them that they must pay' is a demand, 'tell them that bread is dear' is none."""
    assert demands("Let the company know that it must rehire the bakers.") == ["it must rehire the bakers"]
    assert demands("Tell Example Foods: pay the bakers now!") == ["pay the bakers now"]
    assert demands("Please tell the company that bread is dear.") == []


def test_a_message_is_sent_so_that_something_is_done():
    """'para que', 'pour que' and 'so that' tell the demand where nothing else does."""
    text = "Escreva uma carta ao prefeito, para que ele reabra a padaria da praça."

    assert demands(text) == ["ele reabra a padaria da praça"]


def test_a_victory_in_passing_ends_no_case():
    """'Have you reinstated her yet?', 'a huge victory, but it is not over' leave the demands where they are."""
    text = (
        "They dropped the case against two bakers. This is a huge victory! We demand that the others be released too."
    )

    assert demands(text) == ["the others be released too"]


def test_items_within_a_line_are_the_items_of_a_list():
    """'solicitando: 1. A 2. B' and ': • A • B' are lists, as lists are pasted without their breaks."""
    numbered = "Favor de enviar cartas solicitando: 1. La libertad de los panaderos. 2. El castigo de los culpables."
    bulleted = "We demand: • the release of the bakers • an end to the evictions"

    assert demands(numbered) == ["La libertad de los panaderos", "El castigo de los culpables"]
    assert demands(bulleted) == ["the release of the bakers", "an end to the evictions"]


def test_a_label_before_the_demand_is_enough():
    """'Demand: A' and 'Message: B' tell demands without any verb of asking."""
    assert demands("Issue: no soap.\n\nDemand: Provide more time for washing\n\nTarget: the warden") == [
        "Provide more time for washing"
    ]
    assert demands("Talebimiz: İşçiler işe geri alınsın!") == ["İşçiler işe geri alınsın"]


def test_the_title_demands_only_where_the_text_does_not():
    """'Tell the mayor to reopen the bakery' as a title is said again, and better, in the text below."""
    title = "Tell the mayor to reopen the bakery"
    text = "The bakery was closed in May.\n\nPlease ask the mayor to let the bakers back to their ovens."

    assert demands(f"{title}\n\n{text}") == ["let the bakers back to their ovens"]
    assert demands(f"{title}\n\nThe bakery was closed in May.") == ["reopen the bakery"]


def test_a_letter_that_repeats_the_list_demands_nothing_new():
    """The list's words are kept where a letter asks for the release once more."""
    text = (
        "We demand:\n- the release of the four bakers\n- an end to the evictions\n\nDear Minister,\n\n"
        "I am writing about the four bakers of Example, who were arrested on Monday morning in their shop. "
        "I urge you to free them at once.\n\nYours sincerely"
    )

    assert demands(text) == ["the release of the four bakers", "an end to the evictions"]


def test_a_letter_may_begin_in_the_line_of_its_salutation():
    """What follows "Dear Minister," in the same line is the letter's, and so is what a sample brings in its line."""
    run_on = (
        "Dear Minister, I am writing about the bakers who were arrested on Monday morning in their shop in Example. "
        "Please release them without delay."
    )
    sample = (
        "Sample letter: I am shocked by the arrest of the bakers in the town of Example on the third of May this year. "
        "Stop the trial of the bakers now!"
    )

    assert demands(run_on) == ["release them without delay"]
    assert demands(sample) == ["Stop the trial of the bakers now!"]
    assert draft_of(run_on, TODAY).letters[0].body.startswith("I am writing about the bakers")


def test_the_language_is_that_of_the_words_around_the_letter():
    """A Dutch call with an English letter is Dutch."""
    text = (
        "Schrijf een brief aan de minister van Justitie over de negen bakkers die sinds oktober in de cel zitten. "
        "Hun families mogen hen niet bezoeken, en de bakkerij is gesloten. Stuur uw brief voor het einde van de maand, "
        "en stuur ons een kopie van het antwoord dat u krijgt.\n\nDear Minister,\n\n"
        "I am writing to you about the nine bakers who have been in prison since October. They have not been charged, "
        "and their families are not allowed to see them. The bakery is closed, and all of the town has no bread. "
        "I urge you to release them and to let them bake again for all of the people of the town.\n\nYours sincerely"
    )

    assert draft_of(text, TODAY).language == "nl"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Logging in Papua New Guinea\n\nWrite to the minister.", "PG"),
        ("Gli Indiani del Perù\n\nScrivete al presidente del Perù.", "PE"),
    ],
)
def test_a_country_is_told_by_its_whole_name(text, country):
    """Papua New Guinea is not Guinea, and the first nations of America are not India."""
    assert draft_of(text, TODAY).country.text == country


def test_the_title_is_a_heading_and_no_date_or_salutation():
    """The first line of its own at the top is the title; dates, menus and salutations are passed over."""
    assert draft_of("27 August 2026\n\nThe ovens are cold\n\nIt rained.", TODAY).title.text == "The ovens are cold"
    assert draft_of("Dear friends of bread,\n\nOvens in Example\n\nIt rained.", TODAY).title.text == "Ovens in Example"


def test_what_becomes_of_the_letters_is_no_part_of_the_demand():
    """'Letters demanding A should be sent to' demands A."""
    text = "Protest letters demanding the release of Ann Sample should be sent to:\na@x.example"

    assert demands(text) == ["the release of Ann Sample"]


def test_the_cries_of_a_message_are_demands():
    """'Send messages to the mayor: Release A! Stop B!' demands both."""
    text = "Please send messages to the mayor: Release the bakers at once! Stop the evictions of bakers!"

    assert demands(text) == ["Release the bakers at once", "Stop the evictions of bakers"]


@pytest.mark.parametrize(
    "text",
    [
        "Write to your MP and ask what the government is doing to free the bakers.",
        "Ne demandez pas la charité.",
        "I ask you to pass on my message to whoever decides.",
        "I would ask you to let me know what you will do.",
        "Tell us how your call went: text the riders or write to them.",
        '"We want the water back on today," said a member of the group.',
    ],
)
def test_questions_denials_and_quotes_are_no_demands(text):
    """What is asked to be told, is not asked at all, or is said by somebody demands nothing."""
    assert demands(text) == []


def test_a_denied_wish_keeps_its_denial():
    """'Ask the minister not to seek A' demands not to seek A."""
    assert demands("Ask the Minister not to seek the death penalty against the baker.") == [
        "not to seek the death penalty against the baker"
    ]
