"""Which words tell how a case goes: that it is over, that it is urgent, what was done, in a tone that harms? Tables.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

CASE_CUES: Final[dict[str, dict[str, str]]] = {
    # It is over.
    "outcome": {
        "en": """
            was released, were released, has been released, have been released, is free, are free, been freed, was
            freed, were freed, released on, we won, victory, acquitted, charges dropped, charges were dropped, all
            charges have, reinstated, set free, walked free, finally free, released from
        """,
        "ru": """
            освобожден, освобождена, освобождены, освобождён*, на свободе, вышел на свободу, вышла на свободу, победа,
            оправдан*, победили, выпущен*
        """,
        "de": """
            freigelassen, ist frei, sind frei, freigesprochen, wieder frei, sieg, gewonnen, in freiheit,
            freigekommen
        """,
        "fr": """
            libéré, libérée, libérés, libérées, est libre, sont libres, victoire, acquitté*, remis en liberté,
            relaxé*, réintégré*
        """,
        "es": """
            liberado, liberada, liberados, liberadas, está libre, están libres, en libertad, victoria, absuelt*, fue
            puesto en libertad, libres, reincorporad*
        """,
        "it": """
            liberato, liberata, liberati, liberi, è libero, è libera, rilasciat*, vittoria, assolt*, scarcerat*,
            sono stati rilasciati, reintegrat*
        """,
        "pt": """
            libertado, libertada, libertados, liberto, solto, soltos, está livre, estão livres, vitória, absolvid*,
            reintegrad*, foi solta
        """,
        "nl": "vrijgelaten, is vrij, zijn vrij, vrijgesproken, overwinning, gewonnen, vrijgekomen",
        "pl": """
            zwolniony z aresztu, zwolniona z aresztu,
            uwolniony, uwolniona, uwolnieni, na wolności, jest wolny, jest wolna,
            zwycięstwo, uniewinni*, wygraliśmy, wypuszczen*, zostali przywróceni
        """,
        "cs": """
            propuštěn, propuštěna, propuštěni, je volný, je volná, na svobodě, vítězství, zproštěn*, osvobozen*,
            vyhráli
        """,
        "no": "løslatt, er fri, frikjent, satt fri, seier, vant, sluppet fri, på frifot",
        "tr": """
            serbest bırakıldı, tahliye edildi, tahliye oldu, özgür, zafer, beraat*, serbest kaldı, kazandık, işe
            iade edildi
        """,
    },
    "thanks": {
        "en": "thank, thanks, thank you, grateful, gratitude",
        "ru": "спасибо, благодар*",
        "de": "danke, dank, danken, bedanken, herzlichen dank",
        "fr": "merci, remerci*",
        "es": "gracias, agradec*",
        "it": "grazie, ringrazi*",
        "pt": "obrigad*, agradec*",
        "nl": "dank, bedankt, danken, dankzij",
        "pl": "dziękuj*, dzięki, podziękowani*",
        "cs": "děkuj*, díky, poděkování, dík",
        "no": "takk, takker",
        "tr": "teşekkür*, sağ olun",
    },
    # What the appeal does not call for any more, or what goes on: it is not over.
    "urgent": {
        "en": """
            urgent, urgently, please send, send protests, send messages, still in, still held, still being, remain in,
            remains in, must be intensified, act now, take action, please protest, please write, still detained,
            continue to, please contact, we urge, immediate release, still behind, write to, send letters, send emails,
            email the, re arrested, isn t over, is not over, not over yet, still face*, still facing, keep up the, still
            waiting, bombard, flood the, call the, ring the, one thing remains, remains open, still open, one more
            thing, not finished, not the end
        """,
        "ru": """
            срочно, не окончен*, ещё не, по прежнему, пишите, шлите, отправляйте, остаётся, остается, остаются, всё ещё,
            до сих пор, требуем, немедленн*, остаётся одно, осталось одно, остался вопрос
        """,
        "de": """
            dringend, nicht vorbei, noch nicht, nach wie vor, dringender, schickt, schicken sie, schreibt, noch in haft,
            weiterhin, bleibt in, noch immer, protestschreiben, wir fordern, sofortig*, bleibt offen, noch offen, eins
            noch, nicht zu ende
        """,
        "fr": """
            urgent, urgence, pas fini*, envoyez, écrivez, toujours en, reste en, restent, exigeons, encore détenu*,
            immédiate, reste ouvert, reste ouverte, reste à, il reste à
        """,
        "es": """
            urgente*, no ha terminado, no termina, envíen, envíe, envía, escriban, sigue en, siguen en, aún, todavía,
            exigimos, inmediata, queda pendiente, quedan pendientes, queda abierto, falta todavía, falta aún
        """,
        "it": """
            urgente, non è finita, inviate, inviare, scrivete, ancora, restano, intensificati, esigiamo, immediat*,
            resta aperta, resta aperto, rimane aperta, rimane aperto, resta da, non è tutto
        """,
        "pt": """
            urgente, não acabou, não terminou, enviem, envie, escrevam, continua, continuam, ainda, exigimos, imediata,
            falta ainda, fica em aberto, ainda falta, resta ainda
        """,
        "nl": """
            dringend, niet voorbij, nog niet, stuur, schrijf, nog steeds, blijft, wij eisen, onmiddellijke, blijft open,
            nog één ding, niet klaar
        """,
        "pl": """
            pilne, nie koniec, jeszcze nie, wysyłajcie, piszcie, nadal, wciąż, żądamy, natychmiastow*, pozostaje
            jeszcze, zostaje jeszcze, to nie wszystko
        """,
        "cs": """
            naléhav*, není konec, ještě ne, posílejte, pište, stále, nadále, žádáme, okamžit*, zbývá ještě, ještě zbývá,
            to není vše
        """,
        "no": """
            haster, ikke over, ennå ikke, send protest*, skriv til, fortsatt, fremdeles, vi krever, umiddelbar*,
            gjenstår, står igjen
        """,
        "tr": "acil, henüz, bitmedi, gönderin, yazın, hâlâ, hala, talep ediyoruz, derhal, henüz bitme*, bir şey kaldı",
    },
    # Words that would harm the case in a letter.
    "tone": {
        "en": """
            thug*, stooge*, regime*, puppet*, butcher*, murderer*, criminals, dictator*, fascist*, scum, lackey*,
            gangster*, bandit*, tyrant*, tyranny, henchm*, cronies, bastard*, pig, pigs, vermin, bloody, gendarmes,
            terrorist state, frame up, mafia, bosses, traitor*, barbar*, savage*, farcical, farce, idiot*, goons,
            cowardly
        """,
        "ru": """
            режим*, палач*, бандит*, марионет*, фашист*, диктатор*, холу*, прихвост*, мраз*, подон*, убийц*,
            сатрап*, жандарм*, хунт*, мафи*
        """,
        "de": """
            regime*, schläger*, handlanger*, marionette*, mörder*, faschist*, diktator*, verbrecher*, bande, bullen,
            schergen, schweine, henker*, lakai*, feige*
        """,
        "fr": """
            régime, voyous, sbires, marionnette*, assassins, fasciste*, dictat*, bourreau*, laquais, flics, tyran*,
            bandits, milice, crapule*, lâche*
        """,
        "es": """
            régimen, matones, esbirros, títere*, asesino*, fascista*, dictador*, dictadura, verdugo*, lacayo*,
            gorila*, tiran*, sicario*, mafia, cobarde*
        """,
        "it": """
            regime, sgherri, scagnozzi, fantocci*, assassini, fascist*, dittator*, boia, lacchè, tiran*, sbirri,
            picchiatori, mafia, vigliacc*
        """,
        "pt": """
            regime, capangas, fantoche*, assassinos, fascista*, ditador*, ditadura, carrasco*, lacaio*, tiran*,
            bandidos, jagunços, máfia, covarde*
        """,
        "nl": """
            regime, schurken, marionet*, moordenaars, fascist*, dictator*, beul*, lakei*, tiran*, knokploeg*, bende,
            laffe
        """,
        "pl": """
            reżim*, oprawc*, bandyt*, marionetk*, morderc*, faszyst*, dyktator*, zbir*, siepacz*, pachoł*, tyran*,
            mafi*, tchórz*
        """,
        "cs": "režim*, hrdlořez*, loutk*, vrah*, fašist*, diktátor*, pohůnk*, lokaj*, tyran*, bandit*, mafi*, zbaběl*",
        "no": """
            regime*, bøller, marionett*, mordere, fascist*, diktator*, håndlanger*, lakei*, tyrann*, bødd*,
            banditt*, feige
        """,
        "tr": """
            rejim*, çete*, kukla*, katil*, faşist*, diktatör*, uşak*, cellat*, zorba*, haydut*, eşkıya*, mafya*,
            alçak*
        """,
    },
    # Words beside which the people of the case are named.
    "case": {
        "en": """
            arrest*, jail*, detain*, imprison*, sentenc*, attack*, release*, charg*, trial, killed, murder*, dismiss*,
            sacked, fired, tortur*, kidnap*, free, hospitali*, activist, leader, journalist, unionist, prisoner*, held,
            abduct*, convict*, disappear*, freed, shot, gunned, wounded, injured, beaten, beating*, assaulted,
            threaten*, threats, raped, taken away, took away, was taken, were taken, bundled, custody, hunger strike,
            deport*, extradit*, evict*, expel*, expulsion, suspend*, reinstat*, acquitted, missing, stabbed, ambush*,
            hanged, executed, persecut*, harass*, locked up, thrown in, killing*, death of, body of, in the hole,
            solitary, denied
        """,
        "ru": """
            арест*, задерж*, осужд*, пригов*, напад*, избит*, освобо*, свободу, активист*, лидер*, журналист*,
            профсоюз*, уволен*, уволил*, заключен*, избил*, убит*, убил*, пытал*, пытк*, похищен*, угроз*, угрож*,
            ранен*,
            схватил*, свобода, карцер*, шизо, голодовк*, депортир*, исчез*, пропал*
        """,
        "de": """
            verhaft*, festgenommen*, inhaftiert*, verurteilt*, angegriffen*, freiheit, freilassung, aktivist*,
            gewerkschafter*, journalist*, entlassen*, gefangen*, gekündigt*, kündigung, ermordet*, erschossen, getötet*,
            misshandelt*, gefoltert*, entführt*, bedroht*, verschwunden*, verletzt*, hungerstreik, haft, abgeschoben*,
            hinrichtung, todesurteil, urteil, anklage, verschleppt*, freigelassen*
        """,
        "fr": """
            arrêt*, détenu*, emprisonn*, condamn*, libér*, agress*, militant*, syndicaliste*, journaliste*,
            licenci*, liberté, assassin*, tué*, abattu*, enlevé*, enlèvement, tortur*, menac*, bless*, disparu*, relax*,
            incarcér*, interpell*, expuls*, battu*, détention, mis à pied, grève de la faim
        """,
        "es": """
            detenid*, arrest*, encarcel*, condenad*, asesinad*, activista*, sindicalista*, periodista*, despedid*,
            secuestrad*, liber*, dirigente, amenaz*, herid*, torturad*, desaparecid*, golpead*, captur*, muert*,
            mataron, atentado, huelga de hambre, procesad*, integridad de, vida de, preso, presa, deportad*, desalojad*
        """,
        "it": """
            arrest*, detenut*, incarcerat*, condannat*, rilasci*, attivist*, sindacalist*, giornalist*, licenziat*,
            sequestrat*, liber*, ucciso, uccisa, uccisi, assassinat*, ferit*, torturat*, minacciat*, scompars*,
            picchiat*,
            espuls*, prigionier*, digiuno, sciopero della fame, denunciat*
        """,
        "pt": """
            detid*, pres*, encarcerad*, condenad*, libert*, ativista*, sindicalista*, jornalista*, demitid*,
            sequestrad*, assassinad*, mort*, ferid*, torturad*, ameaçad*, ameaças, desaparecid*, espancad*, baleado,
            despejad*, despedid*, greve de fome
        """,
        "nl": """
            gearresteerd*, gevangen*, veroordeeld*, vrijlat*, activist*, vakbond*, journalist*, ontslagen, vrijheid,
            vermoord*, gedood, neergeschoten, bedreigd*, gewond*, gemarteld*, ontvoerd*, verdwenen, mishandeld*,
            opgepakt*, vastgehouden, uitgezet
        """,
        "pl": """
            aresztowan*, zatrzyman*, skazan*, uwięzion*, zwolni*, uwolni*, działacz*, związkow*, dziennikarz*,
            aktywist*, pobit*, zabit*, zamordowan*, porwan*, torturowan*, zagrożon*, grożon*, groźb*, rann*, zaginął,
            zaginęła, wyrzucon*, deportowan*, więzień, więźni*, skatowan*
        """,
        "cs": """
            zatčen*, zadržen*, odsouzen*, uvězněn*, propuš*, aktivist*, odborář*, novinář*, napaden*, svobod*, zabit*,
            zavražděn*, unesen*, mučen*, vyhrožov*, výhrůž*, zraněn*, zmizel*, vězen*, vězně, zbit*, vyhoštěn*
        """,
        "no": """
            arrester*, fengsl*, dømt*, løslat*, aktivist*, fagforening*, journalist*, oppsagt, angrepet, drept, skutt,
            truet, trusler, såret, torturert, bortført, forsvunnet, mishandlet, utvist, sparket
        """,
        "tr": """
            tutuklan*, gözaltı*, hapis*, mahkum*, serbest, aktivist*, sendika*, gazeteci*, işten, saldırı*,
            özgürlük, tutuklu, öldürül*, yaralan*, işkence*, tehdit*, kaçırıl*, kayıp, darp*, sınır dışı, açlık grevi,
            atılan
        """,
    },
}
