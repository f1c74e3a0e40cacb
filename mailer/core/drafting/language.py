"""In which language is an appeal written? Told by the small words that each language uses most.

Law: only words count that hardly any other of these languages has; where none is found, the script decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_SMALL_WORDS = {
    "en": "the and of to in that is was for on with are they this have by be been were at their has from will not",
    "ru": "и в на не что с по для это как из от за они был его против было все также",
    "de": "der die das und ist nicht von mit den für auf ein eine wird dem sich auch des sind bei wurde oder werden",
    "fr": "le les des et est une dans pour que qui sur du au aux avec par ont pas été sont nous leur cette ces",
    "es": "el los las y de que en una por con para del se su ha sido más fue sus han este está como",
    "it": "il di che e gli della dei per un una con sono nel alla è stato del non anche delle più ai",
    "pt": "o os as e de que em um uma não dos das do da com para pelo foi são ao seu mais está também",
    "nl": "de het een van en is dat op te zijn met voor niet aan er bij door werd hun ook deze naar",
    "pl": "w i na z nie się że do jest o przez są za od dla został jak oraz po ich który które",
    "cs": "a v na se že je s z do pro byl ve jsou o k od za jako jeho které který byli také",
    "no": "og i på er det som til av ikke har med for å en et at den de fra ble skal også blir",
    "tr": "ve bir bu için ile da de olarak olan çok daha gibi tarafından en ne kadar sonra olduğu ki",
    "fil": "ang ng mga sa na ay at ni si kay para nila ito kanila hindi ng mo sina",
    "uk": "і в на не що з та для це як у від за вони був його проти було також є",
    "sv": "och i på är det som till av inte har med för att en ett den de från blev ska också",
    "da": "og i på er det som til af ikke har med for at en et den de fra blev skal også bliver",
    "fi": "ja on ei että se ovat oli hän joka mutta myös kun ovat heidän",
    "hu": "a az és hogy nem is egy van meg volt ez ezt vagy mint",
    "ro": "și în cu pe nu este care pentru din sunt fost al ale",
    "el": "και το η της του να με για την που οι τα στο από",
}
# Letters that a language shares with hardly any other of these; short appeals have few small words, but many of them.
_OWN_LETTERS = {"tr": "ışğ", "pl": "łąęśćż", "cs": "řěů", "es": "ñ¿¡", "pt": "ãõ", "de": "ß", "ro": "țăș", "hu": "őű"}
_LETTERS_OF = {language: frozenset(letters) for language, letters in _OWN_LETTERS.items()}
_OF_LANGUAGE = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = (
    (0x0400, 0x052F, "ru"),
    (0x0370, 0x03FF, "el"),
    (0x0600, 0x06FF, "ar"),
    (0x0590, 0x05FF, "he"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)


def language_of(words: Iterable[str], fallback: str = "en") -> str:
    """Return the language of words in lower case."""
    counts = Counter(words)
    scores = {language: sum(counts[word] for word in small) for language, small in _OF_LANGUAGE.items()}
    for language, letters in _LETTERS_OF.items():
        scores[language] += sum(not letters.isdisjoint(word) for word in counts)
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    if scores[best] > 0:
        return best
    return _of_script("".join(counts)[:2000]) or fallback


def _of_script(letters: str) -> str:
    """Return the language most written in the script that most letters are of."""
    found = Counter(language for letter in letters for low, high, language in _SCRIPTS if low <= ord(letter) <= high)
    return found.most_common(1)[0][0] if found else ""
