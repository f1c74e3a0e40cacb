"""Who is called upon is the reader, and what do readers do besides writing? Tables by kind and language.

Law: entries as in `cues`; what they say is no demand.
"""

from __future__ import annotations

from typing import Final

READER_CUES: Final[dict[str, dict[str, str]]] = {
    # Who is called upon is the reader: no demand follows.
    "audience": {
        "en": """
            others to, your friends, your family, your representative, your senator*, your congress*, your member, the
            operator, extension, the office of, your attention, prayers, prayer, your signature*, your support, each of
            us, all of us, for us to, us to, you to, each one of us, colleagues, folks, supporters, readers, comrades,
            activists, trade unionists, everyone, everybody, all, you, people, unions, members, friends, socialists,
            workers, the labour movement, organisations, organizations, solidarity, protest, protests, messages, action,
            letters, support, pickets, donations, urgent, actions, international solidarity, faxes, emails, help, a
            campaign, subscribers, sisters, brothers, supporters internationally, readers to, affiliates, branches, one
            minute, volunteers, mobilisation, mobilization, boycott
        """,
        "ru": """
            своих членов, помощ*, внимани*, всех, товарищ*, читател*, сторонник*, активист*, вас, протест*, солидарн*,
            профсоюз*, друз*, коллег*, письм*
        """,
        "de": """
            weiterleitung, mithilfe, ihre mitglieder, seine mitglieder, ihre anhänger, hilfe, aufmerksamkeit,
            verbreitung, euch, alle, leser*, genoss*, kolleg*, aktivist*, unterstützer*, gewerkschafter*, protest*,
            solidarität*, freund*, sie alle
        """,
        "fr": """
            ses membres, leurs membres, ses adhérents, votre attention, votre aide, tous, toutes, vous, lecteurs,
            camarades, militants, solidarité, mobilisation, syndicalistes, soutien, amis, signataires, envoyer
        """,
        "es": """
            sus miembros, sus afiliados, su colaboración, vuestra colaboración, su atención, difusión, ayuda, todos,
            todas, ustedes, lectores, compañer*, activistas, solidaridad, apoyo, movilización, amig*, trabajadores,
            organizaciones, protestas
        """,
        "it": """
            i suoi membri, i suoi iscritti, i propri iscritti, sostegno, aiuto, diffusione, attenzione, tutti, tutte,
            lettori, compagn*, attivisti, sostenitori, solidarietà, mobilitazione, voi, lavoratori, amici, di inviare,
            di firmare, di scrivere
        """,
        "pt": """
            seus membros, seus filiados, divulgação, ajuda, atenção, todos, todas, leitores, companheir*, camaradas,
            ativistas, solidariedade, apoio, mobilização, amig*, vocês, trabalhadores
        """,
        "nl": """
            haar leden, hun leden, zijn leden, aandacht, hulp, iedereen, alle, lezers, kameraden, activisten,
            solidariteit, steun, u, jullie, vakbondsleden, vrienden, leden
        """,
        "pl": """
            swoich członków, telefony, telefon, o pomoc, uwagę, wszystkich, czytelnik*, towarzysz*, aktywist*, do
            solidarności, do protest*, do wysyłania, przyjaciół, do wsparcia, związkowców, o solidarność, o wysyłanie
        """,
        "cs": """
            své členy, pomoc, všechny, čtenář*, soudruh*, aktivist*, k solidaritě, k protest*, přátele, odborář*, o
            podporu
        """,
        "no": """
            sine medlemmer, hjelp, oppmerksomhet, alle, lesere, kamerater, aktivister, solidaritet, støtte, deg, dere,
            medlemmer, venner, fagforeninger
        """,
        "tr": """
            yardım*, herkesi, tüm, okur*, yoldaş*, aktivist*, dayanışma*, destek*, dostlar*, sizi, sendikaları,
            protesto*
        """,
        "": """
            phone calls, la gente, gente, las personas, les gens, leute, menschen, mensen, ludzi, ludzie, lidi, lidé,
            pessoas, as pessoas, le persone, persone, людей, folk, insanlar*
        """,
    },
    # What readers do besides writing.
    "join": {
        "en": """
            join, sign, participate, take part, spread, share, help, support, come, attend, boycott, circulate, pass on
        """,
        "ru": "участв*, принять участие, подпис*, поддерж*, распростран*, помочь, присоедин*, прийти",
        "de": """
            teilnehm*, teilzunehmen, beteilig*, mitmach*, unterschreib*, unterzeichn*, verbreit*, unterstütz*, helf*
        """,
        "fr": "particip*, sign*, diffus*, rejoindre, soutenir, aider, relayer, joindre, venir, partager",
        "es": "particip*, firm*, difund*, unirse, unan*, apoy*, ayud*, sumarse, súmense, compart*, distribu*",
        "it": "partecip*, firm*, diffond*, unirsi, unirvi, sosten*, aiut*, aderir*, condivid*, parteciparvi",
        "pt": "particip*, assin*, divulg*, unir, juntar, apoi*, ajud*, aderir, compartilh*, serem solidários",
        "nl": "meedoen, mee te doen, deelnem*, deel te nemen, onderteken*, verspreid*, steun*, help*, tekenen",
        "pl": "udział*, podpis*, przyłącz*, wspar*, wesprz*, pomoc*, rozpowszechni*, wzięci* udziału",
        "cs": "účast*, zúčastn*, podepsa*, podepiš*, připoj*, podpoř*, šíř*, pomoc*, zapoj*",
        "no": "delta, signer*, underskriv*, støtt*, hjelp*, spre, bli med, slutte",
        "tr": "katıl*, imzala*, destekle*, paylaş*, yaygınlaştır*, yardım*",
    },
}
