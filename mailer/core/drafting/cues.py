"""Which words tell what an appeal wants of an address? Tables by kind and language.

Law: entries are parted by commas; a `*` leaves a word's end open; several words stand one after another.
"""

from __future__ import annotations

from typing import Final

ROLE_CUES: Final[dict[str, dict[str, str]]] = {
    # Somebody is asked to write, to fax or to phone.
    "send": {
        "en": """
            send, sent, sending, write, writing, fax, faxed, faxes, email, emails, e mail, e mails, emailed, address,
            addressed, direct, directed, forward, phone, telephone, call them, call the, ring, contact, contacting,
            flood, flooding, bombard, deluge, mail, post, posted, tell, ask, message the, contact the, inundate, raise,
            lobby, put pressure, pressure the, jam the, jam their, jam them, ring them, dial, speak to, speak with, let
            them know, protest to, appeal to, complain to, get in touch with, call in, phone in, telegraph, text them,
            tweet, bombarding, inundating, addressing, directing, emailing, phoning, calling the, ringing, mailing,
            contacted, petition the, calling one, calling any, calling these, calling your, pester, hassle, nag, badger,
            besiege, drown the
        """,
        "ru": """
            шлите, пишите, напиши*, отправ*, посылайте, пошлите, присыл*, звоните, позвони*, направ*, обращайтесь,
            обрати*, высыл*, адрес*, написать, прислать, слать, оборва*, обрыва*, завали*, заброса*, протестуйте,
            связывайтесь, свяжитесь, телеграфируйте, звонить, наберите, набирайте, передавайте, обращаться, давите на,
            окажите давление, оказать давление, напомните, шлём, пишем, звоним, закидайте, закидаем, достаньте,
            атакуйте, терроризируйте
        """,
        "de": """
            schick*, senden, sende, sendet, schreib*, fax*, mailt, mailen, ruft, rufen, richtet, richten, übersend*,
            gesandt, geschickt, anrufen, wenden, adressier*, bombardier*, überflut*, kontaktier*, wendet euch, wenden
            sie, übt druck, druck auf, telefonier*, setzt euch in verbindung, setzen sie sich in verbindung, appelliert
            an, protestiert bei, protestieren sie, einsend*, meldet euch bei, ruft an, rufen sie, nervt, nerven,
            löchert, belagert, beschwert euch bei, macht druck, verstopft, gehen an, geht an
        """,
        "fr": """
            envoy*, écri*, ecri*, adress*, faxe*, téléphon*, appelez, appeler, contact*, interpell*, faites pression,
            faire pression, pression sur, inond*, bombard*, protestez, protester auprès, télécopi*, prenez contact,
            transmett*, mailez, joignez, joindre, dites à, harcelez, harcelons, saturez, saturons, spammez, relancez,
            submergez, submergeons
        """,
        "es": """
            envi*, enví*, escrib*, escríb*, mand*, mánd*, dirig*, dirij*, llame*, llama*, telefone*, remit*, contact*,
            presiona*, presione*, inund*, bombarde*, comuníquense, comuníquese, comunicarse, protesten, hagan llegar,
            haga llegar, hacer llegar, póngase en contacto, pónganse en contacto, transmit*, marque*, faxee*, saturen,
            saturemos, saturar, colapsen, colapsemos, colapsad, saturad, llenen, llenemos
        """,
        "it": """
            invi*, scriv*, mand*, sped*, indirizz*, telefon*, chiamat*, contatt*, faxare, fate pressione, fare
            pressione, inondat*, inondiamo, bombardat*, bombardiamo, protestate, faxate, fate pervenire, far pervenire,
            rivolget*, rivolgersi, inoltra*, inoltri*, fate sapere a, chiamiamo, tempestate, tempestiamo, tempestare,
            intasate, intasiamo, intasare, assillate, subissiamo, subissate, sommergete, sommergiamo
        """,
        "pt": """
            envi*, escrev*, mand*, dirij*, telefone*, ligu*, contact*, remet*, pression*, inund*, bombarde*, entre em
            contato, entrem em contato, entre em contacto, protestem, encaminh*, ligar, cobre, cobrem, dirigid*,
            contat*, lotem, lotar, lote, entupam, entupir, enchem, encham
        """,
        "nl": """
            stuur, stuurt, sturen, schrijf*, zend*, verstuur*, mail, richt, bel, bellen, faxen, gestuurd, oefen druk,
            druk uit, bestook, overspoel*, protesteer*, neem contact, benader*, faxt, contacteer*, telefoneer*,
            schrijven, opsturen, toesturen, belt, adresseer*, overlaad, overlaadt, bombardeer*, val lastig, leg plat
        """,
        "pl": """
            wysył*, wyśl*, pisz*, napisz*, przesył*, prześl*, kieru*, skieru*, dzwoń*, zadzwoń*, faksuj*, ślij*, pisać,
            wysłać, naciska*, wywieraj*, wywrz*, zasyp*, protestujcie, skontaktuj*, kontaktuj*, telefonuj*, mailuj*,
            apelujcie, apeluj do, adresuj*, dzwoni*, nadsył*, wysłan*, bombardujcie, bombarduj, zapchajcie, zablokujcie,
            nękajcie
        """,
        "cs": """
            pošl*, posíl*, zašl*, zasíl*, piš*, napiš*, adresu*, volejte, zavolejte, faxujte, obrať*, zahlťte, zahltit,
            tlačte, protestujte, kontaktuj*, telefonuj*, mailuj*, obracejte, apelujte, zavolat, napsat, poslat, zaslat,
            zavolán*, zaslán*, napsán*, poslán*, adresov*, zasyp*, bombarduj*, zaplavte
        """,
        "no": """
            send, sende, sender, sendes, sendt, skriv*, ring, rett, kontakt, faks, mail, legg press, press på, protester
            til, protester mot, oversvøm, ta kontakt, adresser*, henvend*, ringe, sendast, telefoner, fakse, epost, send
            inn, bombarder, oversvømm, mas på, plag
        """,
        "tr": """
            gönder*, yolla*, yaz*, arayın*, iletin*, faksla*, ulaştır*, baskı yap*, baskı oluştur*, arayalım, faks
            çekin, faks çek*, mesaj atın, mail atın, telefon edin, telefon aç*, iletişime geç*, başvurun, protesto edin,
            arayarak, iletelim, kilitleyin, kilitleyelim, bombardıman, yağdırın
        """,
        "fil": "ipada*, magpadala, padalhan, sulatan, isulat",
    },
    # What is sent.
    "message": {
        "en": """
            message, messages, letter, letters, greeting, greetings, statement, statements, email*, e mail*, fax*,
            card, cards, postcard*, note, notes, resolution*, telegram*, call, calls, appeal, appeals, appeals to,
            petition*, wire*, express your solidarity, show your solidarity, express solidarity
        """,
        "ru": """
            письм*, сообщен*, послан*, привет*, телеграм*, обращен*, заявлен*, факс*, резолюц*, открытк*,
            выражайте поддержку, выразите поддержку, выражайте солидарность, выразите солидарность
        """,
        "de": """
            brief*, schreiben, mail*, e mail*, fax*, botschaft der, botschaften der, grüße, erklärung*, nachricht*,
            telegramm*, resolution*, postkarte*, grußadress*, appell*, zeigt eure solidarität,
            zeigen sie ihre solidarität, drückt eure solidarität
        """,
        "fr": """
            message*, lettre*, courrier*, courriel*, mail*, mél*, fax, télécopie*, télégramme*, motion*, carte*, appel*,
            exprimez votre solidarité, manifestez votre solidarité
        """,
        "es": """
            mensaje*, carta*, correo*, fax*, telegrama*, comunicado*, saludo*, nota*, resoluci*, mail*, llamamiento*,
            expresa tu solidaridad, exprese su solidaridad, expresad vuestra solidaridad
        """,
        "it": """
            messagg*, letter*, e mail, mail, fax, telegramm*, comunicat*, cartolin*, appell*, mozion*,
            esprimete la vostra solidarietà
        """,
        "pt": "mensage*, carta*, e mail*, email*, fax*, telegrama*, moç*, apelo*, nota*, expresse a sua solidariedade",
        "nl": """
            bericht*, brief, brieven, mail*, e mail*, fax*, boodschap*, verklaring*, kaart*, groet*,
            betuig je solidariteit, betuig uw solidariteit
        """,
        "pl": """
            listy, listu, listami, list protestacyjny, listów, listem, wiadomośc*, mail*, e mail*, faks*, faxy, depesz*,
            oświadcz*, kart*, apel*, wyraźcie solidarność, wyraź solidarność
        """,
        "cs": "dopis*, zpráv*, vzkaz*, e mail*, maily, fax*, pozdrav*, rezoluc*, pohled*, vyjádřete solidaritu",
        "no": """
            brev*, melding*, e post*, epost*, faks*, hilsen*, hilsn*, uttalelse*, kort, protestbrev*, støttebrev*,
            vis din solidaritet
        """,
        "tr": "mesaj*, mektu*, faks*, e posta*, e mail*, ileti*, telgraf*, açıklama*, dayanışmanızı bildirin",
        "fil": "mensahe*, sulat, liham",
    },
    # What is sent is a protest.
    "protest": {
        "en": """
            protest, protests, protesting, complain*, objection*, concerns, concern, outrage, anger, fury, indignation,
            appeals to, demand letter*, demanding, denounc*, condemn*, appeals
        """,
        "ru": "протест*, жалоб*, возмущен*, требован*, требуйте, требуя",
        "de": "protest*, beschwerde*, empörung, appelle an, fordert",
        "fr": "protest*, plainte*, réclamation*, indignation, exigez, exigeant, appels",
        "es": "protest*, queja*, reclam*, denuncia*, llamamientos, repudio, exigiendo, exija*",
        "it": "protest*, reclam*, denunci*, indignazione, appelli, chiedendo",
        "pt": "protest*, queixa*, reclama*, denúncia*, repúdio, apelos, exigindo",
        "nl": "protest*, klacht*, verontwaardig*",
        "pl": "protest*, skarg*, sprzeciw*, apele, żądając*",
        "cs": "protest*, stížnost*, nesouhlas*",
        "no": "protest*, klage*, krever",
        "tr": "protesto*, itiraz*, şikayet*, kınama*, tepki*",
    },
    "solidarity": {
        "en": """
            solidarity, of support, support messages, support letters, letters of support, encouragement, sympathy, well
            wishes, congratulation*, of thanks, condolences, words of support, words of encouragement, messages of hope,
            letters of solidarity, support and encouragement, cheering
        """,
        "ru": "солидарн*, поддержк*, поддержать, ободрен*, слова поддержки",
        "de": "solidarität*, unterstützung, solidarisch*, soli, solierklärung*, soligrüße, ermutig*, grußbotschaft*",
        "fr": "solidarité, soutien, solidaires, solidaire, encouragement*, réconfort, solidarités",
        "es": "solidari*, apoyo, aliento, ánimo, respaldo",
        "it": "solidariet*, sostegno, vicinanza, appoggio, incoraggiamento, solidali, solidale",
        "pt": "solidariedade, solidári*, apoio, encorajamento, solidariza*, ânimo",
        "nl": "solidariteit*, steun, steunbetuiging*, steunberichten, bemoediging*, solidair*, hart onder de riem",
        "pl": "poparci*, wsparci*, otuch*, solidarn*",
        "cs": "solidarit*, podpor*, povzbuz*, povzbud*, solidárn*",
        "no": "solidaritet*, støtte, støtteerklæring*, støttehilsen*, støttebrev*, oppmuntr*, solidariske",
        "tr": "dayanışma*, destek*, moral mesaj*",
        "fil": "pakikiisa, suporta, pagsuporta",
    },
    "copy": {
        "en": """
            copy, copies, copied, cc, c c, bcc, b c c, carbon copy, copying, courtesy copy, blind copy, cc d, copied to,
            what you wrote, what you sent, what you send, furnish us, blind copies, ccing, bccing, cced, bcced,
            duplicate, duplicates, whatever you sent
        """,
        "ru": """
            копи*, cc, в копию, для сведения, скрытая копия, скрытую копию, в скрытую, подтверждение об отправке,
            подтверждения об отправке
        """,
        "de": """
            kopie*, durchschlag, durchschrift, cc, in kopie, abschrift*, nachrichtlich, in cc, durchschläge, zur
            kenntnis, zur kenntnisnahme, blindkopie*, faxbestätigung*, sendebestätigung*, sendebericht*,
            sendeprotokoll*, bcc
        """,
        "fr": """
            copie, copies, cc, en copie, copie conforme, pour information à, c c, en double, double à, double aux, un
            double, le double, copie cachée, cci, accusé d envoi, accusés d envoi, bordereau d envoi, nous en copie
        """,
        "es": """
            copia, copias, con copia, cc, copiando, copie a, c c p, ccp, con conocimiento a, dando conocimiento a, copia
            oculta, cco, con conocimiento, conocimiento a, en copia, c c a, comprobante de envío, acuse de envío
        """,
        "it": """
            copia, copie, per conoscenza, p c, in copia, cc, e p c, copia nascosta, ccn, copia conoscenza, ricevuta di
            invio, ricevute di invio
        """,
        "pt": """
            cópia, cópias, copia, copias, cc, com cópia, dando conhecimento, dar conhecimento a, com conhecimento a, com
            conhecimento para, conhecimento ao, cópia oculta, cco, conhecimento a, conhecimento à, conhecimento para,
            para conhecimento, comprovativo de envio, comprovante de envio
        """,
        "nl": """
            kopie*, afschrift*, kopij, cc, in afschrift, ter kennisname, ter kennisgeving, bcc, blinde kopie, in kopie,
            verzendbevestiging*
        """,
        "pl": """
            kopi*, odpis*, do wiadomości, dw, w kopii, udw, ukryta kopia, ukrytej kopii, potwierdzenie wysłania,
            potwierdzenia wysłania
        """,
        "cs": "kopi*, v kopii, na vědomí, cc, opis*, skrytá kopie, skryté kopie, skryté kopii, potvrzení o odeslání",
        "no": "kopi, kopier, kopien, gjenpart*, cc, til orientering, blindkopi, blindkopier, sendebekreftelse*",
        "tr": """
            kopya*, suret*, cc, bilgisine, nüsha*, bir örneğini, örneğini, birer örnek, birer örneğini, gizli kopya,
            gönderim belgesi, bilgi amaçlı
        """,
        "fil": "kopya",
    },
    # The reader is to make a copy for herself.
    "paste": {
        "en": "copy and, copy paste, copy the, copy this, copy change, copy cut, copying and, copy your",
        "ru": "копируйте, копировать, копируй",
        "de": "kopieren, kopiert, kopiere, kopiervorlage*",
        "fr": "copier, copiez, copie et collez, copie coller",
        "es": "copie y, copien y, copia y pega, copia y, copiar, copie el, copie este",
        "it": "copia e, copiate, copiare, copia incolla, copia il, copia questo",
        "pt": "copie e, copie o, copie este, copiar, copia e",
        "nl": "kopieer, kopiëren, kopiëer",
        "pl": "kopiuj*, kopiować",
        "cs": "kopírujte, kopírovat, kopíruj",
        "no": "kopier og, kopier teksten, kopier brevet, kopiere",
        "tr": "kopyala*",
    },
}
