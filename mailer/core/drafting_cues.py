"""Which words tell what an appeal wants of an address? Tables by kind and language.

Law: entries are parted by commas; a `*` leaves a word's end open; several words stand one after another.
"""

from __future__ import annotations

from typing import Final

ROLE_CUES: Final[dict[str, dict[str, str]]] = {
    # Somebody is asked to write, to fax or to phone.
    "send": {
        "en": """
            send, sent, sending, write, writing, fax, faxed, faxes, email, emails, e mail, e mails, emailed,
            address, addressed, direct, directed, forward, phone, telephone, call them, call the, ring, contact,
            contacting, flood, flooding, bombard, deluge, mail, post, posted, tell, ask, message the, contact the,
            inundate, raise, lobby
        """,
        "ru": """
            шлите, пишите, напиши*, отправ*, посылайте, пошлите, присыл*, звоните, позвони*, направ*, обращайтесь,
            обрати*, высыл*, адрес*, написать, прислать, слать
        """,
        "de": """
            schick*, senden, sende, sendet, schreib*, fax*, mailt, mailen, ruft, rufen, richtet, richten, sendet,
            übersend*, gesandt, geschickt, anrufen, wenden, adressier*
        """,
        "fr": "envoy*, écri*, ecri*, adress*, faxe*, téléphon*, appelez, appeler, contact*, interpell*",
        "es": "envi*, enví*, escrib*, mand*, dirig*, dirij*, llame*, llama*, telefone*, remit*, contact*",
        "it": "invi*, scriv*, mand*, sped*, indirizz*, telefon*, chiamat*, contatt*, spedit*, faxare",
        "pt": "envi*, escrev*, mand*, dirij*, telefone*, ligu*, contact*, remet*",
        "nl": "stuur, stuurt, sturen, schrijf*, zend*, verstuur*, verstuurt, mail, richt, bel, bellen, faxen, gestuurd",
        "pl": """
            wysył*, wyśl*, pisz*, napisz*, piszcie, przesył*, prześl*, kieru*, skieru*, dzwoń*, zadzwoń*, faksuj*,
            ślij*, pisać, wysłać
        """,
        "cs": "pošl*, posíl*, zašl*, zasíl*, piš*, napiš*, adresu*, volejte, zavolejte, faxujte, obrať*",
        "no": "send, sende, sender, sendes, sendt, skriv*, ring, rett, kontakt, faks, mail",
        "tr": "gönder*, yolla*, yaz*, arayın*, arayınız, iletin*, faksla*, ulaştır*",
        "fil": "ipada*, magpadala, padalhan, sulatan, isulat",
    },
    # What is sent.
    "message": {
        "en": """
            message, messages, letter, letters, greeting, greetings, statement, statements, email*, e mail*, fax*,
            card, cards, postcard*, note, notes, resolution*, telegram*, call, calls, appeal, appeals, appeals to,
            petition*, wire*
        """,
        "ru": "письм*, сообщен*, послан*, привет*, телеграм*, обращен*, заявлен*, факс*, резолюц*, открытк*",
        "de": """
            brief*, schreiben, mail*, e mail*, fax*, botschaft der, botschaften der, grüße, erklärung*, nachricht*,
            telegramm*, resolution*, postkarte*, grußadress*, appell*
        """,
        "fr": """
            message*, lettre*, courrier*, courriel*, mail*, mél*, fax, télécopie*, télégramme*, motion*, carte*,
            appel*, appels
        """,
        "es": """
            mensaje*, carta*, correo*, fax*, telegrama*, comunicado*, saludo*, nota*, resoluci*, mail*, llamamiento*
        """,
        "it": "messagg*, letter*, e mail, mail, fax, telegramm*, comunicat*, cartolin*, appell*, mozion*",
        "pt": "mensage*, carta*, e mail*, email*, fax*, telegrama*, moç*, apelo*, nota*",
        "nl": "bericht*, brief, brieven, mail*, e mail*, fax*, boodschap*, verklaring*, kaart*, groet*",
        "pl": """
            listy, listu, listami, list protestacyjny, listów, listem, wiadomośc*, mail*, e mail*, maile, faks*,
            faxy, depesz*, oświadcz*, kart*, apel*
        """,
        "cs": "dopis*, zpráv*, vzkaz*, e mail*, maily, fax*, pozdrav*, rezoluc*, pohled*",
        "no": "brev*, melding*, e post*, epost*, faks*, hilsen*, hilsn*, uttalelse*, kort, protestbrev*, støttebrev*",
        "tr": "mesaj*, mektu*, faks*, e posta*, e mail*, ileti*, telgraf*, açıklama*",
        "fil": "mensahe*, sulat, liham",
    },
    # What is sent is a protest.
    "protest": {
        "en": """
            protest, protests, protesting, complain*, complaint*, objection*, concerns, concern, outrage, appeals
            to, demand letter*, demanding, denounc*, condemn*, appeals, condemnation
        """,
        "ru": "протест*, жалоб*, возмущен*, требован*, требуйте, требуя",
        "de": "protest*, beschwerde*, empörung, appelle an, fordert, protestiert",
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
            solidarity, of support, support messages, support letters, letters of support, encouragement, sympathy,
            well wishes, congratulation*, of thanks, condolences
        """,
        "ru": "солидарн*, поддержк*, поддержать",
        "de": "solidarität*, unterstützung, solidarisch*, soli, solierklärung*, soligrüße",
        "fr": "solidarité, soutien, solidaires, solidaire, encouragement*",
        "es": "solidaridad, solidari*, apoyo, aliento",
        "it": "solidariet*, sostegno, vicinanza, appoggio",
        "pt": "solidariedade, solidári*, apoio",
        "nl": "solidariteit*, steun, steunbetuiging*, steunberichten, steunbetuigingen",
        "pl": "solidarnoś*, poparci*, wsparci*, solidarnościow*",
        "cs": "solidarit*, podpor*, solidární",
        "no": "solidaritet*, støtte, støtteerklæring*, støttehilsen*, støttebrev*",
        "tr": "dayanışma*, destek*",
        "fil": "pakikiisa, suporta, pagsuporta",
    },
    "copy": {
        "en": "copy, copies, copied, cc, c c, bcc, b c c, carbon copy, copying",
        "ru": "копи*",
        "de": "kopie*, durchschlag, durchschrift, cc, in kopie, abschrift*",
        "fr": "copie, copies, cc",
        "es": "copia, copias, con copia, cc",
        "it": "copia, copie, per conoscenza, p c",
        "pt": "cópia, cópias, copia, copias",
        "nl": "kopie*, afschrift*, kopij, cc",
        "pl": "kopi*, odpis*, do wiadomości",
        "cs": "kopi*, v kopii, na vědomí",
        "no": "kopi, kopier, kopien, gjenpart*",
        "tr": "kopya*, kopyas*, suret*",
        "fil": "kopya",
    },
    # Whoever has a question, or wants to help otherwise, turns there: nobody writes a letter.
    "about": {
        "en": """
            more information, further information, for information, more info, further info, further details, more
            details, for details, enquir*, inquiries, press contact*, media contact*, contact us, contact me,
            questions to, read more, find out more, see also, more about, our website, petition, sign the petition,
            press enquiries, media enquiries, to join, to get involved, to help, sign up, contact person,
            interviews, spokesperson, taken from, published by, journalists, legal support, to order, rsvp,
            register, volunteers, further questions, questions about, be added, to receive
        """,
        "ru": """
            подробн*, дополнительн* информац*, справк*, для справок, контакты для прессы, для прессы, связь с нами,
            связаться с нами, наш сайт, подписать петицию, петици*, пресс служба кампании, по вопросам, за
            информацией
        """,
        "de": """
            weitere informationen, mehr informationen, mehr infos, weitere infos, rückfragen, pressekontakt, nähere
            auskünfte, auskunft, auskünfte, petition, unterschreib*, unterzeichne*, impressum, fragen an,
            presseanfragen, anmeldung, nähere informationen
        """,
        "fr": """
            plus d informations, plus d information, pour en savoir, renseignements, contact presse, nous contacter,
            notre site, pétition, signer la, voir aussi, en savoir plus, pour tout renseignement, contacts presse
        """,
        "es": """
            más información, mas información, mayor información, más informaciones, informes, contacto de prensa,
            para consultas, consultas, nuestra página, firmar la, petición, véase, contáctenos, contacto prensa,
            para información
        """,
        "it": """
            maggiori informazioni, ulteriori informazioni, per informazioni, per info, più informazioni, contatto
            stampa, ufficio stampa della campagna, firmare la, leggi anche, petizione
        """,
        "pt": """
            mais informações, para mais, maiores informações, assessoria de imprensa, petição, abaixo assinado, leia
            mais, saiba mais, dúvidas, para informações
        """,
        "nl": """
            meer informatie, meer info, verdere informatie, inlichtingen, perscontact, petitie, teken de, lees meer,
            voor vragen, voor informatie
        """,
        "pl": """
            więcej informacji, dalsze informacje, informacji udziela, kontakt dla prasy, petycj*, czytaj, dodatkowe
            informacje, szczegóły
        """,
        "cs": "více informací, další informace, bližší informace, kontakt pro média, petic*, dotazy, podrobnosti",
        "no": """
            mer informasjon, flere opplysninger, ytterligere informasjon, for informasjon, mer info, kontaktperson,
            pressekontakt, opprop, underskriftskampanje, se også, les mer, spørsmål til
        """,
        "tr": """
            daha fazla bilgi, ayrıntılı bilgi, bilgi için, detaylı bilgi, basın iletişim, basın için, imza
            kampanya*, web sitemiz, sorularınız
        """,
    },
    # The same, if it heads a line: "Contact: ...".
    "contact": {
        "": """
            contact, contacts, contact details, info, information, kontakt, kontakte, kontakty, contacto, contactos,
            contatto, contatti, contato, contatos, контакт, контакты, informationen, informations, informaciones,
            información, informazioni, informações, informatie, informacje, informace, informasjon, iletişim, bilgi,
            справки, website, site, источник, source, quelle, fonte, fuente, bron, źródło, zdroj, kilde, kaynak,
            author, press, presse, prensa, stampa
        """,
    },
    "donate": {
        "en": """
            donate, donation, donations, paypal, patreon, patron, bank account, account number, sort code, iban,
            bic, swift, fundraiser, cheque*, checks payable, financial appeal, crowdfund*, gofundme, money, strike
            fund, defence fund, hardship fund, defense fund
        """,
        "ru": """
            пожертвован*, расчетный счет, банковск*, карта сбербанка, реквизиты, финансовая помощь, собрать деньги,
            перевести деньги
        """,
        "de": "spende*, spendenkonto, konto*, bankverbindung, blz",
        "fr": "don, dons, compte bancaire, rib, chèque*, souscription, cagnotte, caisse de solidarité",
        "es": "donar, donativo*, donación, donaciones, cuenta bancaria, cuenta corriente, caja de resistencia",
        "it": "donazion*, donare, conto corrente, versamento, bonifico, cassa di resistenza, sottoscrizione",
        "pt": "doação, doações, doar, donativos, conta bancária, pix, fundo de greve",
        "nl": "doneer, donatie*, donaties, giften, rekeningnummer, bankrekening, rekening, stakingskas",
        "pl": "darowizn*, wpłat*, wpłaca*, konto, rachunek, numer konta, zbiórk*",
        "cs": "přispět, příspěv*, dar, dary, účet, číslo účtu, sbírk*",
        "no": "doner, donasjon*, gi penger, kontonummer, konto, bidrag, innsamling*, vipps, streikekasse",
        "tr": "bağış*, hesap numara*, banka hesab*, yardım kampanya*",
    },
    # Below this stands who wrote it.
    "signed": {
        "en": """
            in solidarity, yours, yours sincerely, yours faithfully, sincerely, best regards, kind regards, regards,
            signed, comradely, best wishes, issued by, in struggle, fraternally, posted by, helpline, with thanks
        """,
        "ru": "с солидарностью, с уважением, с приветом, с товарищеским, подпис*",
        "de": """
            mit solidarischen, mit freundlichen, solidarische grüße, mit kollegialen, gez, i a, v i s d p,
            herausgeber
        """,
        "fr": "solidairement, cordialement, salutations, signataires, fraternellement",
        "es": "saludos, atentamente, fraternalmente, un saludo, firmado, firman, solidariamente, en solidaridad",
        "it": "cordiali saluti, saluti, fraterni saluti, in solidarietà, distinti saluti, firmato",
        "pt": "saudações, atenciosamente, cumprimentos, em solidariedade, assinado",
        "nl": "met solidaire, met vriendelijke, met kameraadschappelijke, hoogachtend, ondertekend",
        "pl": "z poważaniem, z wyrazami, pozdrawiam*, z solidarnym*, podpisan*",
        "cs": "s pozdravem, s úctou, se solidárním, podepsán*",
        "no": "med vennlig, med solidarisk, vennlig hilsen, hilsen, mvh",
        "tr": "saygılarımızla, saygılarımla, dayanışmayla, selamlar, imzalar",
    },
    # What stands around an appeal on a page or a list.
    "footer": {
        "en": """
            unsubscribe, subscribe, mailing list, list archive*, leave a reply, leave a comment, your email address
            will not, comments, all rights reserved, copyright, privacy policy, related links, related articles,
            share this, printable version, terms of use, webmaster, list owner, list info, moderator, cookie*, yahoo
            groups, to post to, help keep, newsletter, follow us, back to, special financial appeal, get our
            newsletter, about us, site map, sitemap, powered by, our email list, yahoo group, post message
        """,
        "ru": """
            отписаться, подписаться, рассылк*, все права, комментари*, политика конфиденциальности, редакция сайта,
            администратор сайта
        """,
        "de": "abbestellen, abonnieren, newsletter, mailingliste, verteiler, datenschutz, kommentar*, alle rechte",
        "fr": """
            désabonner, se désinscrire, liste de diffusion, lettre d information, tous droits, commentaire*,
            mentions légales, s abonner
        """,
        "es": """
            darse de baja, suscribirse, lista de correo, boletín, todos los derechos, comentario*, aviso legal,
            suscríbete
        """,
        "it": """
            cancellarsi, disiscriversi, iscriversi, lista di distribuzione, tutti i diritti, commenti, redazione del
            sito
        """,
        "pt": "cancelar a inscrição, lista de discussão, boletim, todos os direitos, comentários, assine a",
        "nl": "afmelden, uitschrijven, nieuwsbrief, mailinglijst, alle rechten, reacties, privacybeleid",
        "pl": "wypisać się, lista dyskusyjna, subskryb*, wszelkie prawa, komentarz*, polityka prywatności, newsletter",
        "cs": "odhlásit, odhlášení, všechna práva, komentáře, zpravodaj",
        "no": "meld deg av, avmeld*, nyhetsbrev, alle rettigheter, kommentarer, personvern",
        "tr": "abonelikten, listeden çık*, tüm hakları, yorumlar, gizlilik, bülten",
    },
}
