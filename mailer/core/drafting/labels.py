"""Which words label what follows: a fax, a phone, an address, a page, a letter, a date? Tables by kind and language.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "fax": {
        "": """
            fax, faxes, faxed, telefax, telefaxes, fax no, f, факс*, факсимил*, faks*, faxnummer, faxem, faxu, faxovat,
            télécopie*, telecopia*, belgegeçer, faxen, faxe, faxt, faxez, faxer, facsimile, fx,
            faxnr, telefaxe, telefaks*, telekopi*, téléfax, faxnummers, faxnumre, телефакс*, telefaxnummer,
            telecopier, ф, fcs, facs
        """,
    },
    "telex": {
        "": "telex*, télex, tlx, телекс*, teleks*, cable, cables",
    },
    "phone": {
        "": """
            tel, tels, telephone*, phone*, ph, t, telefon*, teléfono*, téléphon*, tél, tlf, tlph, tfn, teléf, тел,
            телефон*, тлф, звоните, позвони*, call, ring, anrufen, ruft, telefoon*, tlf nr, bellen, llame*, llamar,
            appelez, appeler, chiamat*, dzwoń*, zadzwoń*, volejte, arayın*, puh, fono, switchboard, tele, telf, tt,
            hotline*, landline, toll free, direct line, voicemail, voice, línea directa, centralita, conmutador,
            durchwahl, zentrale, rufnummer*, infoline, горячая линия, горячую линию, горячей линии, линия, дежурная
            часть, дежурную часть, дежурной части, приёмная, приемная, приёмной, приемной, канцелярия, справочная,
            centrala, ústředna, sentralbord, santral, centralino, standard téléphonique, central telefônica, pabx, pbx,
            ligue*, ligar, zvoňte, číslo, numer telefonu, numara, telefon no, dial, disque, marque, marcar, trunkline,
            trunk line, trunk lines, tfno, tfnos, tlfno, tlfn, tfon, т, fon, fone, fones, tf, tfs
        """,
    },
    "mobile": {
        "": """
            mobile, mob, cell, cellphone, gsm, handy, móvil, movil, celular, cellulare, portable, мобильн*, моб,
            komórk*, mobil, cep tel*, cep no*, kom, whatsapp, zap, sms, mobiel
        """,
    },
    "mail": {
        "": """
            email*, e mail*, e post*, epost*, e posta, eposta, mail, mails, correo, correos, correo electrónico,
            courriel*, mél, эл почта, e, электронн* почт*, почта, имейл, posta elettronica, е mail, електронн*,
            elektronisch*, e pošta, imejl*, courrier électronique, posta e, correo e, электронный адрес, эл адрес,
            имэйл, емейл, мейл, mailadresse, mailadres, mejl, mejlem, adres e mail, elektroniczn*, elektroninen, e
            poštu, elektronik posta, direcciones electrónicas, indirizzi e mail
        """,
    },
    "post": {
        "": """
            address, addresses, postal address, post, by post, postal mail, letters to, street address, mailing
            address, postfach, adresse, adressen, adresses, anschrift, postanschrift, adresse postale, indirizzo,
            indirizzi, dirección, dirección postal, domicilio, endereço, endereços, adres, adresy, adresu, адрес,
            адреса, адресу, почтовый адрес, postadres, postadresse, posta adresi, adresi, adresa, adresát, adresou,
            snail mail, airmail, ulica, po adresu
        """,
    },
    "box": {
        "": """
            p o box, po box, pobox, box, postfach, boîte postale, b p, bp, c p, casella postale, caixa postal, apartado,
            casilla, apdo, pmb, p m b, private bag, private mail bag, locked bag, gpo, g p o, mailbag, postbus,
            postboks, skrytka pocztowa, p k, а я, p o b, poštovní přihrádka, bag
        """,
    },
    "street": {
        "": """
            per, prospekt, pereulok, ulitsa, ploshchad, street, st, road, rd, avenue, ave, av, boulevard, blvd, bd,
            square, sq, lane, ln, drive, terrace, place, pl, row, gardens, crescent, close, highway, hwy, plaza, quay,
            embankment, house, building, floor, suite, wing, compound, rue, allée, straße, strasse, str, platz, allee,
            weg, gasse, ring, ufer, damm, calle, avenida, avda, carrera, paseo, plaza, via, viale, piazza, corso, largo,
            rua, praça, travessa, bulevar, rodovia, ruta, carretera, estrada, straat, laan, plein, gracht, kade, ul,
            ulica, ulice, aleje, al, plac,
            náměstí, nám, třída, gate, gata, gaten, vei, veien, plass, sokak, sokağı, sk, cad, caddesi, bulvarı,
            mahallesi, mah, улица, ул, проспект, пр, просп, площадь, пл, переулок, пер, бульвар, шоссе, набережная, наб,
            дом, р д, bul, usadeb*, jalan, jl, marg, soi, *straße, n w, s w, esplanade, parade, way, court, mall,
            secretariat, palace, palacio, palácio, palais, palazzo, pałac, palác, paleis, sarayı, cours, chaussée,
            steenweg, diagonal, transversal, autopista, polígono, circular, calzada, alameda
        """,
    },
    "web": {
        "en": """
            web form, online form, webform, contact form, form on, form at, on the website of, through the website, via
            the website, via its website, fill in, online at, contact page, feedback form, web, website, on line form,
            official site, official website, through its website, site of the, complete the form, form, click, fill out
            the form, submit, paste, click on, message form, webmail, comment form, complaints form, use the form,
            contact us page, send email button, comments page
        """,
        "ru": """
            на странице, задать вопрос, форм* обратной связи, через сайт*, интернет приёмн*, интернет приемн*, онлайн
            форм*, электронн* приёмн*, электронн* приемн*, виртуальн* приемн*, заполнит*, обратной связи, форма на
            сайте, форму на сайте, на сайте, форма обратной, отправить обращение, электронное обращение, нажмите,
            заполните форму, форму обращения
        """,
        "de": """
            kontaktformular*, online formular*, formular*, webformular*, über die webseite, über die website,
            internetseite, onlineformular*, ausfüllen, klicken sie, klickt auf, eingabemaske, webseite der, über das
            formular
        """,
        "fr": """
            formulaire*, via le site, sur le site, page de contact, en ligne sur, site officiel, cliquez, cliquer,
            remplissez, remplir, collez, via la page, par le site, saisi en ligne, saisir en ligne
        """,
        "es": """
            formulario*, a través de la página, a través de su página, página de contacto, en la web, sitio oficial,
            página oficial, haga clic, hagan clic, rellene*, rellenar, llene*, pegue, pulse, en línea, vía web, buzón de
            quejas, libro de quejas
        """,
        "it": """
            modulo, formulario, tramite il sito, attraverso il sito, pagina contatti, sito ufficiale, clicca*, cliccate,
            incolla*, compila*, compilate, modulo online, inserisci
        """,
        "pt": """
            formulário*, através do site, pelo site, página de contato, no site, site oficial, clique, cliquem,
            preencha*, preencher, cole o, formulário online, ouvidoria, livro de reclamações
        """,
        "nl": """
            formulier*, contactformulier*, via de website, webformulier*, klik op, vul in, invullen, online formulier
        """,
        "pl": """
            formularz*, przez stronę, za pośrednictwem strony, oficjaln* stron*, kliknij, wypełni*, wklej, formularz
            kontaktowy
        """,
        "cs": """
            formulář*, prostřednictvím stránek, přes web, oficiáln* strán*, klikněte, vyplňte, vložte, kontaktní
            formulář, přes formulář
        """,
        "no": "skjema*, kontaktskjema*, nettskjema*, via nettsiden, klikk, fyll ut, lim inn, via skjema",
        "tr": """
            form, formu, iletişim formu, web sitesi üzerinden, resmi site*, formunu, tıklayın, doldurun, yapıştırın,
            formu doldur*, başvuru formu
        """,
    },
    # A letter that the appeal brings along.
    "sample": {
        "en": """
            sample script, call script, phone script, call in script, suggested script, example script, script for, here
            s a script, sample email, sample e mail, sample tweet, suggested wording, draft text, sample letter*, model
            letter*, suggested letter*, example letter*, letter text, model fax, draft letter, suggested text, suggested
            message, sample text, sample message, model protest letter, sample protest letter, template letter, the
            letter reads, protest letter below, text of the letter, model message, text of letter, example of a letter,
            letter below, model text, letter template, form letter
        """,
        "ru": """
            образец текста, примерный текст письма, образец письма, примерный текст, пример письма, текст письма,
            образец обращения, типовое письмо, письмо образец, проект письма, образец
        """,
        "de": """
            gesprächsleitfaden, mustermail*, muster mail*, musterbrief*, muster brief*, beispielbrief*, briefvorschlag*,
            briefvorlage*, textvorschlag*, mustertext*, vorlage, musterschreiben, formulierungsvorschlag*
        """,
        "fr": """
            courrier type, mail type, modèle de courrier, texte type, lettre type, modèle de lettre, lettre modèle,
            exemple de lettre, message type, texte proposé, modèle de message, proposition de lettre
        """,
        "es": """
            texto de la carta, guion de llamada, carta modelo, modelo de carta, carta tipo, ejemplo de carta, texto
            sugerido, modelo de mensaje, texto modelo, propuesta de carta
        """,
        "it": """
            testo dell email, testo di esempio, esempio di testo, bozza di lettera, lettera tipo, modello di lettera,
            testo della lettera, esempio di lettera, lettera modello, fac simile, testo proposto, testo tipo
        """,
        "pt": """
            texto da carta, modelo de e mail, modelo de email, carta modelo, modelo de carta, exemplo de carta, texto
            sugerido, carta tipo, modelo de mensagem, sugestão de texto
        """,
        "nl": """
            voorbeeldmail*, belscript, voorbeeldbrief*, modelbrief*, standaardbrief*, voorbeeldtekst*, tekstvoorstel,
            voorbeeld brief
        """,
        "pl": """
            wzór maila, przykładowy mail, przykład listu, przykładowy list, wzór listu, treść listu, wzór pisma,
            propozycja listu, przykładowa treść
        """,
        "cs": """
            vzorový e mail, vzor e mailu, vzor dopisu, vzorový dopis, text dopisu, příklad dopisu, návrh dopisu, vzorový
            text
        """,
        "no": """
            forslag til tekst, mal for e post, eksempelbrev*, forslag til brev, standardbrev*, mal for brev,
            brevforslag, eksempel på brev
        """,
        "tr": "örnek metin, örnek mektup, örnek mektu*, mektup örne*, mektup taslağ*, örnek mesaj",
        "fil": "halimbawang liham",
    },
    "dear": {
        "": """
            dear, your excellency, excellency, sehr geehrte*, sehr geehrter, monsieur le, madame la, madame,
            monsieur, estimad*, excelentísim*, señor presidente, egregio, egregi*, spettabile, gentile,
            illustrissimo, exmo, exma, excelentíssim*, prezad*, geachte, excellentie, szanown*, wasza ekscelencjo,
            vážen*, vaše excelence, kjære, ærede, deres eksellense, sayın, ekselansları, уважаем*, многоуважаем*,
            господин президент, ваше превосходительство, muy señor, signor presidente, to the president, to whom it
            may, mahal na
        """,
    },
    "closing": {
        "": """
            yours sincerely, yours faithfully, sincerely, respectfully, yours truly, yours, mit freundlichen,
            hochachtungsvoll, mit vorzüglicher, veuillez agréer, cordialement, salutations, je vous prie,
            atentamente, saludos, le saluda, distinti saluti, cordiali saluti, in fede, atenciosamente,
            cumprimentos, respeitosamente, hoogachtend, met vriendelijke, z poważaniem, s pozdravem, s úctou, med
            hilsen, vennlig hilsen, med vennlig, saygılarımla, saygılarımızla, с уважением, name organi*, signed
        """,
    },
    "until": {
        "en": """
            before, until, by, no later than, deadline, not later than, up to, till, write by, write before, expires
        """,
        "ru": "до, не позднее, срок, к",
        "de": "bis, bis zum, bis spätestens, spätestens, vor dem, einsendeschluss, frist",
        "fr": "avant le, jusqu au, avant, d ici le, au plus tard, date limite",
        "es": "antes del, hasta el, antes de, hasta, plazo, fecha límite",
        "it": "entro il, entro, prima del, fino al, scadenza, non oltre",
        "pt": "antes de, até, até o, até ao, até dia, prazo, data limite",
        "nl": "voor, uiterlijk, tot, vóór, tot en met, uiterste datum",
        "pl": "do, przed, do dnia, najpóźniej, termin",
        "cs": "do, před, nejpozději, termín, uzávěrka",
        "no": "innen, før, til og med, senest, frist",
        "tr": "kadar, önce, son tarih, en geç",
    },
    "event": {
        "en": """
            trial, hearing, court date, verdict, sentencing, appeal hearing, execution, deportation, extradition, in
            court, court hearing, retrial, court case, will be tried, tribunal hearing, to be deported, to be
            executed, on trial
        """,
        "ru": "суд, судебн* заседани*, слушани*, приговор*, процесс*, депортаци*, экстрадици*, казн*, заседание суда",
        "de": """
            prozess, prozesstermin, verhandlung*, gerichtstermin*, gerichtsverhandlung*, anhörung*, urteil*,
            abschiebung*, auslieferung*, hinrichtung*, prozessbeginn
        """,
        "fr": """
            procès, audience*, verdict, jugement, expulsion, extradition, exécution, comparution, comparaîtra, jugé*
        """,
        "es": "juicio*, audiencia*, vista, sentencia, deportación, extradición, ejecución, comparecencia",
        "it": "processo, udienz*, sentenza, espulsione, estradizione, esecuzione, verdetto",
        "pt": "julgamento*, audiência*, sentença, deportação, extradição, execução, veredicto",
        "nl": "rechtszaak, proces, zitting, hoorzitting, vonnis, uitspraak, uitzetting, uitlevering, executie",
        "pl": "rozpraw*, proces*, wyrok*, przesłuchani*, deportacj*, ekstradycj*, egzekucj*, posiedzenie sądu",
        "cs": "soud, soudní, líčení, slyšení, proces, rozsud*, deportac*, vydání, poprav*, přelíčení",
        "no": """
            rettssak*, rettsmøte*, høring*, dom, deportasjon, utlevering, henrettelse*, utvisning, hovedforhandling*
        """,
        "tr": "duruşma*, mahkeme*, dava*, karar, sınır dışı, iade, infaz",
    },
    "picket": {
        "en": """
            picket, pickets, demonstration, rally, vigil, demo, protest outside, sit in, protest rally, gathering,
            picket line, day of action, protest at the
        """,
        "ru": "пикет*, митинг*, демонстрац*, акци*, шествие, сход",
        "de": "mahnwache*, kundgebung*, demonstration*, demo, aktionstag, protestkundgebung*",
        "fr": "rassemblement*, manifestation*, manif, piquet*, journée d action, veillée",
        "es": "concentración*, manifestación*, piquete*, plantón, vigilia, marcha, mitin, jornada de",
        "it": "presidio, presidi, manifestazione, picchetto, sit in, corteo, veglia",
        "pt": "manifestação, concentração, vigília, piquete*, ato público, protesto em frente, passeata",
        "nl": "demonstratie, betoging, wake, picket*, protestactie, manifestatie, actiedag",
        "pl": "pikiet*, demonstracj*, manifestacj*, wiec, protest pod, dzień akcji",
        "cs": "demonstrac*, shromáždění, piket*, protest před, pochod, den akcí",
        "no": "demonstrasjon*, markering*, fakkeltog, streikevakt, protest utenfor, aksjonsdag",
        "tr": "eylem*, miting*, basın açıklaması, yürüyüş, gösteri, nöbet",
    },
}
