"""What do series of deeds, lists under headings and resolutions ask, by the grammar of each language?"""

from __future__ import annotations

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

TODAY = date(2026, 11, 22)

# By language: what a text says, and the demands in it.
FORMS = {
    "en": [
        (
            "We call on the company to reinstate the eleven miners, drop the charges and investigate the fire.",
            ("reinstate the eleven miners", "drop the charges", "investigate the fire"),
        ),
        (
            (
                "Please write to the Minister of Labour and urge him to release the eleven miners and drop all "
                "charges against them."
            ),
            ("release the eleven miners", "drop all charges against them"),
        ),
        (
            (
                "We demand the immediate release of the eleven miners, the withdrawal of all charges and an "
                "independent investigation into the fire."
            ),
            (
                "the immediate release of the eleven miners",
                "the withdrawal of all charges",
                "an independent investigation into the fire",
            ),
        ),
        (
            "We request that the eleven miners be released and that the mine be closed.",
            ("the eleven miners be released", "the mine be closed"),
        ),
        (
            "Send letters to the ministry requesting it to release the eleven miners.",
            ("release the eleven miners",),
        ),
        (
            "Please write to the ministry asking that the eleven miners be given medical care.",
            ("the eleven miners be given medical care",),
        ),
        (
            "The undersigned respectfully request the Council that it reopen the library.",
            ("reopen the library",),
        ),
        (
            "It is our request that the library be reopened.",
            ("the library be reopened",),
        ),
        (
            "I am writing to request the release of the eleven miners.",
            ("the release of the eleven miners",),
        ),
        (
            "Please urge the authorities to ensure a fair trial for the eleven miners.",
            ("ensure a fair trial for the eleven miners",),
        ),
        (
            "The branch resolves to demand the immediate release of the eleven miners.",
            ("the immediate release of the eleven miners",),
        ),
        (
            (
                "This meeting resolves:\n1. To demand that the government release the eleven miners.\n2. To call "
                "on the company to reopen the mine.\n3. To send a copy of this resolution to the embassy."
            ),
            ("the government release the eleven miners", "reopen the mine"),
        ),
        (
            "The congress therefore calls upon the government to withdraw the bill and to pay the arrears.",
            ("withdraw the bill", "pay the arrears"),
        ),
        (
            "The union calls on the company to reinstate the eleven miners.",
            ("reinstate the eleven miners",),
        ),
        (
            "The Federation is appealing to the company to reinstate the eleven miners.",
            ("reinstate the eleven miners",),
        ),
        (
            "The Committee urges the governor to reinstate the eleven miners without delay.",
            ("reinstate the eleven miners without delay",),
        ),
        (
            "The members of the branch demand an end to the lockout.",
            ("an end to the lockout",),
        ),
        (
            (
                "Please write politely, asking that:\n- the eleven miners be released;\n- their families be told "
                "where they are;\n- the mine be closed."
            ),
            ("the eleven miners be released", "their families be told where they are", "the mine be closed"),
        ),
        (
            (
                "In your letters, please call for:\n* the immediate release of the eleven miners\n* compensation "
                "for their families"
            ),
            ("the immediate release of the eleven miners", "compensation for their families"),
        ),
        (
            (
                "Recommended action: please send appeals\n- expressing concern for the eleven miners\n- urging "
                "the authorities to release them at once\n- asking for a public inquiry"
            ),
            ("release them at once", "a public inquiry"),
        ),
        (
            (
                "Dear Minister,\n\nI am writing to express my concern about the eleven miners of Example. I ask "
                "you to release them immediately, to drop all charges and to guarantee their safety.\n\nYours "
                "sincerely,"
            ),
            ("release them immediately", "drop all charges", "guarantee their safety"),
        ),
        (
            (
                "Dear Minister,\n\nI was shocked to learn of the arrest of the eleven miners of Example. I "
                "request that you immediately release them and investigate the fire in the mine.\n\nYours "
                "faithfully,"
            ),
            ("immediately release them", "investigate the fire in the mine"),
        ),
        (
            (
                "We, the undersigned, call upon the Board of Example Mills to recognise the union, to take back "
                "the eleven weavers sacked in March, and to pay them for the days lost."
            ),
            ("recognise the union", "take back the eleven weavers sacked in March", "pay them for the days lost"),
        ),
        (
            (
                "The parish asks its friends abroad to write to the Governor. What we ask is simple: that the "
                "well be cleaned, that the guards leave the school, and that nobody be arrested for saying so."
            ),
            ("the well be cleaned", "the guards leave the school", "nobody be arrested for saying so"),
        ),
        (
            "Tell the company:\n- Stop the evictions\n- Give back the tools\n- Talk to the tenants",
            ("Stop the evictions", "Give back the tools", "Talk to the tenants"),
        ),
        (
            (
                "Points to raise in your letter:\n\n1. The eleven weavers should be released without "
                "conditions.\n2. An independent doctor should see them.\n3. The law on assembly must be repealed."
            ),
            (
                "The eleven weavers should be released without conditions",
                "An independent doctor should see them",
                "The law on assembly must be repealed",
            ),
        ),
        (
            "We want: the dam stopped; the villagers compensated; the police out of the valley.",
            ("the dam stopped", "the villagers compensated", "the police out of the valley"),
        ),
        (
            (
                "RESOLVED, that the Students' Union of Example condemns the arrests; and be it further resolved "
                "that the Union demands the release of the eleven weavers and the return of their looms."
            ),
            ("the release of the eleven weavers", "the return of their looms"),
        ),
        (
            "Free the Mill Eleven! Drop the charges! Write to the prosecutor at da@court.example.",
            ("Free the Mill Eleven", "Drop the charges"),
        ),
        (
            "Urge your MP to ask the Home Secretary to halt the deportation of the eleven weavers.",
            ("halt the deportation of the eleven weavers",),
        ),
        (
            (
                "They need your help. Politely ask that the judge admit the medical report, and that the trial "
                "be moved to the capital."
            ),
            ("the judge admit the medical report", "the trial be moved to the capital"),
        ),
        (
            (
                "The Bakers' Union says enough is enough.\n\nIt calls on the company to:\n• reopen the bakery,\n• "
                "rehire the eleven bakers, and\n• negotiate in good faith.\n\nMail: boss@bakery.example"
            ),
            ("reopen the bakery", "rehire the eleven bakers", "negotiate in good faith"),
        ),
        (
            (
                "Letters should ask that the eleven bakers be freed, that those who beat them be tried and that "
                "their shop be given back."
            ),
            ("the eleven bakers be freed", "those who beat them be tried", "their shop be given back"),
        ),
        (
            (
                "Subject: urgent\n\nDear friends, the army has sealed off the valley. We appeal to all of you to "
                "write to the president, demanding the withdrawal of the troops and the release of the eleven "
                "bakers."
            ),
            ("the withdrawal of the troops", "the release of the eleven bakers"),
        ),
        (
            "That is why we demand: no evictions, no fines, no more raids!",
            ("no evictions", "no fines", "no more raids"),
        ),
        (
            (
                "Sample text:\n\nDear Governor,\nI have learned of the arrest of the eleven bakers. Please release "
                "them and return their ovens. I also urge you to let their families visit them.\nSincerely,"
            ),
            ("release them", "return their ovens", "let their families visit them"),
        ),
    ],
    "de": [
        (
            (
                "Wir fordern die Regierung auf, die elf Bergleute freizulassen, alle Anklagen fallen zu lassen "
                "und den Brand zu untersuchen."
            ),
            ("die elf Bergleute freizulassen", "alle Anklagen fallen zu lassen", "den Brand zu untersuchen"),
        ),
        (
            (
                "Wir fordern die sofortige Freilassung der elf Bergleute, die Einstellung des Verfahrens und "
                "eine unabhängige Untersuchung des Brandes."
            ),
            (
                "die sofortige Freilassung der elf Bergleute",
                "die Einstellung des Verfahrens",
                "eine unabhängige Untersuchung des Brandes",
            ),
        ),
        (
            "Wir bitten darum, dass die elf Bergleute ärztlich versorgt werden.",
            ("die elf Bergleute ärztlich versorgt werden",),
        ),
        (
            "Bitte schreiben Sie an das Ministerium und bitten Sie darum, die elf Bergleute freizulassen.",
            ("die elf Bergleute freizulassen",),
        ),
        (
            "Die Versammlung beschließt, die Regierung aufzufordern, die elf Bergleute freizulassen.",
            ("die elf Bergleute freizulassen",),
        ),
        (
            "Die Gewerkschaft ruft die Geschäftsleitung auf, die elf Bergleute wieder einzustellen.",
            ("die elf Bergleute wieder einzustellen",),
        ),
        (
            (
                "Sehr geehrter Herr Minister,\n\nmit großer Sorge habe ich von der Verhaftung der elf Bergleute "
                "erfahren. Ich bitte Sie, die elf Bergleute unverzüglich freizulassen und den Brand untersuchen "
                "zu lassen.\n\nMit freundlichen Grüßen"
            ),
            ("die elf Bergleute unverzüglich freizulassen", "den Brand untersuchen zu lassen"),
        ),
        (
            (
                "Wir verlangen von der Stadt, dass sie die Räumung stoppt, das Haus nicht verkauft und mit den "
                "Bewohnern spricht."
            ),
            ("die Räumung stoppt", "das Haus nicht verkauft", "mit den Bewohnern spricht"),
        ),
        (
            (
                "Bitte schreibt an den Vorstand und fordert ihn auf, die elf Weberinnen wieder einzustellen und "
                "die Löhne nachzuzahlen!"
            ),
            ("die elf Weberinnen wieder einzustellen", "die Löhne nachzuzahlen"),
        ),
        (
            (
                "Der Gewerkschaftstag fordert daher die sofortige Rücknahme der Kündigungen sowie die "
                "Anerkennung des Betriebsrats."
            ),
            ("die sofortige Rücknahme der Kündigungen", "die Anerkennung des Betriebsrats"),
        ),
        (
            (
                "Unsere Forderungen lauten:\n1. Freilassung der elf Weberinnen\n2. Keine Abschiebungen\n3. Zugang "
                "zu Anwälten"
            ),
            ("Freilassung der elf Weberinnen", "Keine Abschiebungen", "Zugang zu Anwälten"),
        ),
        (
            (
                "Sehr geehrte Frau Ministerin,\n\nich bin in Sorge um die elf Weberinnen von Beispielstadt. Ich "
                "möchte Sie bitten, sich für ihre Freilassung einzusetzen und ihnen ärztliche Hilfe zu "
                "gewähren.\n\nMit freundlichen Grüßen"
            ),
            ("sich für ihre Freilassung einzusetzen", "ihnen ärztliche Hilfe zu gewähren"),
        ),
        (
            "Fordert:\n- sofortige Freilassung der elf Bäcker\n- Ende der Isolationshaft\n- Zugang zu Ärzten",
            ("sofortige Freilassung der elf Bäcker", "Ende der Isolationshaft", "Zugang zu Ärzten"),
        ),
        (
            (
                "Sofortige Freilassung der elf Bäcker!\nWeg mit den Anklagen!\nSchluss mit den Razzien!\n\nFaxe an "
                "das Ministerium: 030 5550101"
            ),
            ("Sofortige Freilassung der elf Bäcker", "Weg mit den Anklagen", "Schluss mit den Razzien"),
        ),
    ],
    "fr": [
        (
            (
                "Nous appelons le gouvernement à libérer les onze mineurs, abandonner les poursuites et ouvrir "
                "une enquête."
            ),
            ("libérer les onze mineurs", "abandonner les poursuites", "ouvrir une enquête"),
        ),
        (
            (
                "Nous exigeons la libération des onze mineurs, l'abandon des poursuites et une enquête "
                "indépendante sur l'incendie."
            ),
            ("la libération des onze mineurs", "l'abandon des poursuites", "une enquête indépendante sur l'incendie"),
        ),
        (
            "Nous demandons que les onze mineurs soient libérés et que la mine soit fermée.",
            ("les onze mineurs soient libérés", "la mine soit fermée"),
        ),
        (
            "Le congrès décide de demander la libération des onze mineurs.",
            ("la libération des onze mineurs",),
        ),
        (
            "Le syndicat demande à la direction de réintégrer les onze mineurs.",
            ("réintégrer les onze mineurs",),
        ),
        (
            "Dans vos lettres, demandez :\n- la libération des onze mineurs ;\n- des soins médicaux pour eux.",
            ("la libération des onze mineurs", "des soins médicaux pour eux"),
        ),
        (
            (
                "Monsieur le Ministre,\n\nJ'ai appris avec inquiétude l'arrestation des onze mineurs. Je vous "
                "demande de les libérer sans délai et d'ouvrir une enquête sur l'incendie.\n\nVeuillez agréer, "
                "Monsieur le Ministre, mes salutations."
            ),
            ("les libérer sans délai", "ouvrir une enquête sur l'incendie"),
        ),
        (
            (
                "Nous vous demandons d'écrire au préfet pour demander la régularisation des onze tisserandes, "
                "l'arrêt des expulsions et la réouverture du foyer."
            ),
            ("la régularisation des onze tisserandes", "l'arrêt des expulsions", "la réouverture du foyer"),
        ),
        (
            (
                "Le syndicat exige de la direction qu'elle réintègre les onze tisserandes et qu'elle ouvre des "
                "négociations."
            ),
            ("réintègre les onze tisserandes", "ouvre des négociations"),
        ),
        (
            (
                "Merci d'écrire poliment au ministre, en le priant de :\n- faire libérer les onze tisserandes "
                ";\n- leur permettre de voir un médecin."
            ),
            ("faire libérer les onze tisserandes", "leur permettre de voir un médecin"),
        ),
        (
            (
                "C'est pourquoi je vous prie instamment de faire libérer les onze tisserandes. Envoyez ce texte "
                "au ministre."
            ),
            ("faire libérer les onze tisserandes",),
        ),
        (
            "Nos revendications :\n• embauche des onze tisserandes\n• pas de sanctions\n• des vestiaires dignes",
            ("embauche des onze tisserandes", "pas de sanctions", "des vestiaires dignes"),
        ),
        (
            (
                "L'assemblée demande solennellement au maire de recevoir les familles, de suspendre les "
                "expulsions et de rétablir l'eau."
            ),
            ("recevoir les familles", "suspendre les expulsions", "rétablir l'eau"),
        ),
        (
            (
                "Libération immédiate des onze boulangers !\nArrêt des poursuites !\nRéouverture de la "
                "boulangerie !\n\nÉcrivez au préfet : prefet@ville.example"
            ),
            ("Libération immédiate des onze boulangers", "Arrêt des poursuites", "Réouverture de la boulangerie"),
        ),
    ],
    "es": [
        (
            "Exigimos a la empresa que readmita a los once mineros, retire los cargos e investigue el incendio.",
            ("readmita a los once mineros", "retire los cargos", "investigue el incendio"),
        ),
        (
            "Instamos al gobierno a liberar a los once mineros, retirar los cargos e investigar el incendio.",
            ("liberar a los once mineros", "retirar los cargos", "investigar el incendio"),
        ),
        (
            (
                "Exigimos la libertad inmediata de los once mineros, el retiro de los cargos y una "
                "investigación independiente."
            ),
            ("la libertad inmediata de los once mineros", "el retiro de los cargos", "una investigación independiente"),
        ),
        (
            "Pedimos que los once mineros sean liberados y que se cierre la mina.",
            ("los once mineros sean liberados", "se cierre la mina"),
        ),
        (
            "La asamblea resuelve exigir la libertad de los once mineros.",
            ("la libertad de los once mineros",),
        ),
        (
            (
                "La asamblea acuerda: 1. Exigir la libertad de los once mineros. 2. Exhortar al gobierno a "
                "reabrir la mina."
            ),
            ("la libertad de los once mineros", "reabrir la mina"),
        ),
        (
            "El sindicato exhorta al gobierno a reincorporar a los once mineros.",
            ("reincorporar a los once mineros",),
        ),
        (
            "La organización apela a la sensibilidad del gobierno para que libere a los once mineros.",
            ("libere a los once mineros",),
        ),
        (
            "El sindicato hace un llamado a las autoridades para que liberen a los once mineros.",
            ("liberen a los once mineros",),
        ),
        (
            ("Por favor, envíen cartas pidiendo:\n- la libertad de los once mineros\n- atención médica para ellos"),
            ("la libertad de los once mineros", "atención médica para ellos"),
        ),
        (
            (
                "Escriban, en español o en su idioma:\n- Exigiendo la libertad de los once mineros.\n- Instando a "
                "las autoridades a cerrar la mina.\n- Expresando su preocupación por las familias."
            ),
            ("la libertad de los once mineros", "cerrar la mina"),
        ),
        (
            (
                "Señor Ministro:\n\nLe escribo para expresarle mi preocupación por los once mineros detenidos. Le "
                "solicito que ordene su liberación inmediata y que investigue el incendio de la "
                "mina.\n\nAtentamente,"
            ),
            ("ordene su liberación inmediata", "investigue el incendio de la mina"),
        ),
        (
            (
                "Por todo ello, las organizaciones firmantes exigimos:\n1.- La inmediata libertad de las once "
                "tejedoras.\n2.- Que se investigue a los mandos policiales responsables.\n3.- No más "
                "criminalización de la protesta."
            ),
            (
                "La inmediata libertad de las once tejedoras",
                "Que se investigue a los mandos policiales responsables",
                "No más criminalización de la protesta",
            ),
        ),
        (
            "Llamamos a las autoridades a que cesen los desalojos y a que devuelvan las herramientas.",
            ("cesen los desalojos", "devuelvan las herramientas"),
        ),
        (
            (
                "Les pedimos escribir al gobernador y solicitarle que reciba a las tejedoras, que retire a la "
                "policía y que cumpla lo firmado."
            ),
            ("reciba a las tejedoras", "retire a la policía", "cumpla lo firmado"),
        ),
        (
            (
                "Señor Gobernador:\nCon todo respeto le pido se sirva ordenar la libertad de las once tejedoras "
                "y garantizar su integridad física.\nAtentamente,"
            ),
            ("se sirva ordenar la libertad de las once tejedoras", "garantizar su integridad física"),
        ),
        (
            "¡Libertad para las once tejedoras!\n¡Fuera la policía de la fábrica!\n¡Reapertura ya!",
            ("Libertad para las once tejedoras", "Fuera la policía de la fábrica", "Reapertura ya"),
        ),
        (
            (
                "La Asamblea acordó demandar de la empresa el pago de los salarios atrasados y la reinstalación "
                "de las once tejedoras."
            ),
            ("el pago de los salarios atrasados", "la reinstalación de las once tejedoras"),
        ),
        (
            "Exigimos se respete el derecho de huelga y se libere a las tejedoras.",
            ("se respete el derecho de huelga", "se libere a las tejedoras"),
        ),
        (
            (
                "Hacemos un llamado urgente al Estado para que garantice la vida de las once panaderas, "
                "investigue las amenazas y desmantele los grupos armados."
            ),
            ("garantice la vida de las once panaderas", "investigue las amenazas", "desmantele los grupos armados"),
        ),
        (
            "EXIGENCIAS\n1. Al gobierno: cese de la represión\n2. A la empresa: pago de los salarios",
            ("Al gobierno: cese de la represión", "A la empresa: pago de los salarios"),
        ),
        (
            "Exigimos al Estado garantías para las once panaderas y castigo a los responsables.",
            ("garantías para las once panaderas", "castigo a los responsables"),
        ),
    ],
    "it": [
        (
            "Chiediamo al governo di liberare gli undici minatori, ritirare le accuse e aprire una inchiesta.",
            ("liberare gli undici minatori", "ritirare le accuse", "aprire una inchiesta"),
        ),
        (
            (
                "Chiediamo l'immediata liberazione degli undici minatori, il ritiro delle accuse e un'inchiesta "
                "indipendente."
            ),
            ("l'immediata liberazione degli undici minatori", "il ritiro delle accuse", "un'inchiesta indipendente"),
        ),
        (
            "Chiediamo che gli undici minatori siano liberati e che la miniera sia chiusa.",
            ("gli undici minatori siano liberati", "la miniera sia chiusa"),
        ),
        (
            "Il congresso delibera di chiedere al governo la liberazione degli undici minatori.",
            ("la liberazione degli undici minatori",),
        ),
        (
            "Il sindacato fa appello alla direzione affinché reintegri gli undici minatori.",
            ("reintegri gli undici minatori",),
        ),
        (
            "Il sindacato esorta il governo a liberare gli undici minatori.",
            ("liberare gli undici minatori",),
        ),
        (
            "Nelle vostre lettere chiedete:\n- la liberazione degli undici minatori;\n- cure mediche per loro.",
            ("la liberazione degli undici minatori", "cure mediche per loro"),
        ),
        (
            (
                "Chiediamo con forza il rilascio delle undici tessitrici, la revoca dei licenziamenti e la "
                "riapertura della fabbrica."
            ),
            ("il rilascio delle undici tessitrici", "la revoca dei licenziamenti", "la riapertura della fabbrica"),
        ),
        (
            (
                "Le chiedo pertanto di intervenire presso il governo, di far liberare le undici tessitrici e di "
                "garantire loro un processo equo."
            ),
            ("intervenire presso il governo", "far liberare le undici tessitrici", "garantire loro un processo equo"),
        ),
        (
            "VOGLIAMO:\n- libertà per le undici tessitrici\n- casa per tutte\n- via la polizia dalle scuole",
            ("libertà per le undici tessitrici", "casa per tutte", "via la polizia dalle scuole"),
        ),
        (
            (
                "L'assemblea delle lavoratrici chiede che venga ritirato il licenziamento, che si paghino gli "
                "arretrati e che si apra un tavolo."
            ),
            ("venga ritirato il licenziamento", "si paghino gli arretrati", "si apra un tavolo"),
        ),
    ],
    "pt": [
        (
            "Exigimos que o governo liberte os onze mineiros, retire as acusações e investigue o incêndio.",
            ("o governo liberte os onze mineiros", "retire as acusações", "investigue o incêndio"),
        ),
        (
            "Manifestamos pela libertação dos onze mineiros e pelo fim da perseguição à cooperativa.",
            ("libertação dos onze mineiros", "fim da perseguição à cooperativa"),
        ),
        (
            "Exigimos a libertação dos onze mineiros, o arquivamento do processo e a reabertura da mina.",
            ("a libertação dos onze mineiros", "o arquivamento do processo", "a reabertura da mina"),
        ),
        (
            "Pedimos que os onze mineiros sejam libertados e que a mina seja fechada.",
            ("os onze mineiros sejam libertados", "a mina seja fechada"),
        ),
        (
            "A assembleia decide exigir a libertação dos onze mineiros.",
            ("a libertação dos onze mineiros",),
        ),
        (
            "A organização apela à sensibilidade do governo para que liberte os onze mineiros.",
            ("liberte os onze mineiros",),
        ),
        (
            "O sindicato exorta o governo a libertar os onze mineiros.",
            ("libertar os onze mineiros",),
        ),
        (
            "Nas suas cartas, peça:\n- a libertação dos onze mineiros;\n- cuidados médicos para eles.",
            ("a libertação dos onze mineiros", "cuidados médicos para eles"),
        ),
        (
            (
                "Os professores exigem a reposição do tempo de serviço, o fim da precariedade e melhores "
                "condições de trabalho."
            ),
            ("a reposição do tempo de serviço", "o fim da precariedade", "melhores condições de trabalho"),
        ),
        (
            "Pedimos que enviem mensagens ao ministério exigindo que suspenda o despejo e receba as famílias.",
            ("suspenda o despejo", "receba as famílias"),
        ),
        (
            (
                "Vimos por este meio solicitar a V. Exa. que ordene a libertação das onze tecelãs e garanta a "
                "sua segurança."
            ),
            ("ordene a libertação das onze tecelãs", "garanta a sua segurança"),
        ),
        (
            ("Reivindicamos:\n- demarcação imediata da terra\n- retirada dos garimpeiros\n- punição dos responsáveis"),
            ("demarcação imediata da terra", "retirada dos garimpeiros", "punição dos responsáveis"),
        ),
        (
            (
                "Liberdade para os onze padeiros!\nFim dos despejos!\nReabertura já da padaria!\n\nEscreva à "
                "prefeitura: gabinete@cidade.example"
            ),
            ("Liberdade para os onze padeiros", "Fim dos despejos", "Reabertura já da padaria"),
        ),
    ],
    "ru": [
        (
            "Мы призываем правительство освободить одиннадцать шахтёров, снять обвинения и расследовать пожар.",
            ("освободить одиннадцать шахтёров", "снять обвинения", "расследовать пожар"),
        ),
        (
            (
                "Требуем немедленного освобождения одиннадцати шахтёров, прекращения уголовного дела и "
                "независимого расследования пожара."
            ),
            (
                "немедленного освобождения одиннадцати шахтёров",
                "прекращения уголовного дела",
                "независимого расследования пожара",
            ),
        ),
        (
            "Мы требуем, чтобы одиннадцать шахтёров были освобождены, а шахта закрыта.",
            ("одиннадцать шахтёров были освобождены, а шахта закрыта",),
        ),
        (
            "Профсоюз требует от руководства восстановить одиннадцать шахтёров на работе.",
            ("восстановить одиннадцать шахтёров на работе",),
        ),
        (
            "В письмах просим требовать:\n- освобождения одиннадцати шахтёров;\n- медицинской помощи для них.",
            ("освобождения одиннадцати шахтёров", "медицинской помощи для них"),
        ),
        (
            (
                "Мы, нижеподписавшиеся, требуем немедленно освободить одиннадцать ткачих и прекратить "
                "преследование профсоюза."
            ),
            ("немедленно освободить одиннадцать ткачих", "прекратить преследование профсоюза"),
        ),
        (
            "Пишите в министерство с требованием отменить приговор и вернуть станки.",
            ("отменить приговор", "вернуть станки"),
        ),
        (
            "Наши требования:\n1. Освободить одиннадцать ткачих.\n2. Наказать виновных.\n3. Выплатить зарплату.",
            ("Освободить одиннадцать ткачих", "Наказать виновных", "Выплатить зарплату"),
        ),
        (
            "Прошу Вас дать поручение проверить законность ареста и обеспечить доступ врача.",
            ("дать поручение проверить законность ареста", "обеспечить доступ врача"),
        ),
        (
            (
                "Свободу одиннадцати пекарям!\nПрекратить обыски!\nЗакрыть дело!\n\nПишите в прокуратуру: "
                "delo@prokuratura.example"
            ),
            ("Свободу одиннадцати пекарям", "Прекратить обыски", "Закрыть дело"),
        ),
        (
            "Профсоюз призывает администрацию: восстановить уволенных, выплатить долги, начать переговоры.",
            ("восстановить уволенных", "выплатить долги", "начать переговоры"),
        ),
    ],
    "tr": [
        (
            ("Hükümeti on bir madenciyi serbest bırakmaya, davaları düşürmeye ve yangını soruşturmaya çağırıyoruz."),
            ("on bir madenciyi serbest bırakmaya", "davaları düşürmeye", "yangını soruşturmaya"),
        ),
        (
            (
                "On bir madencinin serbest bırakılmasını, davaların düşürülmesini ve yangının soruşturulmasını "
                "talep ediyoruz."
            ),
            ("On bir madencinin serbest bırakılmasını", "davaların düşürülmesini", "yangının soruşturulmasını"),
        ),
        (
            "On bir madencinin serbest bırakılmasını rica ediyoruz.",
            ("On bir madencinin serbest bırakılmasını",),
        ),
        (
            "Sendika, yönetimi on bir madenciyi işe geri almaya çağırıyor.",
            ("on bir madenciyi işe geri almaya",),
        ),
        (
            "Mektuplarınızda şunları isteyin:\n- on bir madencinin serbest bırakılması;\n- madenin kapatılması.",
            ("on bir madencinin serbest bırakılması", "madenin kapatılması"),
        ),
        (
            "Bakanlığa yazarak on bir dokumacının serbest bırakılmasını ve sendikanın tanınmasını isteyin.",
            ("on bir dokumacının serbest bırakılmasını", "sendikanın tanınmasını"),
        ),
        (
            "Taleplerimiz:\n- Atılan işçiler geri alınsın\n- Ücretler ödensin\n- Sendika tanınsın",
            ("Atılan işçiler geri alınsın", "Ücretler ödensin", "Sendika tanınsın"),
        ),
        (
            "Şirketi işçileri geri almaya ve ücretleri ödemeye çağırın.",
            ("işçileri geri almaya", "ücretleri ödemeye"),
        ),
    ],
    "pl": [
        (
            "Wzywamy rząd, aby uwolnił jedenastu górników, wycofał zarzuty i zbadał przyczyny pożaru.",
            ("uwolnił jedenastu górników", "wycofał zarzuty", "zbadał przyczyny pożaru"),
        ),
        (
            (
                "Żądamy natychmiastowego uwolnienia jedenastu górników, wycofania zarzutów i niezależnego "
                "śledztwa w sprawie pożaru."
            ),
            (
                "natychmiastowego uwolnienia jedenastu górników",
                "wycofania zarzutów",
                "niezależnego śledztwa w sprawie pożaru",
            ),
        ),
        (
            "Prosimy, aby jedenastu górników zostało zwolnionych i aby kopalnia została zamknięta.",
            ("jedenastu górników zostało zwolnionych", "kopalnia została zamknięta"),
        ),
        (
            "Związek apeluje do dyrekcji o przywrócenie do pracy jedenastu górników.",
            ("przywrócenie do pracy jedenastu górników",),
        ),
        (
            "W listach prosimy domagać się:\n- uwolnienia jedenastu górników;\n- opieki lekarskiej dla nich.",
            ("uwolnienia jedenastu górników", "opieki lekarskiej dla nich"),
        ),
        (
            "Apelujemy do ministra o uwolnienie jedenastu tkaczek oraz o wstrzymanie eksmisji.",
            ("uwolnienie jedenastu tkaczek", "wstrzymanie eksmisji"),
        ),
        (
            (
                "Zarząd związku domaga się od dyrekcji cofnięcia zwolnień, wypłaty zaległych pensji i "
                "rozpoczęcia rozmów."
            ),
            ("cofnięcia zwolnień", "wypłaty zaległych pensji", "rozpoczęcia rozmów"),
        ),
    ],
    "nl": [
        (
            (
                "Wij roepen de regering op om de elf mijnwerkers vrij te laten, de aanklachten in te trekken en "
                "de brand te onderzoeken."
            ),
            ("de elf mijnwerkers vrij te laten", "de aanklachten in te trekken", "de brand te onderzoeken"),
        ),
        (
            (
                "Wij eisen de onmiddellijke vrijlating van de elf mijnwerkers, de intrekking van alle "
                "aanklachten en een onafhankelijk onderzoek naar de brand."
            ),
            (
                "de onmiddellijke vrijlating van de elf mijnwerkers",
                "de intrekking van alle aanklachten",
                "een onafhankelijk onderzoek naar de brand",
            ),
        ),
        (
            "Wij vragen dat de elf mijnwerkers worden vrijgelaten en dat de mijn wordt gesloten.",
            ("de elf mijnwerkers worden vrijgelaten", "de mijn wordt gesloten"),
        ),
        (
            "De vakbond dringt er bij de directie op aan de elf mijnwerkers weer in dienst te nemen.",
            ("de elf mijnwerkers weer in dienst te nemen",),
        ),
        (
            "Vraag in uw brief:\n- de vrijlating van de elf mijnwerkers;\n- medische zorg voor hen.",
            ("de vrijlating van de elf mijnwerkers", "medische zorg voor hen"),
        ),
        (
            "Wij eisen dat de gemeente de ontruiming stopt, de huur verlaagt en met de bewoners praat.",
            ("de gemeente de ontruiming stopt", "de huur verlaagt", "met de bewoners praat"),
        ),
        (
            ("De bond eist van de directie dat zij het ontslag intrekt, het loon betaalt en met de bakkers praat."),
            ("het ontslag intrekt", "het loon betaalt", "met de bakkers praat"),
        ),
    ],
    "cs": [
        (
            "Vyzýváme vládu, aby propustila jedenáct horníků, stáhla obvinění a vyšetřila požár.",
            ("propustila jedenáct horníků", "stáhla obvinění", "vyšetřila požár"),
        ),
        (
            "Požadujeme okamžité propuštění jedenácti horníků, stažení obvinění a nezávislé vyšetření požáru.",
            ("okamžité propuštění jedenácti horníků", "stažení obvinění", "nezávislé vyšetření požáru"),
        ),
        (
            "Žádáme, aby bylo propuštěno jedenáct horníků a aby byl důl uzavřen.",
            ("bylo propuštěno jedenáct horníků", "byl důl uzavřen"),
        ),
        (
            "Odbory vyzývají vedení, aby vzalo zpět jedenáct horníků.",
            ("vzalo zpět jedenáct horníků",),
        ),
        (
            "V dopisech prosím požadujte:\n- propuštění jedenácti horníků;\n- lékařskou péči pro ně.",
            ("propuštění jedenácti horníků", "lékařskou péči pro ně"),
        ),
        (
            "Žádáme ministerstvo o zrušení rozhodnutí a o vrácení stavů.",
            ("zrušení rozhodnutí", "vrácení stavů"),
        ),
        (
            "Žádejte po starostovi, aby otevřel pekárnu, aby přijal pekaře zpět a aby zaplatil mzdy.",
            ("otevřel pekárnu", "přijal pekaře zpět", "zaplatil mzdy"),
        ),
    ],
    "no": [
        (
            "Vi ber regjeringen om å løslate de elleve gruvearbeiderne, frafalle tiltalen og granske brannen.",
            ("løslate de elleve gruvearbeiderne", "frafalle tiltalen", "granske brannen"),
        ),
        (
            (
                "Vi krever løslatelse av de elleve gruvearbeiderne, frafall av tiltalen og en uavhengig "
                "granskning av brannen."
            ),
            ("løslatelse av de elleve gruvearbeiderne", "frafall av tiltalen", "en uavhengig granskning av brannen"),
        ),
        (
            "Vi ber om at de elleve gruvearbeiderne løslates og at gruven stenges.",
            ("de elleve gruvearbeiderne løslates", "gruven stenges"),
        ),
        (
            "Fagforeningen ber ledelsen om å gjeninnsette de elleve gruvearbeiderne.",
            ("gjeninnsette de elleve gruvearbeiderne",),
        ),
        (
            "I brevet kan du be om:\n- at de elleve gruvearbeiderne løslates;\n- medisinsk hjelp til dem.",
            ("at de elleve gruvearbeiderne løslates", "medisinsk hjelp til dem"),
        ),
        (
            "Vi krever at kommunen stanser utkastelsen, betaler erstatning og møter beboerne.",
            ("kommunen stanser utkastelsen", "betaler erstatning", "møter beboerne"),
        ),
        (
            "Skriv til ministeren og be om at bakerne løslates, at saken henlegges og at bakeriet åpnes.",
            ("bakerne løslates", "saken henlegges", "bakeriet åpnes"),
        ),
    ],
}

