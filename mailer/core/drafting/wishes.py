"""Which words ask for something, and of whom? Tables by kind and language.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

WISH_CUES: Final[dict[str, dict[str, str]]] = {
    # "We demand ...": what follows is a demand.
    "demand": {
        "en": """
            urging for, urge for, push for, pushing for, demand, must demand, insisting that, insisting they, appealing
            for, pleading for, we ask that, i ask that, we expect, i expect, we insist, pressing for, press for, plead
            for, we plead for, we require, we are asking for, i am asking for, i am calling for, we are calling for, to
            ask for, to call for, asks for, asks that, calls for, demands that, demands the, demands an, is demanding,
            are demanding, is calling for, are calling for, insists that, i request, we request, i want, would like to
            see, our demand is, our request is, our request that, our demand that, our call that, our appeal that,
            request is that, insist upon, demand the, demand a, demand an, should include, following proposals,
            following points, points to make, points to raise, recommended actions, information and proposals, our
            proposals, ask for, asking for, we ask for, what we are asking for, we demand, i demand, and demand, to
            demand, demanding, demands, our demands, we call for, calling for, call for, insist on, we insist on, we
            want, insisting on, demands are, we are demanding, our demands are, requesting, i call for, to request,
            demand that, insist that, request that, ask that, asking that, urge that, urging that, demanding that,
            requesting that, demand is that
        """,
        "ru": """
            мы хотим, с призывом к, мы хотим чтобы, хотим чтобы, требуй, потребуй, попросите, попроси, требовать,
            потребовать, добиваться, требует, требуют, настаиваю, настаивает, настаивают, прошу вас, просим вас, с
            просьбой, ходатайствуем, ходатайствую, прошу, просим, выступаем за, требуем, мы требуем, требую, требуя,
            требования, наши требования, с требованием, требуйте, настаиваем, добиваемся, с требованиями, потребуйте,
            требование чтобы, требованием чтобы, просьбу чтобы, настаиваю чтобы, настаиваем чтобы
        """,
        "de": """
            wir wollen, wir wollen dass, ich will dass, fordern, gefordert wird, gefordert werden, verlangt wird,
            verlangt werden, mit der bitte um, mit der bitte, mit dem appell, mit der aufforderung, bitte um, bitten um,
            bitte sie um, bitten sie um, bitten wir um, bitte ich um, verlangen, ich erwarte, wir erwarten, erwarte ich,
            erwarten wir, fordere ich, fordere, erwarten, zu fordern, zu verlangen, einzufordern, forderung nach,
            forderungen nach, verlangt, und verlangt, verlangen sie, und fordert, wir fordern, fordern wir, ich fordere,
            fordern sie, fordert, forderungen, unsere forderungen, wir verlangen, ich verlange, verlangen wir, und
            fordern, mit der forderung, forderung dass, bitte dass, die bitte dass, aufforderung dass
        """,
        "fr": """
            nous voulons, nous voulons que, je veux que, en vue d obtenir, vous demande, vous demandons, leur demander,
            lui demander, demande, exige, réclame, sollicite, sollicitons, réclamer, demander, nous attendons, j
            attends, exigent, réclament, demandent, solliciter, revendiquons, souhaitons que, je souhaite que, nous
            souhaitons que, nous exigeons, exigeons, exigez, exigeant, nous demandons, demandons, j exige, je demande,
            nos revendications, revendications, demandez, demandant, réclamons, nous réclamons, réclamant, pour exiger,
            pour demander, exiger, demande que, exigence que, souhait que, insister pour que, insistons pour que,
            insiste pour que
        """,
        "es": """
            queremos, queremos que, quiero que, exijamos, pidamos, con la exigencia de, exigirle, exigirles, pedirle,
            pedirles, solicitarle, solicitarles, pídale*, exíjale*, pide, exige, pido, solicito, demando, pedir,
            solicitar, solicitando, reclamando, demandando, reclamar, exigen, piden, solicita, solicitan, reclama,
            reclaman, pidan, soliciten, reclamen, se exige, esperamos que, espero que, pedimos que, demanda, demandan,
            demandar, nos manifestamos por, nos pronunciamos por, luchamos por, le pido, les pido, le pedimos, les
            pedimos, le solicito, les solicito, le solicitamos, les solicitamos, exigimos, exijo, exigiendo, exigir,
            demandamos, pedimos, nuestras demandas, demandas, reclamamos, exija, exijan, exigencias, para exigir,
            solicitamos, pidiendo, exigimos que, exigencia de que, petición de que, demanda de que, solicitud de que,
            insistir en que, insisto en que, insistimos en que, insistiendo en que
        """,
        "it": """
            vogliamo, vogliamo che, voglio che, con la richiesta di, chiedervi, chiedergli di, chiedergli, chiederle,
            chieder loro, chiedi, esigete, esigi, sollecito, sollecitiamo, pretendo, rivendico, chiedete, chiedere,
            richiedo, richiediamo, reclamiamo, auspichiamo, auspico, esigere, rivendicare, chiede, chiedono, esige,
            esigono, richiedere, sollecitare, sollecitando, le chiedo, vi chiedo, le chiediamo, vi chiediamo, chiediamo,
            esigiamo, chiedo, esigo, pretendiamo, rivendichiamo, le nostre richieste, richieste, rivendicazioni,
            chiedendo, pretende, pretendono, reclama, reclamano, richiede, richiedono, rivendica, rivendicano, per
            chiedere, per esigere, rivendicando, esigendo, richiesta che, appello affinché, insistere affinché,
            insistiamo affinché, insisto affinché
        """,
        "pt": """
            queremos, queremos que, quero que, exigirmos, pedirmos, reivindicarmos, solicitarmos, exijamos, peçamos,
            pedir lhe, pedir lhes, exigir lhe, peça, exija, peço, solicito, reivindico, requeremos, requeiro, pedir,
            solicitar, pedindo, solicitando, reivindicando, reivindicar, exige, exigem, pede, pedem, solicita,
            solicitam, rogo, rogamos, esperamos que, espero que, pedimos que, requerer, reivindica, reivindicam, peço
            lhe, pedimos lhe, peçam, solicitem, exigimos, exijo, exigindo, exigir, reivindicamos, nossas reivindicações,
            reivindicações, requer, requerem, reclama, reclamam, manifestamos pel*, nos manifestamos pel*, nos
            manifestamos por, lutamos pel*, lutamos por, manifestamo nos pel*, pedimos, demandamos, para exigir,
            reclamamos, solicitamos, exigências, exijam, exigência de que, pedido de que, pedido para que, insistir que,
            insistir para que, insisto que, insistimos que, insistir em que
        """,
        "nl": """
            wij willen, wij willen dat, we willen dat, ik wil dat, met het verzoek om, met het verzoek, met de oproep,
            met de vraag, eis, eis dat, eist dat, eis ik, te eisen, wij verlangen, vraag om, aandringen op, aan te
            dringen op, pleiten voor, vragen om, vraagt om, wij verwachten, ik verwacht, opeisen, dring erop aan dat,
            dringt erop aan dat, dringen erop aan dat, wij eisen, we eisen, eisen wij, eisen we, eist, ik eis, onze
            eisen, eisen, met de eis, eisend, wij vragen, verzoek dat, oproep om, erop aandringen dat, aan te dringen
            dat
        """,
        "pl": """
            chcemy, z wnioskiem o, domagające się, żądające, chcemy aby, chcemy żeby, zażądaj, żądaj, domagaj się,
            poproś o, poproście o, z apelem o, z apelem by, z apelem aby, z apelem żeby, z prośbą by, z prośbą aby, z
            prośbą żeby, z żądaniem aby, z żądaniem by, z wezwaniem do, apel do, proszę o, prosimy o, z prośbą o,
            domagać się, żądać, żąda, żądają, domaga się, domagają się, wnoszę o, wnosimy o, apel o, apeluję o,
            apelujemy o, apelują o, oczekujemy, oczekuję, zażądać, zażądajcie, żądamy, domagamy się, żądam, domagam się,
            żądając, domagając się, nasze żądania, żądania, z żądaniem, nasze postulaty, postulaty, domagajcie się,
            żądajcie, wzywamy do, żądanie aby, żądania aby, apel aby, prośbę aby, nalegam aby, nalegamy aby
        """,
        "cs": """
            chceme, chceme aby, chtějte, žádej, požaduj, dožadujte se, s výzvou aby*, s prosbou aby*, s požadavkem aby*,
            žádám o, žádáme o, prosíme o, prosím o, trvám na, trváme na, požadovat, s žádostí o, s prosbou o, žádat,
            dožaduji se, dožadujeme se, žádá, žádají, požaduje, požadují, očekáváme, očekávám, žádající, žádáme,
            požadujeme, požaduji, žádám, požadavky, naše požadavky, s požadavkem, vyzýváme k, požadujte, žádejte,
            požadující, požadavku aby*, požadavek aby*, požadavkem aby*, žádost aby*, žádostí aby*, žádosti aby*, prosbě
            aby*, výzvě aby*, prosbu aby*, výzvu aby*, trvám na tom aby*, trváme na tom aby
        """,
        "no": """
            vi vil at, jeg vil at, krev, jeg forlanger, forlanger, ber om, be om, vi ber om, jeg ber om, å kreve, vi
            forventer, jeg forventer, vi krever, krever vi, jeg krever, krever, våre krav, krav, kravene, med krav om,
            krever at, vi forlanger, kreve, krav om at, oppfordring om å, oppfordring om at, insisterer på at
        """,
        "tr": """
            talebimiz, isteyelim, talep eden, isteyin, talep edelim, talep etmek, talebiyle, rica ediyorum, rica
            ediyoruz, bekliyoruz, bekliyorum, talep ederim, talep ederiz, rica ederim, rica ederiz, talep ediyor, talep
            ediyorlar, istiyor, istiyorlar, arz ederim, davet ediyoruz, çağırıyoruz, çağırıyorum, çağrıda bulunuyoruz,
            talep ediyoruz, istiyoruz, talep ediyorum, istiyorum, taleplerimiz, talepler, taleplerimiz şunlar, talep
            edin
        """,
        "fil": "hinihiling namin, iginigiit namin, mga kahilingan, panawagan",
    },
    # A letter asks politely: "I hope that you will ..".
    "hope": {
        "en": """
            hope that you will, hope you will, hope you would, trust you will, trust that you will, hope that your
            government will, hope that the government will, hope your government will, appreciate you, appreciate it if
            you, appreciate if you, grateful if you would, grateful if you could, obliged if you would, look to you to
        """,
        "de": """
            hoffe dass sie, hoffen dass sie, hoffe sie werden, vertraue darauf dass sie, dankbar wenn sie, vertrauen
            darauf dass sie, erwarte dass sie, erwarten dass sie
        """,
        "fr": """
            espère que vous, espérons que vous, reconnaissant de bien vouloir, reconnaissants de bien vouloir, saurais
            gré de, saurions gré de, compte sur vous pour, comptons sur vous pour
        """,
        "es": """
            espero que usted, esperamos que usted, espero que su gobierno, esperamos que su gobierno, confío en que
            usted, agradecería que, agradeceríamos que, confiamos en que usted
        """,
        "it": """
            spero che lei, speriamo che lei, spero che il suo governo, confido che lei, confidiamo che lei, sarei grato
            se, saremmo grati se
        """,
        "pt": """
            espero que vossa excelência, esperamos que vossa excelência, espero que o senhor, esperamos que o senhor,
            agradeceria que, agradeceríamos que, confio que vossa excelência, ficaria grato se
        """,
        "nl": """
            hoop dat u, hopen dat u, vertrouw erop dat u, op prijs stellen als u, dankbaar als u, dankbaar indien u,
            vertrouwen erop dat u
        """,
        "pl": """
            mam nadzieję że pan, mamy nadzieję że pan, mam nadzieję że rząd, wdzięczny za, wdzięczna za, wdzięczni za,
            ufam że pan
        """,
        "cs": """
            doufám že, doufáme že, vděčný kdybyste, vděčni kdybyste, uvítal bych kdybyste, věřím že
        """,
        "no": """
            håper at du, håper at de, håper at regjeringen, håper dere, pris på om du, pris på om dere, takknemlig om,
            stoler på at
        """,
        "ru": """
            надеюсь что вы, надеемся что вы, надеюсь на, благодарен за, благодарны за, благодарна за, рассчитываем на,
            рассчитываю на
        """,
        "tr": """
            umuyorum, umuyoruz, memnun oluruz, memnun olurum
        """,
    },
    # "calling on the minister to ...": the demand follows the one who is called upon.
    "calling": {
        "en": """
            global pressure on, international pressure on, public pressure on, pressure on, request, let them know, let
            him know, let her know, let the, show the, show them, make it clear, make clear, inform the, inform them,
            telling them, telling him, telling her, telling the, reminding, reminding them, am calling the, are calling
            the, calling the, seeking from, beg, implore, beseech, plead with, pleading with, encourage, exhort,
            entreat, request you, tell, would like you, much like you, want you, demand you, insist you, urges, calls
            on, calls upon, is calling on, are calling on, is calling upon, is asking, are asking, is urging, are
            urging, call on you, i call on, calling on, calling upon, call on, call upon, urging, urge, we urge, i urge,
            asking, ask, we ask, requesting, pressing, appealing to, appeal to, insist that, request that, demand that,
            demanding that, ask that, asking that, urging that
        """,
        "ru": """
            с призывом, с просьбой, скажите, попросите, попроси, призывает, призывают, попросить, просить, обращаемся к,
            обращаюсь к, призываем, призываю, призывая, призвать, просим, прошу, призовите, призыва*
        """,
        "de": """
            und bitten sie, teilt ihnen mit, sagt ihnen, sagen sie ihm, sagen sie ihr, machen sie deutlich, erinnern
            sie, ich bitte sie, wir bitten sie, bitte ich, bitten wir, bitten, ersuche, ersuchen, ersuchen wir,
            appelliere ich, appellieren wir, rufen wir, ruft, bittet, ersucht, appelliert, aufzufordern, zu bitten,
            fordere ich sie, fordern wir sie, wir rufen, appelliere, appellieren, wir bitten, ich bitte, rufe,
            auffordern, fordern sie auf, bitten sie, ich fordere sie, wir fordern sie, fordern
        """,
        "fr": """
            priant, pressant, invitant, exhortez, priez, invitez, pressez, dites leur, dites lui, dire au, faites
            savoir, informez, appelant, rappelant, rappelant aux, rappelez, exhorte, prie, invite, conjure, presse,
            enjoins, appelle, appellent, exhortent, exhortant, appelons, j appelle, nous appelons, demandons à, demander
            à, exhortons, prions, exhorter, prier
        """,
        "es": """
            exhortándol*, urgiéndol*, exhorten, díganle*, dígale*, dile*, hágale* saber, háganle* saber, decirle*,
            recordando, recordándoles, recordándole, llamando a, exhorto, exhorta, exhortan, apela a, apelan a, apelamos
            a, llama a, llaman a, hace un llamado, hacen un llamado, hace un llamamiento, hacen un llamamiento, urge a,
            urgen a, emplaza a, emplazan a, emplazamos a, conminamos a, insta, instan, le ruego, les ruego, ruego,
            rogamos, le rogamos, les rogamos, llamo a, hago un llamado, hacemos un llamamiento, conmino, apelo a,
            instándole*, instándol*, pidiéndole*, solicitándole*, rogándole*, exhortando, exhortar, rogar, insten,
            invito a, llamamos a, hacemos un llamado, instamos, insto, instando, pedimos a, pidiendo a, urgimos, inste,
            insten, instemos, instar, exhortamos
        """,
        "it": """
            sollecitandol*, esortandol*, invitandol*, chiedendogl*, dite a, ditegli, ditele, fate sapere, dì a,
            ricordando, la invito, vi invito, la invitiamo, vi invitiamo, invita, esorto, la esorto, la prego, vi prego,
            la preghiamo, esorta, esortano, invitano, sollecita, sollecitano, fa appello, fanno appello, faccio appello,
            mi appello, ci appelliamo, chiedere a, chiedendo a, esortare, chiedendogli, chiedendole, invitiamo,
            chiediamo al, chiediamo alle, chiediamo ai, chiedendo al, chiedendo alle, esortiamo, sollecitiamo, facciamo
            appello, chiedere al, chiedere alle
        """,
        "pt": """
            instando os, pedindo lhes, exortando, diga ao, diga à, digam ao, digam à, dizer ao, lembrando, exorto,
            exortamos, insto, insta, conclamo, exortar, conclamar, exorta, exortam, conclamam, instam, apelam, conclama,
            venho pedir, venho solicitar, urgimos, pedir ao, pedir a, apela, apelando, instando, apelamos, pedimos a,
            pedimos ao, instamos, solicitamos ao, pedindo ao, pedindo a, conclamamos, apelo, instar
        """,
        "nl": """
            oproepen, oproept, vragen wij, vragen we, zeg, zeg hen, laat weten, vertel, vraag, ik vraag, vraag ik, wijs,
            roept, ik roep, roep ik, roepen we, verzoek, verzoek ik, wij vragen u, vragen u, dringen, dring ik, dringt,
            verzoekt, vraagt, te verzoeken, te vragen, op te roepen, roepen wij, wij roepen, roep, verzoeken wij, wij
            verzoeken, ik verzoek, dringen er, dring er, wij vragen, verzoeken
        """,
        "pl": """
            wzywające, wzywając, z wezwaniem do, zaapeluj, zaapelujcie, apelujcie, powiedz*, przekaż*, wezwij, poproś,
            poproście, z apelem, z prośbą, z żądaniem, z wezwaniem, nawołując, proszę, apeluję do, apelujemy do, wzywa,
            wzywają, apeluje, apelują, nalegam, nalegamy, wezwać, wezwijcie, proszę aby, prosząc, wzywamy, apelujemy,
            prosimy, wzywam, apeluję, apelując, nawołujemy
        """,
        "cs": """
            požádat, poprosit, řekněte, řekni, vyzvi, požádejte, požádej, s výzvou, s apelem, s prosbou, vyzývá,
            vyzývají, prosím, prosíme, apeluji na, apelujeme na, apeluje, vyzývající, naléhám na, vyzýváme, žádáme,
            apelujeme, vyzývám, vyzvěte, vyzvat
        """,
        "no": """
            med oppfordring, fortell, si til, be statsministeren, be regjeringen, be myndighetene, be ambassaden, be
            ministeren, minne om, ber, ber deg, ber dem, ber dere, henstiller, bønnfaller, jeg oppfordrer, be dem,
            anmode, oppfordrer, vi ber, anmoder, vi oppfordrer, jeg ber, oppfordre
        """,
        "tr": """
            çağırın, davet edin, söyleyin, çağırıyor, çağırarak, davet ediyorum, çağırıyoruz, çağrıda bulunuyoruz,
            çağrı, sesleniyoruz, çağırıyorum
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
    # What the standard demands say.
    "release": {
        "": """
            release, released, free, freed, freedom, liberation, освобод*, освобожден*, свобод*, freilassung, freiheit,
            freilassen, freizulassen, libérer, libération, libérez, liberté, libertad, liberación, liberen, liberar,
            liberar*, rilasci*, liberazione, scarcerazione, libertà, liberare, libertação, libertar, liberdade,
            vrijlating, vrijlaten, vrij te laten, vrijheid, uwolni*, zwolnieni*, wypuszczeni*, propuštění, propustit,
            propustil*, svobod*, løslat*, frigi*, serbest, tahliye*, özgürlük, palayain, palayan
        """,
    },
    "imperative": {
        "": """
            weg mit, schluss mit, nieder mit, weg met, non à, non au, pryč s, nei til, долой, justice for, justicia
            para, gerechtigkeit für, giustizia per, justiça para, free, release, freedom for, freedom to, stop, drop,
            end, reinstate, hands off, no to, palayain, свободу, освободите, прекратите, freiheit für, freilassung von,
            stoppt, stopp, lasst, libérez, liberté pour, arrêtez, halte, libertad para, liberen, liberad, alto a, basta
            de, no a, libertà per, liberate, fermate, liberdade para, libertem, parem, fora, vrijheid voor, laat, stop
            de, uwolnić, wolność dla, precz z, svobodu pro, svobodu, propusťte, zastavte, frihet for, løslat, frigi,
            stans, özgürlük, serbest bırakın, durdurun, readmisión, immediate release of, drop all
        """,
    },
}
