"""Whose deed does a clause ask for? What offices and companies do, and what only readers do, by language.

Law: entries as in `cues`; the verbs with their nouns, as stems where the language bends them.
"""

from __future__ import annotations

from typing import Final

DEED_CUES: Final[dict[str, dict[str, str]]] = {
    # What one who has power can do, or must stop doing.
    "deed": {
        "en": """
            truth about, recall of, dismissal of, delivery of, access to, meet with, talk to, talks with, releas*, free,
            freed, freeing, freedom, drop, dropped, dropping, stop, stopped, stopping, stops, end, ended, ending, ends,
            halt*, ceas*, cancel*, withdraw*, withdrew, revok*, repeal*, rescind*, overturn*, quash*, commut*, pardon*,
            amnesty for, investigat*, inquir*, enquir*, prosecut*, punish*, bring to, bring about, bring those, bring
            back, brought to, ensur*, insur*, assur*, guarante*, protect*, provid*, allow*, permit*, grant*, give back,
            give them, give him, give her, give the, give up, let him, let her, let them, let the, pay, paid,
            compensat*, restor*, reinstat*, rehir*, reopen*, recogni*, respect*, comply, complies, abid*, honour, honor,
            uphold*, implement*, enforc*, negotiat*, sign the, ratif*, adopt*, amend*, review*, reconsider*, reverse*,
            revers*, disclos*, publish*, reveal*, remov*, ban, banned, abolish*, dissolv*, disband*, dismantl*,
            refrain*, intervene*, interven*, act to, act on, take back, take steps, take measures, take all, take
            effective, take immediate, take urgent, put an end, put right, put in place, make sure, make public, make
            good, keep open, keep their, keep its, return*, transfer*, treat*, acquit*, lift, lifted, suspend*,
            postpon*, reject*, oppose, vote against, vote for, veto, prevent*, fulfil*, establish, establishment of,
            create, creation of, set up, set free, safeguard*, defend*, evict*, shut, condemn*, denounc*, apologi*,
            admit*, confirm*, clarif*, explain*, justice, be exposed, arrest of, arrest the, reduc*, hire, replac*,
            divest*, terminat*, freez*, evacuat*, rescu*, resolv*, settl*, improv*, repair*, fund, maintain*
        """,
        "de": """
            wahrheit über, zugang zu*, zugang für, freil*, freizu*, freige*, freiheit*, lasst, lassen, entlassen,
            stopp*, beend*, einstellen, einstellung, einzust*, eingest*, aufheb*, aufzuheb*, aufgehob*, aufhebung,
            zurück*, widerruf*, untersuchen, untersuchung, zu untersuchen, untersucht, aufklär*, aufzuklär*, aufgeklärt,
            ermitteln, ermittlungen, bestraf*, garantieren, garantiert, gewähr*, sicherstellen, sicherzustellen,
            sichern, schütz*, schutz der, schutz für, schutz des, erlaub*, zulass*, zuzulass*, zahl*, bezahl*,
            entschädig*, wiederein*, anerkenn*, anzuerkenn*, anerkannt, achten, achtet, respekt*, einhalt*, einzuhalt*,
            umsetz*, umzusetz*, verhandeln, verhandlungen, unterzeich*, ratifiz*, prüfen, überprüf*, überdenk*,
            abschaff*, abzuschaff*, abgeschafft, verbiet*, verzicht*, eingreif*, einzugreif*, einsetz*, einzusetz*,
            unternehm*, maßnahm*, sorgen für, sorgt, zu sorgen, ermöglich*, verhinder*, unterlass*, ein ende, das ende,
            ende der, ende des, abbruch, abbrech*, rücknahme, rückkehr, veröffentlich*, gerechtigkeit, fallen gelassen,
            fallenzu*, öffnen, schließ*, ausset*, auszuset*, erfüll*, retten
        """,
        "fr": """
            vérité sur, vérité et, accès à, accès aux, libér*, libert*, relâch*, arrêter, arrêtez, arrêt de, arrêt des,
            arrêt du, arrêtent, cess*, mettre fin, mettez fin, mette fin, mettent fin, mettre en, mettre un, mise en,
            fin de, fin des, fin du, fin à, fin aux, retir*, retrait, abandon*, annul*, abrog*, lever, levée, enquêt*,
            jugement, garant*, assur*, veill*, protég*, protection, permettre, permettent, permettez, autoriser,
            autorisés, autorisée, autorisation, accord*, donner, payer, paient, paie, verser, indemnis*, réintég*,
            rouvr*, rouvert*, reconn*, respect*, appliqu*, négoci*, signer, ratifi*, modifi*, amend*, révis*, réexamin*,
            publier, interdi*, abol*, renonc*, interven*, intervention, agir, prendre des, prendre les, prendre toutes,
            prenne, prennent, prenez des, prenez les, faire cesser, faire respecter, faire en sorte, fassent, rendre,
            rétabl*, maintenir, maintien, soit, soient, supprim*, suspend*, empêch*, condamn*, ouvr*, fermer, fermeture,
            évacu*, sauv*, satisf*, commu*, gracier, grâce, traduit*, éluc*
        """,
        "es": """
            verdad sobre, verdad y, acceso a, liberen, liberar, liberación, liberado, liberada, liberados, liberadas,
            liberad, libere, libert*, excarcel*, poner fin, poner en, ponga, pongan, detener, deteng*, cese, cesen,
            cesar, alto, fin a, fin de, finalic*, retir*, anul*, derog*, revo*, abandon*, investig*, juzg*, castig*,
            sancion*, garanti*, asegur*, velar, velen, proteger, proteja, protejan, permit*, autoric*, otorg*, conced*,
            dar a, dar una, pagar, pague, paguen, pago de, abon*, indemni*, readm*, reincorp*, reinst*, reabr*, recono*,
            respet*, cumpl*, acat*, aplicar, apliquen, negoci*, firmar, ratif*, modificar, reform*, revis*, publicar,
            publiquen, prohí*, prohib*, abol*, renunc*, interv*, interveng*, actúe, actúen, actue, actuen, actuar, tome,
            tomen, tomar medidas, adopte, adopten, adoptar, hag*, hacer justicia, hacer cumplir, devuelv*, devol*,
            restit*, suspend*, impid*, imped*, condenar, condenen, abran, abra, cierr*, cerrar, justicia para, justicia
            por, esclar*, aclar*, absuel*, absol*, conmut*, indult*, resuelv*, resolver, atender, atiendan, desist*,
            paren, parar, salvar, juicio justo, solucionar, acabar, terminar
        """,
        "it": """
            verità su*, verità per, verità e, accesso a*, liberi, liberino, liberare, liberazione, liberato, liberata,
            liberati, liberate, libertà per, rilasc*, scarc*, ferm*, cess*, fine di, fine a, fine alla, fine alle, fine
            della, fine delle, porre, porti, portare, ponga, pongano, ritir*, annull*, abrog*, revoc*, indag*,
            inchiest*, processo equo, punire, garant*, assicur*, vigil*, protegg*, proteggere, protezione, permett*,
            consent*, autorizz*, concedere, pag*, risarc*, reintegr*, riassum*, riapr*, ricon*, rispett*, applic*,
            attuare, attui, negoz*, trattare, firmare, ratific*, modific*, rived*, riesamin*, pubblic*, viet*, abol*,
            rinunc*, interven*, agire, agisca, prendere, prenda, prendano, adott*, faccia, facciano, fare luce, fare
            piena, fare chiarezza, fare tutto, restitu*, sospend*, sospens*, imped*, condann*, aprire, apra, aprano,
            chiud*, giustizia per, chiar*, commut*, grazia, salvare, assolv*, smettere, smetta, smettano, smettere di,
            adoper*, impegn*, intrapr*, solleciti, difend*, tutel*
        """,
        "pt": """
            libert*, liberem, soltem, soltar, solte, parem, parar, pare de, cess*, fim da, fim do, fim de, fim das, fim
            dos, fim à, ponha, ponham, pôr fim, retir*, anul*, revog*, arquiv*, investig*, apurar, apuração, apure,
            apurem, julgar, julgamento, pun*, garant*, assegur*, zele, zelem, protej*, proteg*, permit*, autoriz*,
            conced*, dê*, pague, paguem, pagar, pagamento, indeniz*, indemniz*, reintegr*, readm*, reabr*, reconh*,
            respeit*, cumpra, cumpram, cumprir, aplic*, negoc*, assine, assinem, assinar, ratif*, modif*, revej*,
            revisão, proíb*, proib*, abol*, renunc*, interv*, interfir*, aja, ajam, agir, tome, tomem, tomar, adote,
            adotem, adotar, adoptem, faça, façam, fazer justiça, devolv*, restitu*, suspen*, impeç*, imped*, conden*,
            abrir, fech*, justiça para, esclar*, absolv*, comut*, salve, salvem, demarc*, homolog*, desapropri*,
            identific*, reassent*, atender, atenda, vete, vetem, vetar
        """,
        "nl": """
            vrijla*, vrij te, vrij laten, vrijgelaten, stoppen, stopt, stop met, te stoppen, staak*, staken, beëind*,
            een einde, intrek*, trekken, ingetrok*, herroep*, onderzoek naar, onderzoeken, onderzoch*, vervolg*,
            bestraf*, garand*, verzek*, zorgen, zorgt, zorg voor, bescherm*, toelat*, toestaan, toe te laten, betaal*,
            betal*, uitbetal*, vergoed*, herste*, heropen*, erken*, eerbied*, naleef*, nalev*, na te komen, toepas*,
            onderhand*, onderteken*, ratific*, wijzig*, herzie*, openbaar*, verbieden, afschaf*, afzie*, ingrijp*,
            optre*, neem maatregelen, maatregelen te nemen, terug te, terugdraai*, teruggav*, opschort*, voorkom*,
            veroord*, sluit*, redden, maatreg*, afzet*
        """,
        "pl": """
            uwoln*, zwoln*, zwaln*, wypu*, zatrzymać, zatrzymania, zatrzymanie, wstrzym*, powstrzym*, zaprzest*,
            przesta*, zakoń*, skoń*, wycof*, uchyl*, odwoł*, anul*, umorz*, śledz*, dochodz*, zbad*, wyjaśn*, ukar*,
            osądz*, zapewn*, gwarant*, zagwarant*, chron*, ochron*, ochroń*, pozwol*, zezwol*, udziel*, zapła*, wypła*,
            odszkod*, przywr*, przyję*, otw*, uzna*, szanować, szanowania, uszan*, przestrz*, wdro*, negoc*, podpis*,
            ratyf*, zmienić, zmian*, rozpatrz*, przeanal*, opublik*, ujawn*, zakaz*, znies*, zrezyg*, zanie*, podję*,
            podj*, wstrz*, wznow*, zwró*, zawieś*, zawiesz*, zapobi*, potęp*, zamkn*, ułask*, przekaz*, przeprow*,
            dopuś*, dopuszcz*, interw*, wypeł*
        """,
        "cs": """
            propu*, propou*, osvob*, svobod*, zastav*, ukonč*, konec, přesta*, stáh*, staž*, zruš*, odvol*, anul*,
            vyšetř*, prošetř*, potrest*, zajist*, zaruč*, dohl*, chrán*, ochr*, umožn*, povol*, dovol*, udě*, zapla*,
            vypla*, odšk*, vrát*, vrac*, přij*, znovu*, otevř*, uzna*, respekt*, dodrž*, uplatn*, jednat, jednání s,
            podep*, ratif*, přezkoum*, zveřej*, zaká*, zřek*, zasá*, zasad*, zasaz*, podnik*, uděl*, pozastav*, zabrán*,
            odsou*, zprost*, omilost*, obnovit, obnovení, obnovili, přestal*, ustou*, upust*, angaž*, splň*
        """,
        "no": """
            løslat*, slipp*, frigi*, bli fri, satt fri, frihet, stans, stanse, stoppe, slutte, slutt på, avslutt*,
            trekke, opphev*, tilbake*, frafall*, legge ned, etterforsk*, gransk*, undersøk*, straffe, sikr*, sørg*,
            beskytt*, tillat*, gi dem, gi ham, gi henne, gjenoppt*, gjeninn*, gjenopp*, betal*, erstat*, åpne,
            anerkjenn*, respekt*, overhold*, forhandle, undertegn*, ratifis*, endre, offentliggj*, forby*, avskaff*,
            avstå*, grip*, gripe, ta imot, ta tilbake, innfør*, utsett*, hindre, fordøm*, steng*, rettferdig*, omgjør*,
            benåd*, redde, ivaret*, oppfyll*, innstill*
        """,
        "ru": """
            освобо*, свобод*, выпуст*, отпуст*, прекра*, остано*, приостан*, отмен*, снят*, снима*, отзов*, отозв*,
            аннул*, расслед*, провер*, накаж*, наказа*, привле*, гарант*, обесп*, защит*, защищ*, позвол*, разреш*,
            допус*, предост*, дать, дайте, выпла*, оплат*, компенс*, восстан*, верн*, возвра*, откры*, призна*, уваж*,
            соблю*, выполн*, исполн*, перегов*, подпис*, ратиф*, измен*, пересм*, рассмотр*, опубл*, раскры*, запре*,
            отказ*, вмеш*, приня*, прими*, провед*, провести, предотвр*, осуд*, закры*, справедл*, помил*, оправд*,
            сохран*, прекр*, устран*, ликвид*, недопу*, не допу*, доступ*, зарегистр*
        """,
        "tr": """
            serbest*, tahliye*, özgür*, bırak*, durdur*, son verilmesi*, son verilsin, son verin, son verme*, sona er*,
            iptal*, geri alın*, geri çek*, geri al, kaldır*, düşür*, soruştur*, araştır*, cezalandır*, yargıla*, sağla*,
            garanti*, korunması*, korusun, koruyun, izin ver*, verilmesi*, verilsin, verin, ödenmesi*, ödensin, tazmin*,
            iade*, işe iade*, işe geri, açılsın, açılması*, tanınması*, saygı gösterilmesi*, uyulması*, uyma*, uygula*,
            müzakere*, imzala*, onayla*, değiştir*, gözden*, açıkla*, yasak*, vazgeç*, müdahale*, harekete*, yapılması*,
            yapılsın, önle*, kına*, kapatıl*, aydınlat*, engelle*, yerine, karşıla*, oluştur*, birleştir*
        """,
        "": """
            освобожд*, освободен*, прекрат*, palay*, itigil*, ibalik*
        """,
    },
    # What a reader does on a page, in the street or with a pen.
    "reading": {
        "en": """
            click*, tweet*, retweet*, download*, act now, act quickly, take a minute, take a moment, subscribe, donate,
            rally, march with, raise your, raise awareness, speak out with, following authorities, following
            addresses, authorities below, address below, get involved, do the same, add your name,
            add their name*, sign up, fill in, fill out, call now, call today, write to, write letters, send a, contact
            your, forward this, cut and paste, visit our, read more, stand with, be there
        """,
        "de": """
            klick*, verschick*, herunterlad*, herunterzulad*, jetzt zu handeln, zu handeln, aktiv zu werden, aktiv
            werden, wenden, zu wenden, spende*, zu spenden, teilt, zu teilen, mitzumachen, zu schreiben, schreiben,
            anzurufen, weiterleit*, weiterzuleit*, mitzeichn*, mitzuzeich*, auf die straße, wachsamkeit, zu protestieren
        """,
        "fr": """
            faire parvenir, faites parvenir, fassent parvenir, transmettre, cliqu*, télécharg*, partag*, faire un don,
            écrire à, écriviez, envoyer, réagir, agir vite, se mobiliser, vous mobiliser, mobilis*, manifest*,
            transférer, relay*, se joindre, vous joindre, autorités ci après, autorités ci dessous,
            autorités suivantes, adresses suivantes, se tenir prêts,
            se tenir prêt, rester mobilisés
        """,
        "es": """
            hagan llegar, hacer llegar, haga llegar, clic*, pinch*, descarg*, compart*, donar, donen, escribir a,
            escriban, enviar, envíen, moviliz*, reenv*, se sumen, se unan, sumen, manifest*, siguientes
            autoridades, siguientes direcciones, autoridades
            siguientes, mantenerse alerta, estar alerta
        """,
        "it": """
            far pervenire, fate pervenire, facciano pervenire, clicc*, scaric*, condivid*, donare, donate, scrivere a,
            scriviate, inviare, mobilit*, inoltra*, inoltri*, manifestare, aderire, seguenti autorità,
            seguenti indirizzi
        """,
        "pt": """
            façam chegar, fazer chegar, faça chegar, clic*, clique*, baix*, compartilh*, doem, doar, escrever a,
            escrevam, enviar, mobiliz*, reencaminh*, seguintes autoridades, seguintes endereços, autoridades abaixo
        """,
        "nl": """
            klik*, downloaden, te delen, doneer*, doneren, te schrijven, te bellen, te mailen, actie te, in actie,
            doorsturen, door te sturen, te protesteren
        """,
        "pl": "klik*, pobier*, pobra*, udostępn*, wpła*, napisan*, pisan*, wysyłan*, wysłan*, działan*, mobiliz*",
        "cs": "klik*, stáhn*, sdíl*, přispě*, napsali, psali, posílali, poslali, protestovali",
        "no": "klikk*, last ned, dele, donere, skrive til, sende, ringe, aksjonere, gi en skjerv, mobiliser*",
        "ru": "клик*, нажм*, скача*, подел*, репост*, написать, писать, отправить, отправлять, пожертв*, звонить",
        "tr": """
            tıkla*, indir*, paylaş*, bağış*, yazmaya, göndermeye, aramaya, yollamaya, iletmenizi, göndermenizi,
            yollamanızı, yazmanızı, aramanızı, paylaşmanızı, duyarlı*
        """,
    },
}