# Others are reported to ask, or the reader is asked.
NOTHING = [
    ("The eleven miners were on strike to demand better pay. Their union had asked the company for talks."),
    "In May the police asked the miners to leave the hall. The company refused the demand.",
    "We ask all readers to send letters. Please ask your friends to help us.",
    (
        "Los mineros exigían mejores salarios cuando fueron detenidos. Pedimos a todas las "
        "organizaciones difundir este mensaje."
    ),
    "Wir bitten alle um Spenden. Die Bergleute hatten mehr Lohn gefordert.",
    ("Nous demandons à toutes et tous de diffuser ce message. Les mineurs réclamaient de meilleurs salaires."),
    (
        "The police demanded that the weavers leave and asked for their papers. Ask your friends to "
        "sign and share the petition."
    ),
    "La policía exigió que abandonaran la plaza. Pedimos difundir y apoyar con víveres.",
    ("Die Polizei forderte die Leute auf, den Platz zu verlassen. Wir bitten um Weiterleitung und Spenden."),
    "La police a exigé l'évacuation de la place. Merci de faire circuler et de signer la pétition.",
    "La polizia ha chiesto i documenti. Chiediamo a tutti di diffondere e di partecipare al presidio.",
    "A polícia exigiu os documentos. Pedimos a todos que divulguem e que participem da vigília.",
    "Полиция потребовала разойтись. Просим распространить и поддержать нас деньгами.",
    "Please write to the mayor and say that you want the bakery reopened.",
]


