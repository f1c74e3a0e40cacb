"""Which words tell that nobody is to write to an address: enquiries, gifts, signatures, the page's foot? Tables.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

MENTION_CUES: Final[dict[str, dict[str, str]]] = {
    # Whoever has a question, or wants to help otherwise, turns there: nobody writes a letter.
    "about": {
        "en": """
            your signatures, contact our, call our secretary, write to us for, to volunteer, text us, come along, need a
            bed, need a lift, lift share, legal help, whatsapp group, our office is open, office hours, book a place,
            book with, to book, coach from, minibus, childcare, more information, further information, for information,
            more info, further info, further details, more details, for details, enquir*, inquiries, press contact*,
            media contact*, contact us, contact me, questions to, read more, find out more, see also, more about, our
            website, petition, sign the petition, press enquiries, media enquiries, to join, to get involved, to help,
            sign up, contact person, interviews, spokesperson, taken from, published by, journalists, legal support, to
            order, rsvp, register, volunteers, further questions, questions about, be added, to receive, inform us, let
            us know, tell us, report back, keep us informed, keep us posted, get in touch with us, emergency line,
            responses you receive, replies you receive, any reply, any response, any replies, any responses, find your,
            for copies of, to arrange, media enquiry, next meeting, our meeting, group secretary, we meet, meetings are,
            our chat, our channel, questions or, have questions, any questions, if you have questions, add your name, to
            sign, sign on, endorse, endorsements, sign the statement, to endorse, for comment, for comments, our office
            if, legal observers, legal observer, legal team, if nicked, if arrested, if you are arrested, check with,
            hear how many, know how many, how many letters, to reach us, reach us, can be reached through, contact for
            the, we can be reached, old address*, old addresses, former address*, no longer valid, no longer in use, not
            be used, if you receive a reply, if you receive a response, get a reply, get a response, get an answer,
            receive a reply, receive a response, receive an answer, replies received, responses received, answers you
            receive, any answers, any answer, call us, ring us, phone us, my own no, my own number, my number is, our
            number is, queries, for media, for press, for the media, for the press, for journalists, stewards
        """,
        "ru": """
            вопросы нам, ваши подписи, для связи, подробн*, дополнительн* информац*, справк*, для справок, контакты для
            прессы, для прессы, связь с нами, связаться с нами, наш сайт, подписать петицию, петици*, пресс служба
            кампании, по вопросам, за информацией, сообщите нам, сообщайте нам, дайте нам знать, расскажите нам, держите
            нас в курсе, обратная связь с редакцией, вопросы и предложения, контакт для, контакты организаторов, вопросы
            мне, вопросы на, вопросы пишите, наш чат, наш канал, в личку, в чат, чтобы подписать, подписи собира*,
            подписаться под, следующая встреча, сколько писем, сколько факсов, дайте знать, напишите нам, с нами можно
            связаться, старый адрес, звоните нам, позвоните нам, что ответили, что вам ответ*, присланные ответы, ответы
            присылайте, отписывайтесь, для сми
        """,
        "de": """
            eure unterschriften, ihre unterschriften, unterschriftenlisten, wer mitkommt, mitfahr*, anreise,
            schlafplatz*, schlafplätze, weitere informationen, mehr informationen, mehr infos, weitere infos,
            rückfragen, pressekontakt, nähere auskünfte, auskunft, auskünfte, petition, unterschreib*, unterzeichnet,
            unterzeichnen, unterzeichne, impressum, fragen an, presseanfragen, anmeldung, nähere informationen,
            informieren sie uns, informiert uns, teilt uns, teilen sie uns, lasst uns wissen, lassen sie uns, bescheid,
            rückmeldung*, haltet uns, antwortschreiben, v i s d p, verantwortlich für, weitere auskünfte,
            ansprechpartner*, für rückfragen, bei fragen, fragen bei uns, fragt bei uns, ermittlungsausschuss*, ea
            nummer, fragen beantwort*, nachfragen, mitunterzeichn*, nächstes treffen, wie viele briefe, wie viele faxe,
            wieviele briefe, erreichbar unter, ihr erreicht uns, sie erreichen uns, uns erreichen, erreicht ihr uns,
            erreichen sie uns, meldet euch bei uns, melden sie sich bei uns, alte adresse, antworten die ihr, antworten
            die sie, wenn ihr antwort, wenn sie antwort, falls ihr antwort, falls sie antwort, falls sie eine antwort,
            falls ihr eine antwort, wenn ihr eine antwort, ruft uns an, rufen sie uns, ruf uns, meine nummer, für die
            presse, für journalist*
        """,
        "fr": """
            vos signatures, votre signature, qui vient, contacter notre, nous faire savoir, si vous venez, covoiturage,
            pour venir, plus d informations, plus d information, pour en savoir, renseignements, contact presse, nous
            contacter, notre site, pétition, signer la, voir aussi, en savoir plus, pour tout renseignement, contacts
            presse, informez nous, tenez nous, dites nous, faites nous savoir, nous informer, nous tenir, prévenez nous,
            faites nous part, nous faire part, pour nous contacter, pour toute question, pour toute information, plus de
            renseignements, des questions, vérifier auprès, renseignez vous auprès, legal team, équipe légale, pour
            signer, prochaine réunion, prochain rendez vous, combien de lettres, combien de courriers, pour nous
            joindre, nous joindre, signalez le, signalez nous, avertissez nous, ancienne adresse, consulter notre,
            vérifiez auprès, recevez une réponse, recevez des réponses, réponses reçues, toute réponse, réponses
            que vous, obtenez une réponse, appelez nous, téléphonez nous, mon numéro, pour la presse, pour les
            journalistes
        """,
        "es": """
            avisanos, avísanos, sus firmas, tus firmas, quien venga, contactar a nuestr*, para sumarse, para sumarte,
            para venir, más información, mas información, mayor información, más informaciones, informes, contacto de
            prensa, para consultas, consultas, nuestra página, firmar la, petición, véase, contáctenos, contacto prensa,
            para información, infórmenos, informarnos, infórmennos, avísenos, cuéntenos, cuéntanos, háganos saber,
            mantenernos informados, comunicarnos, comuníquenos, para contactarnos, para mayor, para más, dudas,
            preguntas a, equipo legal, consulten con, consultar con, contacto para medios, contacto para la prensa, para
            firmar, adhesiones, adherirse, próxima reunión, para comunicarse, para comunicarte, comuníquennos,
            comuníquenlo, avísennos, avisen a, avísenle, cuántas cartas, cuántos correos, cuántos mensajes, cuéntennos,
            nos cuenten, dirección anterior, ya no funciona, recibe respuesta, reciben respuesta, recibe una respuesta,
            reciben una respuesta, respuestas que reciba*, respuestas recibidas, cualquier cosa, cualquier duda,
            llámanos, llámenos, llamanos, llamadnos, mi número, para la prensa, para medios, para los medios, para
            periodistas
        """,
        "it": """
            chi viene, chi vuole venire, le vostre firme, per venire, per partecipare, maggiori informazioni, ulteriori
            informazioni, per informazioni, per info, più informazioni, contatto stampa, ufficio stampa della campagna,
            firmare la, leggi anche, petizione, informateci, fateci sapere, teneteci informati, tenerci informati,
            comunicateci, comunicarci, informarci, per contattarci, per ulteriori, per la stampa, verificare con, per
            saperne, per domande, per contatti, per aderire, adesioni, per firmare, prossima riunione, lo comunichi, lo
            comunichino, comunicatelo, comunicatecelo, comunicarlo a, segnalatelo, segnalateci, quante lettere, quante
            mail, per raggiungerci, vecchio indirizzo, ricevete risposta, ricevete una risposta, ricevete risposte,
            risposte ricevute, per qualsiasi, chiamateci, chiamaci, telefonateci, il mio numero
        """,
        "pt": """
            suas assinaturas, vossas assinaturas, quem vier, avisa nos, para participar, boleia*, mais informações, para
            mais, maiores informações, assessoria de imprensa, petição, abaixo assinado, leia mais, saiba mais, dúvidas,
            para informações, informe nos, informem nos, avise nos, avisem nos, conte nos, nos informe, informar nos,
            fale conosco, conte pra gente, para mais informações, outras informações, perguntas a, para a imprensa,
            contacto de imprensa, para assinar, adesões, próxima reunião, quantas cartas, quantos e mails, comuniquem
            nos, nos avisem, nos avise, nos contem, contem nos, nos conte, falar conosco, falar connosco, contactar nos,
            endereço antigo, receber resposta, receberem resposta, respostas recebidas, qualquer coisa, qualquer
            dúvida, ligue nos, liguem nos, liga nos, meu número, para imprensa, p imprensa, para jornalistas
        """,
        "nl": """
            jullie handtekeningen, uw handtekening, meer informatie, meer info, verdere informatie, inlichtingen,
            perscontact, petitie, teken de, lees meer, voor vragen, voor informatie, laat ons weten, laat het ons,
            informeer ons, houd ons op de hoogte, meld ons, meld het, vragen over, voor meer, contactpersoon, voor de
            pers, reacties sturen, heb je vragen, vragen naar, onderteken*, steun de petitie, volgende bijeenkomst,
            hoeveel brieven, laat weten, ons bereiken, bereik ons, bereikbaar op, bereikbaar via, oude adres, antwoord
            krijgt, antwoord ontvangt, antwoorden die, bel ons, mijn nummer, voor journalisten
        """,
        "pl": """
            wasze podpisy, więcej informacji, dalsze informacje, informacji udziela, kontakt dla prasy, dla mediów,
            petycj*, czytaj, dodatkowe informacje, szczegóły, poinformujcie nas, poinformuj nas, dajcie nam znać, daj
            nam znać, prosimy o informację, informujcie nas, kontakt z nami, osoba do kontaktu, pytania prosimy, w razie
            pytań, masz pytania, aby podpisać, podpisy zbier*, podpisz petycj*, następne spotkanie, ile listów, ile
            maili, dajcie znać, daj znać, napiszcie nam, powiadomcie nas, stary adres, otrzymacie odpowiedź, dostaniecie
            odpowiedź, otrzymane odpowiedzi, zadzwoń do nas, dzwońcie do nas, zadzwońcie do nas, mój numer, telefon
            alarmowy, numer alarmowy, dla prasy
        """,
        "cs": """
            více informací, další informace, bližší informace, kontakt pro média, petic*, dotazy, podrobnosti, dejte nám
            vědět, dej nám vědět, informujte nás, kontakt na nás, kontaktní osoba, pro více, máte dotazy, s dotazy, v
            případě dotazů, podepište, podpisy pod, příští schůzka, kolik dopisů, kolik mailů, dejte vědět, dej vědět,
            napište nám, stará adresa, dostanete odpověď, obdržíte odpověď, došlé odpovědi, zavolejte nám, moje číslo,
            pro média, pro novináře
        """,
        "no": """
            mer informasjon, flere opplysninger, ytterligere informasjon, for informasjon, mer info, kontaktperson,
            pressekontakt, opprop, underskriftskampanje, se også, les mer, spørsmål til, gi oss beskjed, si fra til oss,
            informer oss, fortell oss, hold oss, kontakt oss, for mer, har du spørsmål, for pressen, spørsmål ring,
            spørsmål kontakt, skriv under, signer oppropet, neste møte, hvor mange brev, si ifra, si fra, nå oss på, du
            når oss, gammel adresse, får svar, får du svar, svar du får, svar dere får, ring oss, mitt nummer, for
            journalister, ansvarlig redaktør
        """,
        "tr": """
            daha fazla bilgi, ayrıntılı bilgi, bilgi için, detaylı bilgi, basın iletişim, basın için, imza kampanya*,
            web sitemiz, sorularınız, bize bildirin, bizi bilgilendirin, haberdar edin, bize haber verin, bizimle
            iletişim, bize ulaşın, sorular için, irtibat, sorularınız için, imzalamak için, imza vermek, sonraki
            toplantı, kaç mektup, kaç faks, haber verin, bize yazın, eski adres, cevap alırsanız, yanıt alırsanız, gelen
            yanıtlar*, bizi arayın, numaram
        """,
    },
    # The same, if it heads a line: "Contact: ...".
    "contact": {
        "": """
            contact, contacts, contact details, info, information, kontakt, kontakte, kontakty, contacto, contactos,
            contatto, contatti, contato, contatos, контакт, контакты, informationen, informations, informaciones,
            información, informazioni, informações, informatie, informacje, informace, informasjon, iletişim, bilgi,
            справки, website, site, источник, source, quelle, fonte, fuente, bron, źródło, zdroj, kilde, kaynak, author,
            press, presse, prensa, stampa, redaktion, rédaction, redacción, redazione, redação, redactie, redakcja,
            redakce, redaksjon, редакция, translation, translated, traduction, traducción, traduzione, tradução,
            übersetzung, vertaling, tłumaczenie, překlad, oversettelse, çeviri, перевод, editor, contacter, contactar,
            contattare, contatar, kontaktieren, связаться, emergency, notes to editors, tekst, texte, text by, rédigé,
            organisers, organizers, veranstalter, organizadores, organisateurs, organizzatori, organizzato,
            organizatorzy, pořadatel, arrangør, düzenleyen, infos, infotelefon, photo, photos, picture, pictures, foto,
            fotos, bild, bilder, zdjęcia, fotografie, фото, fotoğraf, bilde, chat, чат, info line, infoline, hours,
            office hours, office open, fragen, questions, preguntas, domande, perguntas, vragen, pytania, spørsmål,
            sorular, вопросы, une question, eine frage, any questions, we are, that s us, that is us, wir sind, das sind
            wir, nous sommes, somos, siamo, wij zijn, jesteśmy, to my, jsme, vi er, мы, biz, to contact us, contact us,
            şube tel
        """,
    },
    "donate": {
        "en": """
            nib, giro, plusgiro, bankgiro, postgiro, e transfer*, venmo, cashapp, donate, donation, donations, paypal,
            patreon, patron, bank account, account number, sort code, iban, bic, fundraiser, cheque*, checks payable,
            financial appeal, crowdfund*, gofundme, send money, money to, money for, money order*, money raised,
            relief fund, strike fund, defence fund, hardship fund, defense
            fund, swift code, swift bic, bic swift, iban swift, swift no
        """,
        "ru": """
            пожертвован*, расчетный счет, банковск*, карта сбербанка, реквизиты, финансовая помощь, собрать деньги,
            перевести деньги
        """,
        "de": "spende*, konto*, bankverbindung, blz",
        "fr": """
            un don, faire don, vos dons, dons, don à, compte bancaire, rib, chèque*, souscription, cagnotte, caisse de
            solidarité
        """,
        "es": "donar, donativo*, donación, donaciones, cuenta bancaria, cuenta corriente, caja de resistencia",
        "it": "donazion*, donare, conto corrente, versamento, bonifico, cassa di resistenza, sottoscrizione",
        "pt": "doação, doações, doar, donativos, conta bancária, pix, fundo de greve",
        "nl": "doneer, donatie*, giften, rekeningnummer, bankrekening, rekening, stakingskas",
        "pl": "darowizn*, wpłat*, wpłaca*, konto, rachunek, numer konta, zbiórk*",
        "cs": "přispět, příspěv*, finanční dar, dary, účet, číslo účtu, sbírk*",
        "no": "doner, donasjon*, gi penger, kontonummer, konto, bidrag, innsamling*, vipps, streikekasse",
        "tr": "bağış*, hesap numara*, banka hesab*, yardım kampanya*",
    },
    # Below this stands who wrote it.
    "signed": {
        "en": """
            for the committee, on behalf of the, in solidarity, yours, yours sincerely, yours faithfully, sincerely,
            best regards, kind regards, regards, signed, comradely, best wishes, issued by, in struggle, fraternally,
            posted by, authorised by, authorized by, helpline, with thanks, distributed by, prepared by, compiled by,
            released by, submitted by, forwarded by, sent by, circulated by, yours truly, respectfully, thanking you,
            certified a true copy, certified true copy, a true copy
        """,
        "ru": """
            с солидарностью, с уважением, с приветом, с товарищеским, подпис*, распространил*, подготовил*, опубликовал*
        """,
        "de": """
            für das komitee, für den vorstand, mit solidarischen, mit freundlichen, solidarische grüße, mit kollegialen,
            gez, i a, v i s d p, herausgeber, verbreitet von, verfasst von, mit solidarischem, in solidarität,
            hochachtungsvoll
        """,
        "fr": """
            pour le bureau, pour le comité, pour le collectif, fait à, solidairement, cordialement, salutations,
            signataires, fraternellement, diffusé par, communiqué par, publié par, rédigé par, en solidarité, bien à
            vous, veuillez agréer, pour copie conforme, pour la coordination, pour le secrétariat, pour le syndicat
        """,
        "es": """
            por la junta, por el comité, saludos, atentamente, fraternalmente, un saludo, firmado, firman,
            solidariamente, en solidaridad, difundido por, publicado por, distribuido por, cordialmente, un abrazo, es
            copia fiel, por la secretaría, por la coordinadora, por el colectivo, por la asamblea, por la
            comisión, por la coordinación
        """,
        "it": """
            per il comitato, per il coordinamento, cordiali saluti, saluti, fraterni saluti, in solidarietà, distinti
            saluti, firmato, diffuso da, a cura di, pubblicato da, in fede, con solidarietà, per copia conforme, per la
            segreteria, la segreteria
        """,
        "pt": """
            saudações, atenciosamente, cumprimentos, em solidariedade, assinado, divulgado por, distribuído por,
            publicado por, abraços, cordialmente, pela comissão, pelo comitê, pela coordenação, pela direção
        """,
        "nl": """
            met solidaire, met vriendelijke, met kameraadschappelijke, hoogachtend, ondertekend, verspreid door,
            opgesteld door, uitgegeven door, met strijdbare
        """,
        "pl": """
            z poważaniem, z wyrazami, pozdrawiam*, z solidarnym*, podpisan*, opracowan* przez, wydał*, z pozdrowieniami,
            w imieniu, za zgodność
        """,
        "cs": "s pozdravem, s úctou, se solidárním, podepsán*, vydal*, zpracoval*, jménem, srdečně",
        "no": "med vennlig, med solidarisk, vennlig hilsen, hilsen, mvh, utgitt av, i solidaritet, på vegne av",
        "tr": "saygılarımızla, saygılarımla, dayanışmayla, selamlar, imzalar, hazırlayan, yayınlayan, saygılar, dostça",
    },
    # What stands around an appeal on a page or a list.
    "footer": {
        "en": """
            unsubscribe, subscribe, mailing list, list archive*, leave a reply, leave a comment, your email address will
            not, comments, all rights reserved, copyright, privacy policy, related links, related articles, share this,
            printable version, terms of use, webmaster, list owner, list info, moderator, cookie*, yahoo groups, to post
            to, help keep, newsletter, follow us, back to top, back to list, back to index, back to home, back to main,
            special financial appeal, get our newsletter, about us, site map, sitemap, powered by, our email list, yahoo
            group, post message, promoted by, printed by, printed and published, printed published, designed by, hosted
            by, send to a friend, send this to, email this, e mail this, tell a friend, print this page, printer
            friendly, print page, forward to a friend, tweet this, share on facebook, to get off this list, you are
            receiving this, received this
        """,
        "ru": """
            отписаться, подписаться, рассылк*, все права, комментари*, политика конфиденциальности, редакция сайта,
            администратор сайта, версия для печати, отправить другу, распечатать
        """,
        "de": """
            abbestellen, abonnieren, newsletter, mailingliste, verteiler, datenschutz, kommentar*, alle rechte, gedruckt
            bei, druck und verlag, eigendruck, seite drucken, weiterempfehlen, artikel versenden, druckversion, artikel
            drucken, seite versenden
        """,
        "fr": """
            désabonner, se désinscrire, liste de diffusion, lettre d information, tous droits, commentaire*, mentions
            légales, s abonner, ne pas jeter, imprimé par nos soins, imprimé par, imp spé, envoyer à un ami, imprimer
            cette, version imprimable, envoyer cet article, imprimer l article
        """,
        "es": """
            darse de baja, suscribirse, lista de correo, boletín, todos los derechos, comentario*, aviso legal,
            suscríbete, enviar a un amigo, imprimir esta, versión para imprimir, enviar este artículo, versión
            imprimible
        """,
        "it": """
            cancellarsi, disiscriversi, iscriversi, lista di distribuzione, tutti i diritti, commenti, redazione del
            sito, invia a un amico, stampa questa, versione stampabile, invia questo articolo, segnala a un amico
        """,
        "pt": """
            cancelar a inscrição, lista de discussão, boletim, todos os direitos, comentários, assine a, enviar a um
            amigo, imprimir esta, versão para impressão, enviar por e mail
        """,
        "nl": """
            afmelden, uitschrijven, nieuwsbrief, mailinglijst, alle rechten, reacties, privacybeleid, doorsturen naar,
            stuur door, printversie, printvriendelijke
        """,
        "pl": """
            wypisać się, lista dyskusyjna, subskryb*, wszelkie prawa, komentarz*, polityka prywatności, newsletter,
            wyślij znajomemu, wersja do druku, drukuj stronę
        """,
        "cs": """
            odhlásit, odhlášení, všechna práva, komentáře, zpravodaj, poslat příteli, verze pro tisk, vytisknout stránku
        """,
        "no": """
            meld deg av, avmeld*, nyhetsbrev, alle rettigheter, kommentarer, personvern, tips en venn, skriv ut siden,
            utskriftsvennlig
        """,
        "tr": "abonelikten, listeden çık*, tüm hakları, yorumlar, gizlilik, bülten, arkadaşına gönder, yazdırılabilir",
    },
}
