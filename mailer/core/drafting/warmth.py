"""Which words tell that something kind is sent, and no protest: a few lines, a card, a hug? Tables by language.

Law: entries as in `cues`.
"""

from __future__ import annotations

from typing import Final

WARMTH_CUES: Final[dict[str, dict[str, str]]] = {
    # Nobody sends this to an office.
    "warm": {
        "en": """
            thinking of her, thinking of him, thinking of them, greetings to, through us, like to write to her, like to
            write to him, want to write to her, want to write to him, solidarity photos, solidarity selfies, kind words,
            kind word, warm words, warm greetings, message of love, messages of love, words of love, words of hope,
            message of hope, words of comfort, messages of comfort, messages of friendship, words of strength, cheer her
            up, cheer him up, cheer them up, her spirits, his spirits, their spirits, be glad of, be so glad, glad to
            hear from, be happy to hear, grateful for every, every line, congratulate her, congratulate him,
            congratulate them, love to hear from, like to hear from, love to get, get well cards, birthday card*,
            birthday greetings, new year cards, new year greetings, christmas cards, christmas greetings, drop her a
            line, drop him a line, are not alone, is not alone, are not forgotten, is not forgotten, send your love,
            send her love, send a hug, support letters, support cards, say hello to her, say hello to him, say hello to
            them, hello to her, hello to him, hello to them, read them out, read them aloud, read out at, read aloud,
            pass them on, pass on your, pass it on to her, pass it on to him, words of support, word of support, get
            word to her, get word to him, she reads, he reads, something nice, something kind, word of encouragement,
            words of encouragement, message of encouragement, messages of encouragement, words of cheer, word of cheer,
            personal lines, loves mail, love mail, loves letters, loves getting, loves to get, love getting, cheer up,
            would cheer, lift her spirits, lift his spirits, hearten*, hug, hugs, kisses, encourage them, encourage her,
            encourage him, encourage his, encourage the women, encourage the men, line of encouragement, of
            encouragement, of cheer, cheerful, cheering words, cheer for, something friendly, something warm, something
            cheerful, something to read, friendly words, friendly line, friendly lines, good wishes, well wishes, warm
            wishes, greetings for, greetings from, your greetings, collects greetings, collect greetings, season s
            greetings, be moved by, be touched by, delighted to hear, delighted to find, delighted to get, delighted by,
            tributes, guest book, guestbook, visitors book, love letters, fan mail, wake
            us up, brighten*, warm her heart, warm his heart, warm their hearts, boost their morale, boost morale, keep
            up the morale, good for morale, give them courage, give her courage, give him courage, give them strength,
            give her strength, give him strength, words of courage, words of friendship, comfort her, comfort him,
            comfort them, console her, console him, console them, thinking of you, wish her, wish him, wish them, let
            them know they are, let her know she, let him know he, a friendly word, tell her that she, tell him
            that he, you stand with, with them in spirit, friendly message*, friendly greetings, comradely greetings,
            fraternal greetings, sisterly greetings, some love, say hello to, chin up, chins up, buoy, raise the
            spirits, raise their spirits, keep their spirits, lift the spirits, applaud, applause, congratulations,
            shout out, thumbs up, letters of friendship, fan letters
        """,
        "de": """
            soli fotos, soli foto, soli selfies, über uns schreiben, trösten, wer ihr schreiben, wer ihm schreiben,
            liebe worte, mut machen, mut zu machen, aufmunter*, aufzumuntern, freut sich über, freuen sich über, wird
            sich freuen, würde sich freuen, nicht allein, nicht vergessen sind, nicht vergessen ist, grußbotschaft*,
            grußadresse*, grußwort*, soligruß*, soligrüße*, solibotschaft*, soliadresse*, solimail*, solifoto*,
            solipost, unterstützungsschreiben, geburtstagskarte*, geburtstagsgrüße, grüße an, grüße für, post für, post
            an die gefangenen, knastpost, lesen wir vor, wir lesen sie, wir lesen es, lesen sie ihr vor, lesen sie ihm
            vor, drucken wir aus, wir drucken sie aus, leiten wir weiter, geben wir weiter, wir leiten sie weiter, wir
            geben sie weiter, leiten sie weiter, bringen wir ihr, bringen wir ihm, richten wir aus, unterstützende
            worte, worte der, grußkarte*, freut sich auch über, freuen sich auch über, persönliche zeilen, nette zeilen,
            etwas nettes, nette worte,
            umarmung*, etwas freundliches, etwas liebes, freundliche worte, herzliche grüße an, gästebuch, glückwünsche,
            gute wünsche, macht ihr mut, macht ihm mut, macht ihnen mut, freut sich, freuen sich, aufheitern,
            trost, tröstet, mutmach*, drückt die daumen
        """,
        "fr": """
            notre intermédiaire, réconforter la, photos de soutien, photos de solidarité, mot gentil, mots gentils,
            petit mot, petits mots, mot d amitié, mots d amitié, message d amitié, messages d amitié, mots de soutien,
            mots d encouragement, messages d encouragement, lettres d encouragement, fera plaisir, ferait plaisir, fera
            chaud, réconforter, remonter le moral, soutenir moralement, pas seul, pas seule, pas seuls, pas seules,
            carte d anniversaire, pensées pour, messages d affection, marques d affection, on les lira, nous les lirons,
            on lui lira, nous lui lirons, on les lit, seront lus, seront lues, on lui transmettra, nous lui
            transmettrons, nous transmettrons, nous transmettons, on fera suivre, nous ferons suivre, remonte le moral,
            paroles de soutien, un bonjour à, faire plaisir à, mots de réconfort, mot de réconfort, quelque chose de
            gentil, mots doux, livre d or, chaleureux, chaleureuses, bises, une accolade, du courage, donner courage,
            donner du courage, courage à, quelque chose d amical, mot amical, mots amicaux, vœux, seront touchés,
            sera touchée, sera touché, touchés par, leur moral, son moral
        """,
        "es": """
            cartitas, palabritas, a través de nosotr*, saludos a, saludos también a, fotos solidarias, fotos de apoyo,
            cariño, abrazos para, un abrazo a, un abrazo para, darle ánimo*, darles ánimo*, dar ánimo*, palabras de
            aliento, palabras amables, le alegrará, les alegrará, se alegrará, se alegrarán, no está sola, no está solo,
            no están solas, no están solos, saludos solidarios, saludos para, saludos a la, saludos a los, saludos a
            las, muestras de apoyo, muestras de afecto, tarjeta de cumpleaños, se las leemos, se los leemos, se las
            leeremos, se los leeremos, se leen en voz, se leerán, leemos en voz, leeremos en voz, se las hacemos llegar,
            se los hacemos llegar, se las haremos llegar, se los haremos llegar, se los pasamos, se las pasamos, le
            llegan, palabras de apoyo, mandar fuerza, manden fuerza, mandarle fuerza, mandarles fuerza, un saludo a,
            mandar cariño, mensajes de fuerza, mensaje de fuerza, mensajes de ánimo, mensaje de ánimo, algo bonito, algo
            lindo, abrazo, abrazos, libro de visitas, les alegran, le alegran, les alegra, le alegra, vuestros ánimos,
            sus ánimos, tus ánimos, dar fuerza, dar fuerzas, darle fuerzas, darles fuerzas, palabra amiga, palabras de
            cariño, buenos deseos, consuelo, les llegan, que sepan que no
        """,
        "it": """
            letterine, tramite noi, tramite nostro, saluti a, saluti anche a, foto di solidarietà, parole gentili,
            parola gentile, un saluto a, un saluto ad, un saluto alla, un saluto ai, saluti per, farà piacere, farebbe
            piacere, un abbraccio a, un abbraccio alla, un abbraccio ai, non è sola, non è solo, non sono soli, non sono
            sole, far sentire la vostra, far sentire la tua, attestati di, attestazioni di, parole di affetto, di
            affetto, biglietto di auguri, le leggiamo, li leggiamo, glieli leggiamo, gliele leggiamo, le leggeremo, li
            leggeremo, verranno letti, saranno letti, glieli portiamo, gliele portiamo, glieli consegniamo, gliele
            consegniamo, li facciamo avere, le facciamo avere, parole di sostegno, parole di conforto, dare forza,
            mandare forza, messaggi di forza, messaggio di forza, qualcosa di bello, messaggi di affetto, abbracci,
            un abbraccio, coraggio, incoraggiare, incoraggiat*, libro degli ospiti, auguri, qualcosa di gentile, saluto
            affettuoso, saluti affettuosi, farà loro piacere, gli farà, le farà, conforto
        """,
        "pt": """
            palavrinha*, cartinhas, confortar, através de nós, saudações a, carinho, palavras amigas, palavra amiga, um
            abraço à, um abraço ao, um abraço para, um abraço aos, um abraço às, abraços para, vai gostar de receber,
            ficará feliz, ficaria feliz, não está sozinh*, não estão sozinh*, de afeto, de afecto, cartão de
            aniversário, a gente lê, lemos em voz, nós lemos, vamos ler, serão lidas, serão lidos, a gente entrega,
            entregamos a ela, entregamos a ele, fazemos chegar, faremos chegar, palavras de apoio, palavras de força,
            mandar força, mandem força, dar força, mandar um abraço, mensagens de força, mensagem de força, mensagens de
            ânimo, mensagem de ânimo, mensagens de carinho, algo bonito, enviar
            força, enviem força, abraço, abraços, livro de visitas, alegram, alegra, coragem, encorajar, saudações para,
            votos de, conforto
        """,
        "nl": """
            via ons schrijven, steunfoto*, lieve woorden, warme woorden, hart onder de riem, groeten aan, zal blij zijn,
            zou blij zijn, is blij met, niet alleen staat, niet alleen staan, solidariteitsboodschap*,
            solidariteitsgroet*, opbeurend*, verjaardagskaart*, steunboodschap*, lezen we voor, lezen wij voor, wij
            lezen ze, we lezen ze, drukken we af, printen we uit, geven we door, geven wij door, sturen we door, sturen
            wij door, woorden van steun, woord van steun, iets liefs, iets aardigs, bemoedigende woorden, hartelijke
            groet, hartelijke groeten, knuffel, omhelzing, gastenboek, groet voor, groet aan, groeten voor, vriendelijk
            woord, vriendelijke woorden, iets vriendelijks, moed geven, moed in, beterschap
        """,
        "pl": """
            za naszym pośrednictwem, zdjęcia solidarnościowe, ciepłe słowa, dobre słowo, dobrym słowem, słowa otuchy,
            pozdrowienia dla, pozdrowienia do, ucieszy się, ucieszą się, ucieszyłaby, ucieszyłby, nie jest sama, nie
            jest sam, nie są sami, nie są same, wyrazy solidarności, wyrazy wsparcia, wyrazy poparcia, kartki
            urodzinowe, dodać otuchy, odczytamy, przeczytamy, przekażemy, wydrukujemy, słowa wsparcia, słowo wsparcia,
            słowa poparcia, dodać sił, coś miłego, kilka ciepłych, serdeczne
            pozdrowienia, serdeczności, uściski, księga gości, dodajcie otuchy, wesprzyjcie ich, pocieszyć, życzenia
        """,
        "cs": """
            prostřednictvím nás, naším prostřednictvím, vlídné slovo, hezké slovo, milá slova, pozdravy pro, pozdravy
            vězň*, pozdravy rodin*, pozdravy stávkující*, potěší ji, potěší ho, potěší je, potěšilo by, udělá radost,
            není sama, není sám, nejsou sami, přání k narozeninám, dodat odvahu, přečteme, předáme, vytiskneme, slova
            podpory, slovo podpory, dodat sílu, něco milého, povzbudivá slova, objetí, kniha
            hostů, dodejte jim, dodejte jí, dodejte mu, potěšit ji, potěšit ho, potěšit je
        """,
        "no": """
            gjennom oss, varme ord, gode ord, hilsener til, hilsninger til, en hilsen til, støttehilsen*,
            solidaritetshilsen*, vil sette pris på, blir glad, vil bli glad, ikke alene, ikke er alene, bursdagskort,
            leser vi opp, leser vi høyt, vi leser dem, gir vi videre, sender vi videre, skriver vi ut, støttende ord,
            ord til støtte, noe hyggelig, oppmuntrende ord, klem,
            gjestebok, trøst, gleder seg over
        """,
        "ru": """
            через нас, пожелать здоровья, пожелайте, пожелать, добрым словом, доброе слово, добрые слова, тёплые слова,
            теплые слова, тёплое слово, теплое слово, слова ободрения, приветы, привет для, будет рад, будет рада, будут
            рады, обрадуется, обрадуются, она не одна, он не один, они не одни, не одинок*, с днём рождения,
            поздравлени*, слова поддержки, слово поддержки, словами поддержки, слов поддержки, прочитаем, зачитаем,
            передадим, распечатаем, что то доброе, обнять, объятия,
            ободрите, подбодрите, подбодрить, ободрить, гостевая книга, утешить
        """,
        "tr": """
            bizim aracılığımızla, aracılığımızla, moral vermek, moral verin, moral mesaj*, sıcak bir söz, güzel sözler,
            selam gönder*, selamlarınızı, yalnız olmadığını, yalnız olmadıklarını, yalnız değil*, sevinecek*, mutlu
            olacak*, mutlu eder, doğum günü kart*, okuyacağız, okuruz, iletiriz, ileteceğiz, ulaştıracağız, ulaştırırız,
            destek sözleri, destek sözlerinizi, güzel bir söz
        """,
    },
    # This one sends to a friend, or to an official.
    "keepsake": {
        "en": """
            card, cards, postcard*, a line, a few lines, a note, a few words, a word, a drawing, drawings, a hug,
            photos, greetings, letters, a letter, a poem, poems, a song, songs, thoughts, lines
        """,
        "de": """
            karte, karten, postkarte*, paar zeilen, einige zeilen, paar worte, jede zeile, zeichnungen, fotos, grüße,
            gruß, briefe, einen brief, gedicht*, lied, lieder
        """,
        "fr": """
            carte, cartes, cartes postales, quelques lignes, quelques mots, un mot, dessin, dessins, photos, lettres,
            une lettre, poème*, chanson*
        """,
        "es": """
            tarjeta*, postal, postales, unas líneas, unas palabras, unas letras, dibujos, fotos, saludos, cartas, una
            carta, poema*, canción, canciones
        """,
        "it": """
            cartolin*, bigliett*, due righe, qualche riga, poche righe, due parole, disegni, foto, saluti, un saluto,
            lettere, una lettera, poesi*, canzon*
        """,
        "pt": """
            cartão, cartões, postal, postais, umas linhas, duas linhas, algumas linhas, umas palavras, algumas palavras,
            desenhos, fotos, cartas, uma carta, poema*, canç*
        """,
        "nl": """
            kaart, kaarten, kaartje*, paar regels, paar woorden, briefje*, tekening*, foto s, groeten, groet, brieven,
            een brief, gedicht*, liedje*
        """,
        "pl": """
            kartk*, pocztówk*, parę słów, kilka słów, parę linijek, kilka zdań, rysunki, zdjęcia, pozdrowienia, listy,
            list, wiersz*, piosenk*
        """,
        "cs": """
            pohlednic*, pohled, pohledy, pár slov, pár řádků, několik slov, obrázky, fotky, pozdravy, dopisy, dopis,
            báse*, píseň
        """,
        "no": """
            kort, postkort*, noen ord, et par ord, noen linjer, tegninger, bilder, hilsen*, hilsn*, brev, et brev, dikt,
            sang
        """,
        "ru": """
            открытк*, пару строк, несколько строк, пару слов, несколько слов, рисунки, фотографии, привет, письма,
            письмо, стих*, песн*
        """,
        "tr": "kart, kartpostal*, birkaç satır, iki satır, birkaç söz, birkaç kelime, resimler, mektup, mektuplar",
    },
    # "The same address": what an address named before is for, too.
    "same": {
        "": """
            same address, same e mail, same email, address above, above address, selbe adresse, gleiche adresse, selben
            adresse, gleichen adresse, dieselbe adresse, dieselbe mail, derselben adresse, dieselbe e mail, même
            adresse, adresse ci dessus, misma dirección, mismo correo, dirección de arriba, misma casilla, stesso
            indirizzo, stessa mail, stessa e mail, indirizzo sopra, mesmo endereço, mesmo e mail, mesmo email, zelfde
            adres, hetzelfde adres, ten sam adres, tym samym adresem, tego samego adresu, stejnou adresu, stejné
            adrese, tutéž adresu, samme adresse, adressen over, тот же адрес, тому же адресу, этот же адрес, этому же
            адресу, aynı adres*, tę samą skrzynkę
        """,
    },
}
