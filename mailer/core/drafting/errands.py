"""Which words tell what else than a protest an address is for: a poster, a bed, a film, word of what was sent? Tables.

Law: entries as in `cues`; they count only right beside an address, and where nothing else is said there.
"""

from __future__ import annotations

from typing import Final

ERRAND_CUES: Final[dict[str, dict[str, str]]] = {
    # What readers may have, bring or do besides.
    "errand": {
        "en": """
            poster, posters, sticker*, leaflet*, flyer*, pamphlet*, brochure*, badge*, t shirt*, book, books, booklet*,
            dvd*, video*, film, films, calendar*, banners, tickets, fact sheet*, press kit, background, figures,
            material, materials, orders, order form, bulk orders, subscription*, back issues, photo, photos,
            photographs, pictures, images, footage, recordings, corrections, typo, typos, mistake*, errors, misprint*,
            should it bounce, if it bounces, bounced mail*, broken link*, idea, ideas, suggestion*, feedback, advice,
            wording, translator*, translation*, translate, article*, contributions, events, listings, sightings,
            testimon*, witness, witnesses, eyewitness*, visit, visits, visiting, visitors, guests, bring a group,
            delegation*, brigade*, spare bed*, spare room*, accommodation, beds, a bed, lift, lifts, coach, coaches,
            transport, speaker, speakers, speaking tour, bookings, to book, invite, benefit gig*, venue*, volunteer*,
            internship*, intern, job, jobs, vacanc*, apply, applicants, research, researchers, academic*, students who,
            reporter*, journalists, correspondents, foreign papers, press cards, interviews, membership, become a
            member, affiliation, affiliate to, legal advice, legal aid, legal group, web site, website, this page, this
            site, web page, pages, editing, typesetting, layout, removed from, remove your name, taken off, list owner,
            this list, mailing list, no longer wish, stop receiving, anything else, need anything, anything you need,
            gift, gifts, donations, soup, food, clothes, toys, coffee, we sell, buy, hire, hired, rent, rented, borrow,
            stall, childcare, wheelchair, technical, sign up, sign on, signatories, signature*, petition*, reprint*,
            permission to, credit, exhibition, concert tickets, lectures, workshops, teaching pack*, raffle, thesis,
            quotes, sponsor*, collection, standing order*, merchandise, mugs, cds, reporting errors, proofread*
        """,
        "ru": """
            плакат*, листовк*, наклейк*, книг*, фильм*, брошюр*, фотографии, фото, видео, исправлени*, ошибк*, опечатк*,
            предложени*, идеи, перевод*, ночлег*, переночевать, жилье, жильё, волонтёр*, волонтер*, вакансии, лекци*,
            журналистам, для журналистов, интервью, отписат*, отписк*, стать членом, вступить, заказ*, не писать
        """,
        "de": """
            plakat*, poster, aufkleber, flugblatt, flugblätter, flyer, broschüre*, buch, bücher, film, filme, video*,
            fotos und, bilder, korrektur*, fehler*, hinweise auf, vorschläge, ideen, übersetz*, übernachtung*,
            schlafplatz*, schlafplätze, mitfahr*, veranstaltung*, referent*, einladen, praktikum, stellenangebot*,
            bewerbung*, mitglied werden, mitgliedschaft, journalisten, journalistinnen, interviews, bestell*, material*,
            bezug*, abmelden, abbestellen, austragen, newsletter, webseite, website, infostand
        """,
        "fr": """
            affiche*, autocollant*, tract, tracts, brochure*, livre, livres, film, films, vidéo*, corrections, erreur*,
            coquille*, idées, suggestion*, traduction*, traducteur*, hébergement, hébergements, covoiturage,
            intervenant*, inviter, stage, stagiaire*, emploi, candidature*, adhésion*, adhérer, adhérent*,
            journalistes, interviews, commandes, commander, matériel, désabonn*, désinscri*, site web, site internet,
            photos du
        """,
        "es": """
            pegatina*, cartel, carteles, afiche*, volante*, folleto*, libro, libros, película*, documental, vídeo*,
            videos, corrección, correcciones, errores, erratas, ideas, sugerencia*, traduccion*, traductor*,
            alojamiento, hospedaje, charla, charlas, voluntari*, empleo, pasantía*, afiliarse, afiliación, socio, socia,
            periodistas, entrevista*, pedidos, pedir, material, darse de baja, dar de baja, página web, sitio web
        """,
        "it": """
            manifesti, manifesto, adesivi, volantini, opuscol*, libro, libri, film, filmato, video, correzion*, errori,
            refusi, idee, suggeriment*, proposte, traduzion*, traduttor*, ospitalità, alloggio, passaggio,
            volontari, tirocinio, iscrizion*, tessera, tesseramento, giornalisti, interviste, ordini, ordinare,
            materiale, materiali, sito web, aderire
        """,
        "pt": """
            cartaz, cartazes, autocolante*, adesivo*, panfleto*, livro, livros, filme, filmes, vídeo*, correções,
            correcções, erros, ideias, sugestões, traduções, tradutor*, hospedagem, alojamento, voluntári*, estágio*,
            emprego, filiação, sócio*, jornalistas, entrevista*, encomenda*, material, assinalar erros, página na
            internet, página web, descadastr*
        """,
        "nl": """
            posters, affiche*, stickers, folder, folders, brochure*, boek, boeken, film, films, video*, correctie*,
            fouten, ideeën, suggesties, vertal*, slaapplaats*, slaapplek*, meerijden, spreker, sprekers, stage,
            vrijwillig*, vacature*, lid worden, lidmaatschap, journalisten, interview*, bestel*, materiaal, afmelden,
            niet langer wil, website, webredactie
        """,
        "pl": """
            plakat*, naklejk*, ulotk*, broszur*, książk*, film, filmy, poprawk*, błęd*, pomysł*, sugestie, tłumacz*,
            nocleg*, dojazd, wolontari*, praktyk*, członkostw*, dziennikarze, dziennikarzy, dla dziennikarzy, wywiady,
            zamów*, materiał*, wypis*, strona internetowa, strony internetowej
        """,
        "cs": """
            plakát*, samolep*, leták*, brožur*, knih*, film, filmy, oprav*, chyb*, nápad*, návrhy, překlad*, nocleh*,
            ubytování, dobrovoln*, členství, novináře, novináři, rozhovory, objednáv*, objednat, materiál*, odhlá*,
            webové stránky
        """,
        "no": """
            plakat*, klistremerke*, løpesed*, brosjyre*, bok, bøker, film, filmer, rettelse*, feil, ideer, forslag,
            oversett*, overnatting*, innleder*, frivillig*, bli medlem, medlemskap, journalister, intervjuer, bestill*,
            materiell, avmeld*, meld deg av, nettside*
        """,
        "tr": """
            afiş*, çıkartma*, bildiri*, broşür*, kitap*, film*, düzeltme*, hata*, öneri*, çeviri*, konaklama*, gönüllü*,
            üyelik, üye olmak, gazeteciler*, röportaj*, sipariş*, materyal*, abonelik*, web sayfa*
        """,
    },
    # What the reader has done by then: whoever is told of it is told as by a copy.
    "report": {
        "en": """
            you have done, you ve done, you did, what you do, you have written, you ve written, you wrote, you have
            sent, you ve sent, action taken, actions taken, action undertaken, actions undertaken, any action, any
            actions, action you take, actions you take, action you took, actions you took, your action, your actions,
            when it s done, once it s done, when done, once done, when you are done, when you re done, once you are
            done, once you re done, in the loop, into the loop, see your mail*, see your letter*, see your message*,
            see your e mail*, see your protest*, see what you, see it, sees it, letters sent, faxes sent,
            e mails sent, emails sent, messages sent, protests sent, a done, for our files, for our records, for our
            archive, for our file, wrote to you, if you took part, share your letter*, share your mail*,
            forward your letter*, forward your mail*, forward your e mail*, forward your message*, forward what you,
            forward us, log your, who has written,
            confirm that you, collect the letters, collects the letters, collecting the letters, among the recipients,
            to the recipients, as a recipient, address line, copy line, copy field, after sending, after writing, having
            written, having sent, letters you send, mails you send, e mails you send, messages you send, letters you
            wrote, letters you write
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
