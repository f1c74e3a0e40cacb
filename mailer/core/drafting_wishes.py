"""Which words ask for something, and of whom? Tables by kind and language.

Law: entries as in `drafting_cues`.
"""

from __future__ import annotations

from typing import Final

WISH_CUES: Final[dict[str, dict[str, str]]] = {
    # "We demand ...": what follows is a demand.
    "demand": {
        "en": """
            should include, following proposals, following points, points to make, points to raise, recommended actions,
            information and proposals, our proposals,
            ask for, asking for, we ask for, what we are asking for,
            we demand, i demand, and demand, to demand, demanding, demands, our demands, we call for, calling for,
            call for, insist on, we insist on, we want, insisting on, demands are, we are demanding, our demands
            are, requesting, i call for, to request, demand that, insist that, request that, ask that, asking that,
            urge that, urging that, demanding that, requesting that
        """,
        "ru": """
            требуем, мы требуем, требую, требуя, требования, наши требования, с требованием, требуйте, настаиваем,
            добиваемся, с требованиями, потребуйте
        """,
        "de": """
            verlangt, und verlangt, verlangen sie, und fordert,
            wir fordern, fordern wir, ich fordere, fordern sie, fordert, forderungen, unsere forderungen, wir
            verlangen, ich verlange, verlangen wir, und fordern, mit der forderung, fordern
        """,
        "fr": """
            nous exigeons, exigeons, exigez, exigeant, nous demandons, demandons, j exige, je demande, nos
            revendications, revendications, demandez, demandant, réclamons, nous réclamons, réclamant, pour exiger,
            pour demander, exiger
        """,
        "es": """
            exigimos, exijo, exigiendo, exigir, demandamos, pedimos, nuestras demandas, demandas, reclamamos, exija,
            exijan, exigencias, para exigir, solicito, solicitamos, pidiendo, exigimos que
        """,
        "it": """
            chiediamo, esigiamo, chiedo, esigo, pretendiamo, rivendichiamo, le nostre richieste, richieste,
            rivendicazioni, chiedendo, per chiedere, per esigere, rivendicando, esigendo
        """,
        "pt": """
            exigimos, exijo, exigindo, exigir, reivindicamos, nossas reivindicações, reivindicações, pedimos,
            demandamos, para exigir, reclamamos, solicitamos, exigências, exija, exijam
        """,
        "nl": """
            wij eisen, we eisen, eisen wij, eisen we, eist, ik eis, onze eisen, eisen, met de eis, eisend, wij
            vragen, ik vraag
        """,
        "pl": """
            żądamy, domagamy się, żądam, domagam się, żądając, domagając się, nasze żądania, żądania, z żądaniem,
            nasze postulaty, postulaty, domagajcie się, żądajcie, wzywamy do
        """,
        "cs": """
            žádáme, požadujeme, požaduji, žádám, požadavky, naše požadavky, s požadavkem, vyzýváme k, požadujte,
            žádejte, požadující
        """,
        "no": """
            vi krever, krever vi, jeg krever, krever, våre krav, krav, kravene, med krav om, krever at, vi
            forlanger, kreve
        """,
        "tr": """
            talep ediyoruz, istiyoruz, talep ediyorum, istiyorum, taleplerimiz, talepler, taleplerimiz şunlar, talep
            edin
        """,
        "fil": "hinihiling namin, iginigiit namin, mga kahilingan, panawagan",
    },
    # "calling on the minister to ...": the demand follows the one who is called upon.
    "calling": {
        "en": """
            calling on, calling upon, call on, call upon, urging, urge, we urge, i urge, asking, ask, we ask,
            requesting, pressing, appealing to, appeal to, insist that, request that, demand that, demanding that,
            ask that, asking that, urging that
        """,
        "ru": "призываем, призываю, призывая, призвать, просим, прошу, призовите, призыва*",
        "de": """
            wir rufen, appelliere, appellieren, wir bitten, ich bitte, rufe, auffordern, fordern sie auf, bitten
            sie, ich fordere sie, wir fordern sie, fordern
        """,
        "fr": """
            appelons, j appelle, nous appelons, appelant, demandons à, demander à, exhortons, prions, exhorter,
            prier
        """,
        "es": """
            llamamos a, hacemos un llamado, instamos, insto, instando, pedimos a, pidiendo a, urgimos, inste*,
            instar, exhortamos
        """,
        "it": """
            invitiamo, chiediamo al, chiediamo alle, chiediamo ai, chiedendo al, chiedendo alle, esortiamo,
            sollecitiamo, facciamo appello, chiedere al, chiedere alle
        """,
        "pt": """
            apelamos, pedimos a, pedimos ao, instamos, solicitamos ao, pedindo ao, pedindo a, conclamamos, apelo,
            instar
        """,
        "nl": """
            roepen wij, wij roepen, roep, verzoeken wij, wij verzoeken, ik verzoek, dringen er, dring er, wij
            vragen, verzoeken
        """,
        "pl": "wzywamy, apelujemy, prosimy, wzywam, apeluję, wzywając, apelując, nawołujemy",
        "cs": "vyzýváme, žádáme, apelujeme, vyzývám, vyzvěte, vyzvat",
        "no": "oppfordrer, vi ber, anmoder, vi oppfordrer, jeg ber, oppfordre",
        "tr": "çağırıyoruz, çağrıda bulunuyoruz, çağrı, sesleniyoruz, çağırıyorum",
        "fil": "nananawagan, pagtawag, tumatawag",
    },
    # Who is called upon is the reader: no demand follows.
    "audience": {
        "en": """
            colleagues, folks,
            supporters, readers, comrades, activists, trade unionists, everyone, everybody, all, you, people,
            unions, members, friends, socialists, workers, the labour movement, organisations, organizations,
            solidarity, protest, protests, messages, action, letters, support, pickets, donations, urgent, actions,
            international solidarity, faxes, emails, help, a campaign, subscribers, sisters, brothers, supporters
            internationally, readers to, affiliates, branches, one minute, volunteers, mobilisation, mobilization,
            boycott
        """,
        "ru": """
            всех, товарищ*, читател*, сторонник*, активист*, вас, протест*, солидарн*, профсоюз*, друз*, коллег*,
            письм*
        """,
        "de": """
            euch, alle, leser*, genoss*, kolleg*, aktivist*, unterstützer*, gewerkschafter*, protest*, solidarität*,
            freund*, sie alle
        """,
        "fr": """
            tous, toutes, vous, lecteurs, camarades, militants, solidarité, mobilisation, syndicalistes, soutien,
            amis, signataires, envoyer
        """,
        "es": """
            todos, todas, ustedes, lectores, compañer*, activistas, solidaridad, apoyo, movilización, amig*,
            trabajadores, organizaciones, protestas
        """,
        "it": """
            tutti, tutte, lettori, compagn*, attivisti, sostenitori, solidarietà, mobilitazione, voi, lavoratori,
            amici, di inviare, di firmare, di scrivere
        """,
        "pt": """
            todos, todas, leitores, companheir*, camaradas, ativistas, solidariedade, apoio, mobilização, amig*,
            vocês, trabalhadores
        """,
        "nl": """
            iedereen, alle, lezers, kameraden, activisten, solidariteit, steun, u, jullie, vakbondsleden, vrienden,
            leden
        """,
        "pl": """
            wszystkich, czytelnik*, towarzysz*, aktywist*, do solidarności, do protest*, do wysyłania, przyjaciół,
            do wsparcia, związkowców, o solidarność, o wysyłanie
        """,
        "cs": "všechny, čtenář*, soudruh*, aktivist*, k solidaritě, k protest*, přátele, odborář*, o podporu",
        "no": "alle, lesere, kamerater, aktivister, solidaritet, støtte, deg, dere, medlemmer, venner, fagforeninger",
        "tr": "herkesi, tüm, okur*, yoldaş*, aktivist*, dayanışma*, destek*, dostlar*, sizi, sendikaları, protesto*",
    },
    # What the standard demands say.
    "release": {
        "": """
            release, released, free, freed, freedom, liberation, освобод*, освобожден*, свобод*, freilassung,
            freiheit, freilassen, freizulassen, libérer, libération, libérez, liberté, libertad, liberación,
            liberen, liberar, liberar*, rilasci*, liberazione, scarcerazione, libertà, liberare, libertação,
            libertar, liberdade, vrijlating, vrijlaten, vrij te laten, vrijheid, uwolni*, zwolnieni*, wypuszczeni*,
            propuštění, propustit, propustil*, svobod*, løslat*, frigi*, serbest, tahliye*, özgürlük, palayain,
            palayan
        """,
    },
    "imperative": {
        "": """
            free, release, freedom for, stop, drop, end, reinstate, hands off, no to, palayain, свободу, освободите,
            прекратите, freiheit für, freilassung von, stoppt, stopp, lasst, libérez, liberté pour, arrêtez, halte,
            libertad para, liberen, liberad, alto a, basta de, no a, libertà per, liberate, fermate, liberdade para,
            libertem, parem, fora, vrijheid voor, laat, stop de, uwolnić, wolność dla, stop, precz z, svobodu pro,
            svobodu, propusťte, zastavte, frihet for, løslat, frigi, stans, özgürlük, serbest bırakın, durdurun,
            readmisión, immediate release of, drop all
        """,
    },
}
