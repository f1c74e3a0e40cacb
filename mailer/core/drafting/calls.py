"""Of whom is something asked, and who decides? Words that call upon somebody, by language.

Law: entries as in `cues`; the demand follows whoever is called upon.
"""

from __future__ import annotations

from typing import Final

CALL_CUES: Final[dict[str, dict[str, str]]] = {
    # "calling on the minister to ...": the demand follows the one who is called upon.
    "calling": {
        "en": """
            press the, press your, petition the, petition your, lobby the, lobby your, push the, expect the, expect
            your, say that, write that, say they, global pressure on, international pressure on, public pressure on,
            pressure on, request, let them know, let him know, let her know, let the, show the, show them, make it
            clear, make clear, inform the, inform them, telling them, telling him, telling her, telling the, reminding,
            reminding them, am calling the, are calling the, calling the, seeking from, beg, implore, beseech, plead
            with, pleading with, encourage, exhort, entreat, request you, tell, would like you, much like you, want you,
            demand you, insist you, urges, calls on, calls upon, is calling on, are calling on, is calling upon, is
            asking, are asking, is urging, are urging, call on you, i call on, calling on, calling upon, call on, call
            upon, urging, urge, we urge, i urge, asking, ask, we ask, requesting, pressing, appealing to, appeal to,
            insist that, request that, demand that, demanding that, ask that, asking that, urging that
        """,
        "ru": """
            обратитесь к, убедите, просите, скажите что, напишите что, скажи что, с призывом, с просьбой, скажите,
            попросите, попроси, призывает, призывают, попросить, просить, обращаемся к, обращаюсь к, призываем,
            призываю, призывая, призвать, просим, прошу, призовите, призыва*
        """,
        "de": """
            drängen sie, drängt, mahnen sie, sagt dass, sag dass, sagen sie dass, schreibt dass, schreib dass, schreiben
            sie dass, und bitten sie, teilt ihnen mit, sagt ihnen, sagen sie ihm, sagen sie ihr, machen sie deutlich,
            erinnern sie, ich bitte sie, wir bitten sie, bitte ich, bitten wir, bitten, ersuche, ersuchen, ersuchen wir,
            appelliere ich, appellieren wir, rufen wir, ruft, bittet, ersucht, appelliert, aufzufordern, zu bitten,
            fordere ich sie, fordern wir sie, wir rufen, appelliere, appellieren, wir bitten, ich bitte, rufe,
            auffordern, fordern sie auf, bitten sie, ich fordere sie, wir fordern sie, fordern
        """,
        "fr": """
            enjoignez, sommez, sommons, dites que, écrivez que, dis que, priant, pressant, invitant,
            exhortez, priez, invitez, pressez, dites leur, dites lui, dire au, faites savoir, informez, appelant,
            rappelant, rappelant aux, rappelez, exhorte, prie, invite, conjure, presse, enjoins, appelle, appellent,
            exhortent, exhortant, appelons, j appelle, nous appelons, demandons à, demander à, exhortons, prions,
            exhorter, prier
        """,
        "es": """
            urjan, urja, exhorte, conminen, emplacen, digan que, diga que, decid que, di que, escriban que, escriba que,
            exhortándol*, urgiéndol*, exhorten, díganle*, dígale*, dile*, hágale* saber, háganle* saber, decirle*,
            recordando, recordándoles, recordándole, llamando a, exhorto, exhorta, exhortan, apela a, apelan a, apelamos
            a, llama a, llaman a, hace un llamado, hacen un llamado, hace un llamamiento, hacen un llamamiento, urge a,
            urgen a, emplaza a, emplazan a, emplazamos a, conminamos a, insta, instan, le ruego, les ruego, ruego,
            rogamos, le rogamos, les rogamos, llamo a, hago un llamado, hacemos un llamamiento, conmino, apelo a,
            instándole*, instándol*, pidiéndole*, solicitándole*, rogándole*, exhortando, exhortar, rogar, insten,
            invito a, llamamos a, hacemos un llamado, instamos, insto, instando, pedimos a, pidiendo a, urgimos, inste,
            instemos, instar, exhortamos
        """,
        "it": """
            esortate, sollecitate, invitate, pregate, dite che, dica che, scrivete che, scriva che, sollecitandol*,
            esortandol*, invitandol*, chiedendogl*, dite a, ditegli, ditele, fate sapere, dì a, ricordando, la invito,
            vi invito, la invitiamo, vi invitiamo, invita, esorto, la esorto, la prego, vi prego, la preghiamo, esorta,
            esortano, invitano, sollecita, sollecitano, fa appello, fanno appello, faccio appello, mi appello, ci
            appelliamo, chiedere a, chiedendo a, esortare, chiedendogli, chiedendole, invitiamo, chiediamo al, chiediamo
            alle, chiediamo ai, chiedendo al, chiedendo alle, esortiamo, sollecitiamo, facciamo appello, chiedere al,
            chiedere alle
        """,
        "pt": """
            cobrem d*, instem, exortem, conclamem, digam que, diga que, escrevam que, escreva que, instando os, pedindo
            lhes, exortando, diga ao, diga à, digam ao, digam à, dizer ao, lembrando, exorto, exortamos, insto, insta,
            conclamo, exortar, conclamar, exorta, exortam, conclamam, instam, apelam, conclama, venho pedir, venho
            solicitar, urgimos, pedir ao, pedir a, apela, apelando, instando, apelamos, pedimos a, pedimos ao, instamos,
            solicitamos ao, pedindo ao, pedindo a, conclamamos, apelo, instar
        """,
        "nl": """
            spoor, zeg dat, schrijf dat, oproepen, oproept, vragen wij, vragen we, zeg, zeg hen, laat weten, vertel,
            vraag, ik vraag, vraag ik, wijs, roept, ik roep, roep ik, roepen we, verzoek, verzoek ik, wij vragen u,
            vragen u, dringen, dring ik, dringt, verzoekt, vraagt, te verzoeken, te vragen, op te roepen, roepen wij,
            wij roepen, roep, verzoeken wij, wij verzoeken, ik verzoek, dringen er, dring er, wij vragen, verzoeken
        """,
        "pl": """
            zwróćcie się do, zwróć się do, zwracamy się do, zwracam się do, nalegajcie, powiedzcie że, napiszcie że,
            powiedz że, napisz że, powiedzcie żeby, napiszcie żeby, wzywające, wzywając, z wezwaniem do, zaapeluj,
            zaapelujcie, apelujcie, powiedz*, przekaż*, wezwij, poproś, poproście, z apelem, z prośbą, z żądaniem, z
            wezwaniem, nawołując, proszę, apeluję do, apelujemy do, wzywa, wzywają, apeluje, apelują, nalegam, nalegamy,
            wezwać, wezwijcie, proszę aby, prosząc, wzywamy, apelujemy, prosimy, wzywam, apeluję, apelując, nawołujemy
        """,
        "cs": """
            apelujte na, apeluj na, naléhejte na, obraťte se na, obracíme se na, řekněte že, řekněte ať, napište že,
            napište ať, napiš ať, popros ať, poproste ať, požádat, poprosit, řekněte, řekni, vyzvi, požádejte, požádej,
            s výzvou, s apelem, s prosbou, vyzývá, vyzývají, prosím, prosíme, apeluji na, apelujeme na, apeluje,
            vyzývající, naléhám na, vyzýváme, žádáme, apelujeme, vyzývám, vyzvěte, vyzvat
        """,
        "no": """
            be ordføreren, be selskapet, be bedriften, be kommunen, be departementet, be kongen, be presidenten, be
            direktøren, be styret, be politiet, be guvernøren, be dommeren, be firmaet, be ledelsen, be storting*,
            oppfordre, si at, skriv at, med oppfordring, fortell, si til, be statsministeren, be regjeringen, be
            myndighetene, be ambassaden, be ministeren, minne om, ber, ber deg, ber dem, ber dere, henstiller,
            bønnfaller, jeg oppfordrer, be dem, anmode, oppfordrer, vi ber, anmoder, vi oppfordrer, jeg ber
        """,
        "tr": """
            çağırınız, davet ediniz, söyleyin ki, yazın ki, çağırın, davet edin, söyleyin, çağırıyor, çağırarak, davet
            ediyorum, çağırıyoruz, çağrıda bulunuyoruz, çağrı, sesleniyoruz, çağırıyorum
        """,
        "fil": "nananawagan, pagtawag, tumatawag",
    },
    # A meeting decides: what it demands follows.
    "resolve": {
        "en": "resolves, resolved, hereby resolve, we resolve, decides, decided to, agrees to, agreed to, voted to",
        "de": "beschließt, beschlossen, beschloss, beschließen",
        "fr": "décide, décident, décidons, a décidé, ont décidé, résout, arrête ce qui suit",
        "es": "resuelve, resuelven, resolvemos, resolvió, acuerda, acuerdan, acordamos, acordó, decide, decidió",
        "it": "delibera, deliberano, decide, ha deciso, decidiamo, impegna",
        "pt": "decide, decidem, decidiu, decidimos, delibera, deliberou, resolve, resolveu, aprova",
        "nl": "besluit, besloten, beslist",
        "pl": "postanawia, postanowiło, postanawiamy, uchwala",
        "cs": "usnáší se, usneslo se, rozhodla, rozhodl, rozhodlo",
        "no": "vedtar, vedtok, har vedtatt",
        "ru": "постановляет, постановило, постановила, постановил, решил, решила, решило, решили, решает",
        "tr": "karar vermiştir, karar verdi, kararlaştırdı",
    },
}