def demands(text):
    """Return the demands that a text has, in its own words."""
    return tuple(one.text.text for one in draft_of(text, TODAY).demands)


@pytest.mark.parametrize(("text", "told"), [case for cases in FORMS.values() for case in cases])
def test_each_deed_of_a_series_is_a_demand(text, told):
    """What is joined by "and" or stands in a list is asked for by itself, whatever the language."""
    assert demands(text) == told


@pytest.mark.parametrize("text", NOTHING)
def test_what_others_asked_and_what_readers_do_is_no_demand(text):
    """A report of the police's demands, a call to share and to donate."""
    assert demands(text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Release the miners and their families.", ("release the miners and their families",)),
        ("We demand the release of looms and spare parts.", ("the release of looms and spare parts",)),
        (
            "We call on the mayor to investigate and punish those who beat them.",
            ("investigate and punish those who beat them",),
        ),
        (
            "We call on the mayor to allow the miners to meet and elect a council.",
            ("allow the miners to meet and elect a council",),
        ),
        (
            "Wir bitten die Regierung, dafür zu sorgen, dass die Löhne gezahlt werden.",
            ("dafür zu sorgen, dass die Löhne gezahlt werden",),
        ),
    ],
)
def test_objects_of_one_deed_are_no_series(text, told):
    """What is joined below one verb belongs to it."""
    assert demands(text if text.startswith(("We", "Wir")) else f"We demand that they release{text[7:]}") == told


