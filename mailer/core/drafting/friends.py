"""Which words name people who stand with the case, or those who ask? Tables by kind and language.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

FRIEND_CUES: Final[dict[str, dict[str, str]]] = {
    # Who stands with the case; a letter to them is one of support.
    "ally": {
        "en": """
            prisoner, prisoners, family, families, strikers, workers, detainees, the union, detainee, relatives,
            inmates, the strikers, wife, picket line, picketers, hunger strikers, hunger striker, the women, defendants,
            the accused, the villagers, husband, mother, parents, sister, brother,
            daughter, daughters, his son, her son, their son, sons of, children of, her children, his children, their
            children, mothers, fathers, wives, widow, widows, niece, nephew, grandmother, grandfather, brothers,
            sisters, pupils, picket, pickets, hostages, people on
            the, those inside, locked out
        """,
        "ru": "заключенн*, заключённ*, семь*, родственник*, бастующ*, рабочим, арестованн*",
        "de": """
            gefangene*, familie*, streikende*, angehörig*, inhaftierte*, seine frau, ihr mann, seine mutter, ihre
            mutter, seine kinder, ihre
            kinder, seine schwester, ihre schwester
        """,
        "fr": """
            prisonnier*, famille*, grévistes, détenus, proches, sa femme, son mari, sa mère, ses enfants, ses parents,
            sa sœur, son frère
        """,
        "es": """
            preso*, presa*, familia*, huelguistas, detenidos, trabajadores, su esposa, su esposo, su madre, sus hijos,
            su hermana, su hermano
        """,
        "it": """
            prigionier*, famigli*, scioperanti, detenut*, lavoratori, sua moglie, sua madre, suo marito, i figli, sua
            sorella, suo fratello
        """,
        "pt": """
            preso*, família*, grevistas, familiares, detidos, trabalhadores, a mulher dele, a mãe, os filhos
        """,
        "nl": """
            gevangene*, familie*, stakers, nabestaanden, zijn vrouw, haar man, zijn moeder, haar moeder, zijn kinderen,
            haar kinderen, zonen
        """,
        "pl": "więźni*, rodzin*, strajkując*, bliski*, aresztowan*",
        "cs": "vězn*, rodin*, stávkujíc*, zatčen*",
        "no": "fange*, famili*, streikende, arbeiderne",
        "tr": "tutsak*, mahpus*, aile*, grevci*, tutuklu*, işçilere",
    },
    # Who asks: turning to them is for questions, or for a copy.
    "campaigners": {
        "en": """
            committee, campaign, campaigners, coordinator, organisers, organizers, us, network, coalition, organisation,
            organization, federation, editor*, author, newspaper, magazine, association, foundation, collective,
            alliance, support group, solidarity group, defence campaign, centre for, center for, institute, our office,
            secretariat of the campaign, newsletter, appeals desk, appeals office, appeals unit, urgent appeals
            programme, urgent appeals desk, urgent action office, urgent action network, urgent appeals coordinator,
            paper, papers, gazette, trades council, trades union council, trade union council, student council, students
            council, council of trade unions, world council, council of churches, works council
        """,
        "ru": """
            комитет*, кампани*, нам, нас, редакци*, организатор*, автор*, профсоюз*, ассоциаци*, фонд, фонда, инициатив*
            групп*, правозащитн*
        """,
        "de": """
            komitee*, kampagne*, uns, redaktion*, bündnis*, initiative, veranstalter*, gewerkschaft, verein*, stiftung,
            verband, unterstützerkreis*, freundeskreis*, arbeitsgruppe, aktionskreis, ag
        """,
        "fr": """
            comité*, campagne*, nous, rédaction, collectif*, organisateurs, réseau, association*, fondation, ligue,
            coordination, syndicat*, rédactions
        """,
        "es": """
            comité*, campaña*, nos, nosotros, redacción, coordinadora, colectivo*, sindicato*, asociación, fundación,
            red de, plataforma*, coordinación, agrupación
        """,
        "it": """
            comitato*, campagna, noi, coordinamento, collettivo, sindacato, associazione*, fondazione, rete, circolo,
            redazion*
        """,
        "pt": """
            comitê*, comité*, campanha, nós, redação, coletivo, sindicato*, associação, fundação, rede, movimento,
            redações, comissão
        """,
        "nl": """
            comité*, campagne*, ons, redactie, actiecomité, vakbond, vereniging, stichting, werkgroep*, steungroep*,
            netwerk
        """,
        "pl": """
            komitet*, kampani*, nas, nam, redakcj*, związek, związku, związkow*, stowarzyszeni*, fundacj*, federacj*,
            inicjatyw*, redakcyjn*
        """,
        "cs": "výbor*, kampa*, nás, nám, redakc*, odbor*, sdružení, spolek, spolku, iniciativ*, nadac*, federac*",
        "no": """
            komité*, komiteen, kampanje*, oss, redaksjon*, fagforening*, forening*, stiftelse*, støttegruppe*,
            nettverk*, forbund*
        """,
        "tr": """
            komite*, kampanya*, bize, editör*, sendika*, dernek*, derneğ*, vakıf*, vakfı, platform*, girişim*,
            federasyon*
        """,
        "fil": "unyon",
    },
}
