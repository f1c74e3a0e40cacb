"""Which words ask for something? Tables by kind and language.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

WISH_CUES: Final[dict[str, dict[str, str]]] = {
    # "We demand ...": what follows is a demand.
    "demand": {
        "en": """
            we seek, i seek, know you want, know that you want, say you want, urging for, urge for, push for, pushing
            for, demand, must demand, insisting that, insisting they, appealing for, pleading for, we ask that, i ask
            that, we expect, i expect, we insist, pressing for, press for, plead for, we plead for, we require, we are
            asking for, i am asking for, i am calling for, we are calling for, to ask for, to call for, asks for, asks
            that, calls for, demands that, demands the, demands an, is demanding, are demanding, is calling for, are
            calling for, insists that, i request, we request, i want, would like to see, our demand is, our request is,
            our request that, our demand that, our call that, our appeal that, request is that, insist upon, demand the,
            demand a, demand an, should include, following proposals, following points, points to make, points to raise,
            recommended actions, information and proposals, our proposals, ask for, asking for, we ask for, what we are
            asking for, we demand, i demand, and demand, to demand, demanding, demands, our demands, we call for,
            calling for, call for, insist on, we insist on, we want, insisting on, demands are, we are demanding, our
            demands are, requesting, i call for, to request, demand that, insist that, request that, ask that, asking
            that, urge that, urging that, demanding that, requesting that, demand is that
        """,
        "ru": """
            настаивайте на, настаиваем на, настаивать на, настаивайте чтобы, добивайтесь, добиться, мы хотим, с призывом
            к, мы хотим чтобы, хотим чтобы, требуй, потребуй, попросите, попроси, требовать, потребовать, добиваться,
            требует, требуют, настаиваю, настаивает, настаивают, прошу вас, просим вас, с просьбой, ходатайствуем,
            ходатайствую, прошу, просим, выступаем за, требуем, мы требуем, требую, требуя, требования, наши требования,
            с требованием, требуйте, настаиваем, добиваемся, с требованиями, потребуйте, требование чтобы, требованием
            чтобы, просьбу чтобы, настаиваю чтобы, настаиваем чтобы
        """,
        "de": """
            setzen sie sich dafür ein dass, setzt euch dafür ein dass, setz dich dafür ein dass, setzen uns dafür ein
            dass, drängen sie darauf dass, drängt darauf dass, drängen darauf dass, drängen auf, dringen auf, bestehen
            sie darauf dass, bestehen darauf dass, besteht darauf dass, bestehen auf, plädieren für, treten ein für,
            mahnen an, wir wollen, wir wollen dass, ich will dass, fordern, gefordert wird, gefordert werden, verlangt
            wird, verlangt werden, mit der bitte um, mit der bitte, mit dem appell, mit der aufforderung, bitte um,
            bitten um, bitte sie um, bitten sie um, bitten wir um, bitte ich um, verlangen, ich erwarte, wir erwarten,
            erwarte ich, erwarten wir, fordere ich, fordere, erwarten, zu fordern, zu verlangen, einzufordern, forderung
            nach, forderungen nach, verlangt, und verlangt, verlangen sie, und fordert, wir fordern, fordern wir, ich
            fordere, fordern sie, fordert, forderungen, unsere forderungen, wir verlangen, ich verlange, verlangen wir,
            und fordern, mit der forderung, forderung dass, bitte dass, die bitte dass, aufforderung dass
        """,
        "fr": """
            insistez pour que, insistez pour, insistez sur, revendiquez, sollicitez, revendique, revendiquent,
            revendiquant, nous battons pour, luttons pour, plaidons pour, nous voulons, nous voulons que, je veux que,
            en vue d obtenir, vous demande, vous demandons, leur demander, lui demander, demande, exige, réclame,
            sollicite, sollicitons, réclamer, demander, nous attendons, j attends, exigent, réclament, demandent,
            solliciter, revendiquons, souhaitons que, je souhaite que, nous souhaitons que, nous exigeons, exigeons,
            exigez, exigeant, nous demandons, demandons, j exige, je demande, nos revendications, revendications,
            demandez, demandant, réclamons, nous réclamons, réclamant, pour exiger, pour demander, exiger, demande que,
            exigence que, souhait que, insister pour que, insistons pour que, insiste pour que
        """,
        "es": """
            solicítenle*, solicítele*, solicítale*, exíjanle*, exígele*, pídanle*, pídele*, reclámenle*, demanden,
            demande, insistan en que, insista en que, insistan en, reivindicamos, reivindico, reivindicar,
            reivindicando, abogamos por, queremos, queremos que, quiero que, exijamos, pidamos, con la exigencia de,
            exigirle, exigirles, pedirle, pedirles, solicitarle, solicitarles, pídale*, exíjale*, pide, exige, pido,
            solicito, demando, pedir, solicitar, solicitando, reclamando, demandando, reclamar, exigen, piden, solicita,
            solicitan, reclama, reclaman, pidan, soliciten, reclamen, se exige, esperamos que, espero que, pedimos que,
            demanda, demandan, demandar, nos manifestamos por, nos pronunciamos por, luchamos por, le pido, les pido, le
            pedimos, les pedimos, le solicito, les solicito, le solicitamos, les solicitamos, exigimos, exijo,
            exigiendo, exigir, demandamos, pedimos, nuestras demandas, demandas, reclamamos, exija, exijan, exigencias,
            para exigir, solicitamos, pidiendo, exigimos que, exigencia de que, petición de que, demanda de que,
            solicitud de que, insistir en que, insisto en que, insistimos en que, insistiendo en que
        """,
        "it": """
            sollecitate, rivendicate, pretendete, reclamate, richiedete, chiedetegli, chiedetele, insistete affinché,
            insistete perché, insistete su, ci battiamo per, battersi per, vogliamo, vogliamo che, voglio che, con la
            richiesta di, chiedervi, chiedergli di, chiedergli, chiederle, chieder loro, chiedi, esigete, esigi,
            sollecito, sollecitiamo, pretendo, rivendico, chiedete, chiedere, richiedo, richiediamo, reclamiamo,
            auspichiamo, auspico, esigere, rivendicare, chiede, chiedono, esige, esigono, richiedere, sollecitare,
            sollecitando, le chiedo, vi chiedo, le chiediamo, vi chiediamo, chiediamo, esigiamo, chiedo, esigo,
            pretendiamo, rivendichiamo, le nostre richieste, richieste, rivendicazioni, chiedendo, pretende, pretendono,
            reclama, reclamano, richiede, richiedono, rivendica, rivendicano, per chiedere, per esigere, rivendicando,
            esigendo, richiesta che, appello affinché, insistere affinché, insistiamo affinché, insisto affinché
        """,
        "pt": """
            cobrem, cobre, cobrar, cobramos, cobrando, reivindiquem, reclamem, requeiram, insistam para que, insista
            para que, insistam em que, peçam lhe, exijam lhe, queremos, queremos que, quero que, exigirmos, pedirmos,
            reivindicarmos, solicitarmos, exijamos, peçamos, pedir lhe, pedir lhes, exigir lhe, peça, exija, peço,
            solicito, reivindico, requeremos, requeiro, pedir, solicitar, pedindo, solicitando, reivindicando,
            reivindicar, exige, exigem, pede, pedem, solicita, solicitam, rogo, rogamos, esperamos que, espero que,
            pedimos que, requerer, reivindica, reivindicam, peço lhe, pedimos lhe, peçam, solicitem, exigimos, exijo,
            exigindo, exigir, reivindicamos, nossas reivindicações, reivindicações, requer, requerem, reclama, reclamam,
            manifestamos pel*, nos manifestamos pel*, nos manifestamos por, lutamos pel*, lutamos por, manifestamo nos
            pel*, pedimos, demandamos, para exigir, reclamamos, solicitamos, exigências, exijam, exigência de que,
            pedido de que, pedido para que, insistir que, insistir para que, insisto que, insistimos que, insistir em
            que
        """,
        "nl": """
            pleit voor, dring aan op, dringt aan op, dringen aan op, sta erop dat, staan erop dat, pleiten ervoor dat,
            we verwachten, opeist, wij willen, wij willen dat, we willen dat, ik wil dat, met het verzoek om, met het
            verzoek, met de oproep, met de vraag, eis, eis dat, eist dat, eis ik, te eisen, wij verlangen, vraag om,
            aandringen op, aan te dringen op, pleiten voor, vragen om, vraagt om, wij verwachten, ik verwacht, opeisen,
            dring erop aan dat, dringt erop aan dat, dringen erop aan dat, wij eisen, we eisen, eisen wij, eisen we,
            eist, ik eis, onze eisen, eisen, met de eis, eisend, wij vragen, verzoek dat, oproep om, erop aandringen
            dat, aan te dringen dat
        """,
        "pl": """
            upominamy się o, upominajcie się o, postulujemy, nalegajcie na, nalegamy na, nalegajcie aby, nalegajcie by,
            walczymy o, wnosić o, wystąpcie o, chcemy, z wnioskiem o, domagające się, żądające, chcemy aby, chcemy żeby,
            zażądaj, żądaj, domagaj się, poproś o, poproście o, z apelem o, z apelem by, z apelem aby, z apelem żeby, z
            prośbą by, z prośbą aby, z prośbą żeby, z żądaniem aby, z żądaniem by, z wezwaniem do, apel do, proszę o,
            prosimy o, z prośbą o, domagać się, żądać, żąda, żądają, domaga się, domagają się, wnoszę o, wnosimy o, apel
            o, apeluję o, apelujemy o, apelują o, oczekujemy, oczekuję, zażądać, zażądajcie, żądamy, domagamy się,
            żądam, domagam się, żądając, domagając się, nasze żądania, żądania, z żądaniem, nasze postulaty, postulaty,
            domagajcie się, żądajcie, wzywamy do, żądanie aby, żądania aby, apel aby, prośbę aby, nalegam aby, nalegamy
            aby
        """,
        "cs": """
            zasaďte se o, zasazujeme se o, domáhejte se, domáháme se, usilujeme o, trvejte na, naléhejte na, chceme,
            chceme aby, chtějte, žádej, požaduj, dožadujte se, s výzvou aby*, s prosbou aby*, s požadavkem aby*, žádám
            o, žádáme o, prosíme o, prosím o, trvám na, trváme na, požadovat, s žádostí o, s prosbou o, žádat, dožaduji
            se, dožadujeme se, žádá, žádají, požaduje, požadují, očekáváme, očekávám, žádající, žádáme, požadujeme,
            požaduji, žádám, požadavky, naše požadavky, s požadavkem, vyzýváme k, požadujte, žádejte, požadující,
            požadavku aby*, požadavek aby*, požadavkem aby*, žádost aby*, žádostí aby*, žádosti aby*, prosbě aby*, výzvě
            aby*, prosbu aby*, výzvu aby*, trvám na tom aby*, trváme na tom aby
        """,
        "no": """
            insister på, insister på at, vi insisterer på, kjemper for, be om at, vi ber om at, stå på kravet om, vi vil
            at, jeg vil at, krev, jeg forlanger, forlanger, ber om, be om, vi ber om, jeg ber om, å kreve, vi forventer,
            jeg forventer, vi krever, krever vi, jeg krever, krever, våre krav, krav, kravene, med krav om, krever at,
            vi forlanger, kreve, krav om at, oppfordring om å, oppfordring om at, insisterer på at
        """,
        "tr": """
            talep ediniz, isteyiniz, ısrar edin, ısrar ediyoruz, talebimiz, isteyelim, talep eden, isteyin, talep
            edelim, talep etmek, talebiyle, rica ediyorum, rica ediyoruz, bekliyoruz, bekliyorum, talep ederim, talep
            ederiz, rica ederim, rica ederiz, talep ediyor, talep ediyorlar, istiyor, istiyorlar, arz ederim, davet
            ediyoruz, çağırıyoruz, çağırıyorum, çağrıda bulunuyoruz, talep ediyoruz, istiyoruz, talep ediyorum,
            istiyorum, taleplerimiz, talepler, taleplerimiz şunlar, talep edin
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
