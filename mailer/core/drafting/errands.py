"""Which words tell what else than a protest an address is for: a poster, a bed, a film, word of what was sent? Tables.

Law: entries as in `cues`; they count only right beside an address, and where nothing else is said there.
"""

from __future__ import annotations

from typing import Final

ERRAND_CUES: Final[dict[str, dict[str, str]]] = {
    # What readers may have, bring or do besides.
    "errand": {
        "en": """
            poster, posters, sticker*, leaflet*, flyer*, pamphlet*, brochure*, badge*, t shirt*, books, booklet*, dvd*,
            video*, film, films, calendar*, banners, tickets, fact sheet*, press kit, order form, bulk orders,
            subscription*, back issues, photos, photographs, recordings, corrections, typo, typos, misprint*, should it
            bounce, if it bounces, bounced mail*, broken link*, suggestion*, feedback, wording, translator*,
            translation*, listings, bring a group, spare bed*, spare room*, accommodation, a bed, speakers, speaking
            tour, bookings, to book, benefit gig*, venue*, foreign papers, press cards, interviews, become a member,
            affiliation, affiliate to, editing, typesetting, layout, remove your name, taken off, list owner, this list,
            mailing list, no longer wish, stop receiving, anything else, need anything, anything you need, donations, we
            sell, borrow, stall, childcare, wheelchair, sign up, sign on, signatories, reprint*, exhibition, concert
            tickets, workshops, teaching pack*, raffle, thesis, standing order*, merchandise, mugs, cds, reporting
            errors, proofread*
        """,
        "ru": """
            плакат*, листовк*, наклейк*, книг*, фильм*, брошюр*, фотографии, фото, исправлени*, опечатк*, ночлег*,
            переночевать, лекци*, для журналистов, интервью, отписат*, отписк*, стать членом, вступить, заказ*
        """,
        "de": """
            plakat*, poster, aufkleber, flugblatt, flugblätter, flyer, broschüre*, bücher, filme, fotos und, bilder,
            korrektur*, hinweise auf, übersetz*, übernachtung*, schlafplatz*, schlafplätze, mitfahr*, veranstaltung*,
            referent*, einladen, praktikum, mitglied werden, mitgliedschaft, bestell*, abmelden, abbestellen, austragen,
            newsletter, infostand
        """,
        "fr": """
            affiche*, autocollant*, tracts, brochure*, livres, films, corrections, coquille*, traduction*, traducteur*,
            hébergement, hébergements, covoiturage, intervenant*, stagiaire*, candidature*, adhésion*, adhérer,
            adhérent*, commandes, commander, désabonn*, désinscri*, photos du
        """,
        "es": """
            pegatina*, carteles, afiche*, volante*, folleto*, libros, película*, documental, corrección, correcciones,
            erratas, sugerencia*, traduccion*, traductor*, alojamiento, hospedaje, charla, charlas, pasantía*,
            afiliarse, afiliación, darse de baja, dar de baja
        """,
        "it": """
            manifesti, adesivi, volantini, opuscol*, libri, filmato, correzion*, refusi, suggeriment*, traduzion*,
            traduttor*, ospitalità, alloggio, tirocinio, iscrizion*, tessera, tesseramento, materiali
        """,
        "pt": """
            cartaz, cartazes, autocolante*, adesivo*, panfleto*, livros, filmes, correções, correcções, sugestões,
            traduções, tradutor*, hospedagem, alojamento, estágio*, filiação, sócio*, encomenda*, assinalar erros,
            descadastr*
        """,
        "nl": """
            posters, affiche*, stickers, folder, folders, brochure*, boeken, films, correctie*, suggesties, vertal*,
            slaapplaats*, slaapplek*, meerijden, spreker, sprekers, lid worden, lidmaatschap, bestel*, afmelden, niet
            langer wil, webredactie
        """,
        "pl": """
            plakat*, naklejk*, ulotk*, broszur*, książk*, filmy, poprawk*, sugestie, tłumacz*, nocleg*, dojazd,
            praktyk*, członkostw*, dla dziennikarzy, zamów*, wypis*
        """,
        "cs": """
            plakát*, samolep*, leták*, brožur*, knih*, filmy, oprav*, překlad*, nocleh*, ubytování, členství, objednáv*,
            objednat, odhlá*
        """,
        "no": """
            plakat*, klistremerke*, løpesed*, brosjyre*, bøker, filmer, rettelse*, oversett*, overnatting*, innleder*,
            bli medlem, medlemskap, bestill*, avmeld*, meld deg av, nettside*
        """,
        "tr": """
            afiş*, çıkartma*, bildiri*, broşür*, kitap*, düzeltme*, çeviri*, konaklama*, üyelik, üye olmak, sipariş*,
            abonelik*
        """,
    },
    # What the reader has done by then: whoever is told of it is told as by a copy.
    "report": {
        "en": """
            you have done, you ve done, you did, what
            you do, you have written, you ve written, you wrote, you have
            sent, you ve sent, action taken, actions taken, action undertaken, actions undertaken, action you take,
            actions you take, action you took, actions you took, when it s done, once it s done, when done, once done,
            when you are done, when you re done, once you are done, once you re done, in the loop, into the loop, see
            your mail*, see your letter*, see your message*, see your e mail*, see your protest*, see what you, letters
            sent, faxes sent, e mails sent, emails sent, messages sent, protests sent, for our files, for our records,
            for our archive, for our file, wrote to you, if you took part, share your letter*, share your mail*, forward
            your letter*, forward your mail*, forward your e mail*, forward your message*, forward what you, forward us,
            log your, who has written, confirm that you, collect the letters, collects the letters, collecting the
            letters, among the recipients, to the recipients, as a recipient, address line, copy line, copy field, after
            sending, after writing, having written, having sent, letters you send, mails you send, e mails you send,
            messages you send, letters you wrote, letters you write
        """,
        "ru": """
            что вы сделали, что сделали, что вы отправили, что отправили, что вы написали, что написали, ваших
            действиях, о своих действиях, для нашего архива, дубликат*
        """,
        "de": """
            was ihr getan habt, was ihr gemacht habt, unternommen habt, geschrieben habt, geschickt habt, verschickt
            habt, unternommen haben, geschrieben haben, geschickt haben, eure aktionen, euren aktionen, eure
            aktivitäten, euren aktivitäten, ihre aktivitäten, für unser archiv, für unsere unterlagen, duplikat*
        """,
        "fr": """
            vos actions, vos démarches, vos interventions, vos initiatives, vos envois, avez fait, avez envoyé, avez
            écrit, pour nos archives, pour nos dossiers, dans la boucle, duplicata*
        """,
        "es": """
            lo que hicieron, lo que hayan hecho, lo que han hecho, lo que hicisteis, sus acciones, sus gestiones, sus
            envíos, vuestras acciones, han enviado, hayan enviado, han escrito, hayan escrito, para nuestro archivo,
            duplicado*
        """,
        "it": """
            avete fatto, avete scritto, avete inviato, avete spedito, hai scritto, hai inviato, vostre azioni, vostre
            iniziative, per il nostro archivio, duplicat*
        """,
        "pt": """
            o que fizeram, o que fez, o que fizerem, enviaram, escreveram, suas ações, vossas ações, vossas acções,
            para o nosso arquivo, duplicado*
        """,
        "nl": """
            gedaan hebt, hebt gedaan, hebben gedaan, gestuurd hebt, geschreven hebt, verstuurd hebt, hebt gestuurd,
            hebt geschreven, uw actie*, jullie actie*, voor ons archief, duplica*
        """,
        "pl": """
            co zrobiliście, wysłaliście, napisaliście, wasze działania, waszych działaniach, podjętych działaniach, do
            naszego archiwum, duplikat*
        """,
        "cs": "co jste udělali, jste poslali, jste napsali, vaše akce, vašich akcích, pro náš archiv, duplikát*",
        "no": "dere har gjort, du har gjort, har sendt, har skrevet, deres aksjoner, for vårt arkiv, duplikat*",
        "tr": "yaptıklarınız*, gönderdiklerinizi, gönderdiğiniz*, yazdığınız*, arşivimiz*",
    },
}
