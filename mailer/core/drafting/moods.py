"""In which mood does a word ask? Tables of the forms that ask only with the right one before them.

Law: entries as in `cues`, without open ends; a form in none of these tables is of the first person, and
always asks.
"""

from __future__ import annotations

from typing import Final

MOODS: Final[dict[str, dict[str, str]]] = {
    # It asks in the imperative, and after "we", "I" or "please".
    "bare": {
        "en": """
            ask, press, appeal, urge, insist, demand, request, beg, implore, beseech, plead, encourage, exhort, entreat,
            seek, petition, lobby, push, require, want, expect, tell, call, say, write
        """,
        "fr": "demande, exige, exhorte, prie, conjure, presse, invite, sollicite, réclame, appelle",
        "de": "bitte, bitten, ersuchen, verlangen, fordern, erwarten, sagt, sag, sagen, schreibt, schreib, schreiben",
        "nl": "zeg, schrijf, vraag, vragen, eisen, verzoek, verzoeken, verwacht, verwachten, roep, dring, dringen, eis",
    },
    # It asks where a letter or a protest is spoken of: "a letter demanding", "pour exiger", "um zu fordern".
    "doing": {
        "en": "demanding, asking, requesting, urging, insisting, calling, pressing, telling",
        "fr": """
            priant, pressant, invitant, exhortant, demander, exiger, demandant, exigeant, réclamer, réclamant, exhorter,
            exhortant, prier, solliciter
        """,
        "de": "zu fordern, zu verlangen, aufzufordern, zu bitten, einzufordern",
        "es": """
            exigir, pedir, solicitar, reclamar, demandar, instar, exigiendo, pidiendo, solicitando, reclamando,
            demandando, instando, exhortar, exhortando, rogar
        """,
        "it": """
            chiedere, esigere, rivendicare, chiedendo, esigendo, rivendicando, sollecitare, sollecitando, richiedere
        """,
        "pt": """
            exigir, pedir, solicitar, reivindicar, reclamar, exigindo, pedindo, solicitando, reivindicando, instar,
            instando, apelando, requerer
        """,
        "nl": "eisend, te eisen, te verzoeken, te vragen, vragend, verzoekend",
        "pl": "żądając, domagając się, wzywając, apelując, prosząc, żądać, domagać się",
        "cs": "požadovat, požadující, žádat, žádající, vyzvat, vyzývající",
        "no": "kreve, oppfordre, krevende, be om",
        "ru": "требовать, потребовать, требуя, призывая, призвать, просить, попросить",
        "tr": "talep etmek, talebiyle",
    },
    # Somebody else asks: it counts where that is who writes the appeal.
    "third": {
        "en": """
            calls on, calls upon, calls for, call on, call upon, call for, demand, demand that, demand the, demand an,
            urge, urges, request, request that, requests, requests that, implore, implores, is appealing to, are
            appealing to, demands, demands that, demands the, demands an, asks for, asks that, insists that, is calling
            on, is calling for, are calling on, are calling for, is demanding, are demanding, is asking, are asking, is
            urging, are urging, ask that
        """,
        "de": "fordern, verlangen, fordert, verlangt, appelliert, ruft, bittet, ersucht",
        "es": """
            exige, exigen, pide, piden, solicita, solicitan, insta, instan, reclama, reclaman, exhorta, exhortan, apela,
            apelan, llama a, llaman a, hace un llamado, hacen un llamado, hace un llamamiento, hacen un llamamiento,
            demanda, demandan, urge a, urgen a, emplaza, emplazan
        """,
        "fr": """
            demande, exige, appelle, exhorte, invite, réclame, presse, demandent, exigent, réclament, appellent,
            exhortent
        """,
        "it": """
            chiede, chiedono, esige, esigono, invita, invitano, sollecita, sollecitano, rivendicano, rivendica, esorta,
            esortano, fa appello, fanno appello, pretende, pretendono, reclama, reclamano, richiede, richiedono
        """,
        "pt": """
            exige, exigem, pede, pedem, solicita, solicitam, apela, apelam, reivindica, reivindicam, conclama,
            conclamam, insta, instam, exorta, exortam, reclama, reclamam, requer, requerem
        """,
        "nl": "eist, roept, verzoekt, vraagt, dringt",
        "pl": "żąda, żądają, domaga się, domagają się, wzywa, wzywają, apeluje, apelują, prosi, proszą",
        "cs": "žádá, žádají, požaduje, požadují, vyzývá, vyzývají, apeluje",
        "no": "krever, ber, oppfordrer, anmoder, forlanger",
        "tr": "talep ediyor, talep ediyorlar, istiyor, istiyorlar, çağırıyor",
        "ru": "требует, требуют, призывает, призывают, настаивает, настаивают",
    },
}
# Before a bare form it is the appeal's own voice.
_ASKERS = """
    but aber mais pero mas maar ale men но ama we i and et y e en i og ve и please to must should now then or the
    let us je j nous vous ich wir bitte und ik wij graag veuillez tous
"""
# These may stand between the asker and the bare form.
_BETWEEN = """
    wil willen möchte möchten will wollen vil gerne graag therefore
    also therefore hereby herewith would d ll like want wish am are do will can just once again in lui leur les
    donc ainsi instamment
    également aussi sie daher deshalb hiermit nachdrücklich dringend u dan daarom ook further furthermore join him her
    only all fully simply er eindringlich höflich
"""
# What people did: a sentence with it reports.
_DONE_TEXT = """
    tenaient tenait manifestaient marchaient protestaient manifestaban protestaban marchaban manifestavano protestavano
    manifestavam protestavam streikten gestreikt demonstriert walked struck camped marching demonstrating protesting
    written escrito écrit geschrieben scritto geschreven napisali
    went wrote held gathered marched protested rallied filed occupied blocked gingen schrieben demonstrierten
    versammelten protestierten siguen siguieron marcharon protestaron salieron manifestaron scesi riuniti sfilato
    foram saíram protestaram protesteerden gingen protestowali wyszli protestovali vyšli gikk demonstrerte вышли
    протестовали собрались
"""
# "Vimos por este meio solicitar", "je souhaite demander": the first person, and then the asking.
_COMING_TEXT = """
    vimos venho vengo venimos quiero queremos quisiera quisiéramos deseo deseamos debo gostaria gostaríamos quero vorrei
    vorremmo desidero intendo souhaite souhaitons voudrais voudrions tiens tenons möchte möchten wil willen chcę chcemy
    chci chceme vil хочу хотим
"""


def _phrases(kind: str) -> frozenset[str]:
    """Return the forms of a mood in all languages."""
    entries = (entry for told in MOODS[kind].values() for entry in told.split(","))
    return frozenset(" ".join(entry.split()) for entry in entries if entry.strip())


BARE, DOING, THIRD = (_phrases(kind) for kind in ("bare", "doing", "third"))
ASKERS = frozenset(_ASKERS.split())
BETWEEN = frozenset(_BETWEEN.split())
DONE = frozenset(_DONE_TEXT.split())
COMING = frozenset(_COMING_TEXT.split())
