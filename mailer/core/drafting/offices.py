"""Which words name an office, an embassy, or whose embassy is meant? Tables by kind and language.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

OFFICE_CUES: Final[dict[str, dict[str, str]]] = {
    # Who has power in the case.
    "office": {
        "en": """
            minister*, ministry, ministries, president, presidency, premier, governor, police, court, courts,
            prosecutor*, procurator*, procuror*, procurer, judge, director*, ceo, chief executive, chief, manager,
            management, company, corporation, board of directors, chancellor, mayor, secretary, secretary of state,
            attorney, attorney general, king, queen, prince, emir, sultan, government, authorities, authority,
            parliament, prison, warden, senator*, congressman, congresswoman, representative, commissioner*, general,
            commander*, head of state, home secretary, secretary general, high commission*, state department, department
            of, chairman, chairperson, chair of, vice chancellor, rector, headmaster, administration, immigration,
            detention centre, detention center, service, bureau, ombudsman, speaker, directorate, press office,
            headquarters, employer*, foreign office, home office, owner, owners, shareholders, excellency, majesty, city
            hall, council, human resources, customer service*, vice president, executive, inspectorate, colonel,
            superintendent, sheriff, judiciary, supreme leader, chief justice, permanent mission, mission to the united,
            permanent representative*, tribunal, provost, dean, principal, trustees, board of, public relations, vp,
            registrar, members of parliament, mps, city council, town council, county council, archbishop, district
            attorney, us attorney, chief of staff, ambassador*, deputy chief, parole board, regulator, sergeant,
            officials, leaders, embassy of
        """,
        "ru": """
            министр*, министерств*, президент*, губернатор*, полици*, милици*, суд, суда, суду, прокурор*, прокуратур*,
            судь*, директор*, администрац*, правительств*, премьер*, парламент*, мэр*, мэри*, аким*, управлени*,
            начальник*, руководств*, глав*, следственн*, колони*, сизо, фсб, департамент*, председател*, уполномоченн*,
            дума, думы, ректор*, генеральн*, компани*, депутат*, сенатор*, мвд, гувд, овд, увд, отдел полиции, отдел
            милиции, отделени*, комендант*, омбудсмен*, минюст*, минздрав*, фсин*, уфсин*, изолятор*, дежурн* част*,
            канцеляри*, приёмн*, приемн*, командир*, консульск*, ректорат*, комисси*, глава, главе, властям, власти
        """,
        "de": """
            minister*, ministerium, präsident*, premier*, gouverneur*, polizei*, gericht*, staatsanwalt*, staatsanwält*,
            richter*, direktor*, geschäftsführ*, vorstand*, konzern*, regierung*, behörde*, parlament*, bürgermeister*,
            oberbürgermeister*, bundeskanzler*, kanzler*, gefängnis*, innenminister*, justizminister*, außenminister*,
            unternehmensleitung, firmenleitung, leitung, senat*, amt, generalstaatsanwalt*, konzernzentrale,
            bundesminister*, bundespräsident*, bundesregierung, landrat*, staatssekretär*, ausländerbehörde*,
            ausländeramt, bundesamt*, generalsekretär*, vorsitzend*, geschäftsleitung, rektor*, kommission, jva, leiter,
            leiterin, abgeordnet*, stadtverwaltung, kommandant*, landesregierung, innensenator*, generaldirektor*,
            zentrale, ministerien, amtsgericht, landgericht
        """,
        "fr": """
            ministre*, ministère*, président*, premier ministre, gouverneur*, police, tribunal, procureur*, juge*,
            directeur*, directrice, direction, pdg, préfet*, préfète*, préfecture, gouvernement*, autorités, parlement*,
            maire*, mairie, prison, garde des sceaux, rectorat, recteur, chancelier, roi, entreprise, commissaire*,
            wali, société, chef de l état, secrétaire général, secrétariat, ministères, député*, sénateur*, présidence,
            commission*, conseil, procureure*, chef, responsable*, commandant*, commissariat, gendarmerie, rectrice,
            siège social, premier*
        """,
        "es": """
            ministro*, ministra*, ministerio*, presidente*, presidenta*, presidencia, gobernador*, policía, juzgado*,
            juez*, jueza, fiscal*, fiscalía*, director*, dirección general, gerente*, gerencia, empresa, gobierno*,
            autoridad*, parlamento, alcalde*, alcaldía, procurador*, procuraduría, rey, secretario*, secretaría, cárcel,
            consejero*, tribunal, corte, defensor*, cámara de, congreso, comisión*, jefe*, rector*, gobernación,
            jefatura*, dirección, intendente*, comisaría*, comandante*, diputad*, senador*, canciller*, cancillería,
            magistrad*, ayuntamiento*, ayuntamento*, prefectura*, policia, contralor*, consejería, rectoría,
            presidencia*, vicepresidente*, excmo, excma, fiscalia, defensoría, procuraduria, embajador*, representante
            legal
        """,
        "it": """
            ministro*, ministr*, ministero, presidente*, presidenza, governatore, polizia, tribunale, procur*, giudic*,
            direttor*, direzione, azienda, governo*, autorità, parlamento, sindaco, sindaca, prefett*, questura,
            amministratore*, re, carcere, segretario di stato, rettor*, comando, comandante, questore, assessor*,
            senator*, deputat*, commissari*, ministeri*, rettorato, capo, segretari*, prefettura, procuratore, comune
            di, giunta, sottosegretari*, amministrazione, ente
        """,
        "pt": """
            ministro*, ministra, ministério*, presidente*, presidência, governador*, polícia, tribunal, procurador*,
            procuradoria*, juiz*, juíza, diretor*, director*, diretoria, direção, empresa, governo*, autoridade*,
            parlamento, prefeito*, prefeitura, secretário*, secretaria, gerência, rei, reitor*, chefe*, câmara,
            delegacia, delegad*, promotor*, desembargador*, comandante*, vereador*, deputad*, senador*, comissári*,
            gabinete, superintendent*, secretári*, goverrnador*, governo do, ministeri*, reitoria, subprefeit*,
            corregedor*, ouvidoria, fórum
        """,
        "nl": """
            minister*, ministerie, president*, premier, gouverneur, politie, rechtbank, officier van justitie, openbaar
            ministerie, rechter, directeur, directie, bedrijf, regering, autoriteiten, parlement, burgemeester, koning,
            staatssecretaris, gevangenis, raad van bestuur, commissaris*, wethouder*, college van, hoofdofficier,
            kamerlid, kamerleden, tweede kamer, hoofd van, immigratiedienst, secretaris*, gemeente, officier*,
            gevangenisdirect*, korpschef, procureur*, hoofdkantoor, voorzitter, minister president
        """,
        "pl": """
            minist*, prezyden*, premier*, gubernator*, policj*, komend*, sąd, sądu, prokurat*, prokuror*, sędzi*,
            dyrek*, zarząd*, prezes*, firma, firmy, firmie, firmę, firmą, firmom, rząd*, władz*, władze, sejm*,
            marszał*, burmistrz*, prezydent*, wojewod*, król*, więzieni*, kancelari*, urząd*, rektor*, areszt*, wójt*,
            starost*, kurator*, naczelnik*, zakład karny, zakładu karnego, rzecznik*, senator*, poseł, posł*, dowódc*,
            prokuratorz*, gubernato*, dyrekcj*, urzęd*, prezydium, sekretarz*, ratusz, spółk*
        """,
        "cs": """
            minist*, prezident*, premiér*, guvernér*, polici*, soud*, státní zastupitel*, prokurat*, soudc*, ředitel*,
            vedení, firma, firmy, firmě, firmu, firmou, vlád*, úřad*, parlament*, starost*, primátor*, král*, věznic*,
            velitel*, kancelář*, hejtman*, ombudsman*, zastupitel*, poslan*, senát*, správ*, inspekc*, magistrát*,
            předsed*, tajemn*, náčelní*, generální, zastupitelstv*, radnic*, státnímu zástupci
        """,
        "no": """
            minister*, ministre*, statsminister*, departement*, president*, guvernør, domstol*, rett, påtalemyndighet*,
            statsadvokat*, dommer*, direktør*, ledelse*, selskap*, regjering*, myndighet*, parlament*, storting*,
            ordfører*, kong*, fengsel*, statsråd, justisminister*, lensmann*, utlendings*, stortings*, byråd*,
            direktorat*, kommune*, riksadvokat*, fengsels*, kommandør*, hovedkontor*, administrerende, styreleder*,
            generalsekretær*, statssekretær*, politimester*, politi, politiet, politiets, politidirekt*,
            politidistrikt*, politistasjon*
        """,
        "tr": """
            bakan*, bakanlı*, cumhurbaşkan*, başbakan*, vali*, polis, emniyet*, mahkeme*, savcı*, hakim*, yargıç*,
            müdür*, yönetim*, şirket*, hükümet*, yetkili*, meclis*, belediye*, kral*, cezaevi*, başkan*, genel müdür*,
            patron*, rektör*, kaymakam*, komutan*, başsavcı*, genel sekreter*, rektörlü*, büyükşehir, milletvekil*,
            müsteşar*, valiliğ*, kurum*, bakanlığı, adliye*, müdürlüğ*, holding*
        """,
        "fil": "pamahalaan, pangulo, ministro, awtoridad, korte, pulisya, gobyerno",
    },
    "embassy": {
        "en": """
            embassy, embassies, consulate, consulates, ambassador*, consul, high commission*, diplomatic
            representative*, diplomatic mission*, diplomatic representation*, permanent mission*, permanent
            representati*, consulate general, consul general
        """,
        "ru": """
            посольств*, посол, послу, посла, консульств*, консул*, дипломатическ* представительств*,
            диппредставительств*, дипломатическ* мисси*, дипмисси*, постоянн* представительств*, постпредств*,
            генконсульств*
        """,
        "de": """
            botschaft, botschaften, botschafter*, konsulat*, generalkonsulat*, konsul, diplomatisch* vertretung*,
            auslandsvertretung*, diplomatisch* mission*, ständige vertretung*, ständigen vertretung*, honorarkonsul*
        """,
        "fr": """
            ambassade*, ambassadeur*, ambassadrice*, consulat*, consul, représentation* diplomatique*, représentant*
            diplomatique*, mission* diplomatique*, mission* permanente*, représentant* permanent*
        """,
        "es": """
            embajad*, consulad*, cónsul*, representaci* diplomátic*, representante* diplomátic*, misi* diplomática*,
            misi* diplomatica*, misi* permanente*, representante* permanente*
        """,
        "it": """
            ambasciat*, consolat*, console, ambasciator*, rappresentanz* diplomatic*, rappresentant* diplomatic*,
            mission* diplomatic*, mission* permanent*, rappresentanz* permanent*
        """,
        "pt": """
            embaixad*, consulad*, cônsul, representaç* diplomátic*, representant* diplomátic*, miss* diplomátic*, miss*
            permanente*, representaç* permanente*
        """,
        "nl": """
            ambassade*, ambassadeur*, consulaat, consulaten, consul, diplomatieke vertegenwoordig*, diplomatieke
            missie*, permanente vertegenwoordig*, permanente missie*
        """,
        "pl": """
            ambasad*, konsulat*, konsul*, placówk* dyplomatyczn*, przedstawicielstw* dyplomatyczn*, przedstawiciel*
            dyplomatyczn*, misj* dyplomatyczn*, stał* przedstawicielstw*, stał* misj*
        """,
        "cs": """
            velvyslan*, ambasád*, ambasad*, konzul*, zastupitelsk* úřad*, zastupitelství*, diplomatick* mis*,
            diplomatick* zastoup*, stál* mis*, stál* zastoup*
        """,
        "no": "ambassad*, konsulat*, konsul, diplomatisk* represent*, utenriksstasjon*, fast* delegasjon*",
        "tr": """
            büyükelçi*, elçilik*, elçiliğ*, konsolos*, başkonsolos*, diplomatik temsilci*, dış temsilci*, daimi
            temsilci*
        """,
        "fil": "embahada, konsulado",
    },
    # "In your own country": everybody's own mission is meant.
    "own": {
        "en": """
            your own, your own country, your country, your home country, your local, their local, local, the local,
            nearest, your nearest, closest, where you live, near you, you live in, you are living, your area, your
            respective countr*, their countr*, their own, around the world, worldwide, all over the world, accredited to
            your, accredited to your country, every country, each country, your capital, your city, your state, own
            country, own countries, abroad, everywhere, respective countr*, where you are, where you re, wherever you
            are, your town, your region, nearest to you, closest to you
        """,
        "ru": """
            где вы живёте, где вы живете, где живёте, где живете, вашей стран*, ваших стран*, своей стран*, своих
            стран*, вашем город*, ближайш*, по месту, местн*, местах, во всех стран*, всех стран*, вашу стран*, за
            рубежом, стране проживания, вашего государства, твоей стран*, всему миру, всего мира, где вы находитесь, где
            находитесь, где вы есть, твоём городе, твоем городе, своём городе, своем городе
        """,
        "de": """
            bei euch, wo ihr lebt, in dem ihr lebt, in dem sie leben, ihr wohnt, ihrem land, eurem land, deinem land,
            ihrem eigenen land, eurem eigenen land, ihren ländern, euren ländern, eurer nähe, ihrer nähe, deiner nähe,
            nächstgelegen*, jeweiligen, örtlich*, vor ort, zuständig*, ihres landes, eures landes, deines landes,
            weltweit, in aller welt, eurer stadt, nächste*, wo ihr seid, wo sie sind, wo sie leben, wo ihr wohnt, wo sie
            wohnen, wo du lebst, wo du wohnst, ihrer stadt, deiner stadt, eurer gegend, ihrer gegend
        """,
        "fr": """
            où vous vivez, où vous habitez, où vous êtes, où vous résidez, où tu vis, votre pays, votre propre pays, vos
            pays, ton pays, leur pays, chez vous, plus proche, la plus proche, vos ambassades, dans le monde, votre
            ville, votre région, locale, locales, vos pays respectifs, pays respectifs, où vous vous trouvez, où tu
            habites, où tu es, de votre lieu, ta ville
        """,
        "es": """
            donde vivan, donde vivas, donde viva, donde viváis, donde vives, donde residan, donde residas, donde estén,
            donde estés, su país, tu país, vuestro país, su propio país, sus países, tu ciudad, su ciudad, vuestra
            ciudad, más cercan*, sus respectivos, local, locales, todo el mundo, cada país, vuestros países, propio
            país, respectivos países, donde viven, donde vivís, donde residen, donde radiquen, donde radican, donde se
            encuentren, donde se encuentran, donde te encuentres, donde estéis, donde están, vuestro lugar, su lugar de
        """,
        "it": """
            in cui vivete, dove vivete, in cui vivi, dove vivi, dove abitate, vostro paese, tuo paese, proprio paese,
            vostri paesi, suo paese, più vicin*, nel mondo, vostra città, tua città, rispettivi paesi, locale, locali,
            tutto il mondo, propri paesi, ogni paese, dove siete, dove sei, dove vi trovate, dove ti trovi, dove
            risiedete, in cui risiedete, in cui vi trovate, dove abiti, vostra zona
        """,
        "pt": """
            onde vive, onde vivem, onde mora, onde moram, onde vivam, onde estiver, onde estiverem, seu país, teu país,
            vosso país, seu próprio país, seus países, mais próxim*, sua cidade, todo o mundo, respetivos países,
            respectivos países, local, locais, onde residem, onde residam, onde reside, onde se encontrem, onde se
            encontram, onde estão, onde está, onde viverem, onde você mora, vossa cidade, tua cidade
        """,
        "nl": """
            waar u woont, waar je woont, waar jullie wonen, waar u verblijft, uw land, jouw land, je land, jullie land,
            uw eigen land, je eigen land, jouw eigen land, eigen land, dichtstbijzijnde, plaatselijke, lokale, in de
            buurt, wereldwijd, hele wereld, uw woonplaats, waar jullie zijn, waar je bent, waar u bent, jullie stad, je
            stad, uw stad, jouw stad
        """,
        "pl": """
            w którym mieszkacie, w którym mieszkasz, gdzie mieszkacie, gdzie mieszkasz, twoim kraju, waszym kraju, swoim
            kraju, swoich krajach, waszych krajach, twojego kraju, waszego kraju, swojego kraju, najbliższ*, lokaln*,
            państwa kraju, całym świecie, poszczególnych krajach, waszym mieście, kraju zamieszkania, gdzie jesteście,
            gdzie jesteś, gdzie przebywacie, w którym przebywacie, twoim mieście, swoim mieście
        """,
        "cs": """
            kde žijete, kde žiješ, kde bydlíte, vaší zemi, své zemi, tvé zemi, vašich zemích, svých zemích, vaší vlastní
            zemi, nejbližší*, místní*, celém světě, vašem městě, vlastní zemi, kde jste, kde jsi, kde pobýváte, tvém
            městě, svém městě
        """,
        "no": """
            der du bor, der dere bor, hvor du bor, ditt land, eget land, hjemland*, deres land, ditt eget land,
            nærmeste, lokale, hele verden, sitt land, egne land, der du er, der dere er, hvor dere bor, hvor du er, byen
            din, din by, deres by
        """,
        "tr": """
            ülkenizdeki, ülkendeki, kendi ülkenizde*, ülkenizde, bulunduğunuz ülke*, yaşadığınız ülke*, en yakın, kendi
            ülke*, ülkelerinizde*, yerel, dünya çapında*, bulunduğunuz yerdeki, kendi ülkelerindeki, bulunduğunuz
            şehir*, bulunduğunuz yer*, olduğunuz yer*, yaşadığınız yer*, yaşadığınız şehir*, oturduğunuz, şehrinizde*
        """,
        "fil": "inyong bansa",
    },
}