def test_cries_in_a_block_are_demands():
    """Three lines or more in capitals or with an exclamation mark; what only states something is left out."""
    text = "Hear us!\nFree the eleven miners!\nDrop all charges!\nReopen the mine!\n\nWrite to: mayor@town.example"

    assert demands(text) == ("Free the eleven miners", "Drop all charges", "Reopen the mine")


def test_a_heading_may_demand_of_each_in_turn():
    """Below "WE DEMAND" a line says of whom, and then its list follows."""
    text = (
        "WE DEMAND\n\nOf the government:\n- An end to the raids\n- Return of the tools\n\n"
        "Of the company:\n- Payment of the wages\n- A safe mine for all\n\nmayor@town.example"
    )

    assert demands(text) == (
        "An end to the raids",
        "Return of the tools",
        "Payment of the wages",
        "A safe mine for all",
    )


def test_two_may_be_called_upon_in_one_sentence():
    """Calls "on the police to .., and on the council to .." are two."""
    text = "The union calls on the police to free the eleven miners, and on the town council to reopen the mine."

    assert demands(text) == ("free the eleven miners", "reopen the mine")


def test_a_list_says_what_the_sample_letter_says_again():
    """Where a list outside the letter has three demands, the letter only words them anew."""
    text = (
        "We demand:\n1) Release of the eleven miners\n2) Payment of the wages\n3) A safe mine\n\n"
        "Sample letter:\n\nDear Minister,\nI was shocked to hear of the arrests in the town of Example last week. "
        "I call on you to set the miners free and to have the mine inspected by somebody who knows it.\nSincerely,\n"
    )

    assert demands(text) == ("Release of the eleven miners", "Payment of the wages", "A safe mine")


@pytest.mark.parametrize(
    "text",
    [
        "Bitten wir um nichts.",
        "Non chiediamo nulla al sindaco.",
        "We ask to know the reason.",
        "A paróquia pede desculpa por incomodar.",
    ],
)
def test_to_ask_for_nothing_is_no_demand(text):
    """Nor is asking for pardon, or for an answer."""
    assert demands(text) == ()


def test_a_relative_clause_ends_at_its_comma():
    """To "move the boy, who is ill, to a hospital" asks for more than that."""
    text = (
        "Dear Sir,\nI have heard of the arrests and write to you. I ask you to move Tom, who is ill, to a hospital.\n"
    )

    assert demands(text) == ("move Tom, who is ill, to a hospital",)
