"""How is an office called by itself, where the text writes to it? "Министру труда" is "Министр труда".

Law: only the head of an office is bent back, and only where no person's name stands beside it, which would stay bent.
"""

from __future__ import annotations

import re
from typing import Final

_HEADS_TEXT: Final = """
    министру министр, президенту президент, премьеру премьер, премьер-министру премьер-министр, прокурору прокурор,
    губернатору губернатор, главе глава, начальнику начальник, директору директор, председателю председатель, послу
    посол, консулу консул, руководителю руководитель, мэру мэр, уполномоченному уполномоченный, судье судья,
    министерству министерство, правительству правительство, посольству посольство, консульству консульство, суду суд,
    прокуратуре прокуратура, администрации администрация, секретарю секретарь, королю король, заместителю заместитель,
    генеральному генеральный, главному главный, верховному верховный, управлению управление, комитету комитет,
    ректору ректор, депутату депутат, парламенту парламент, коменданту комендант, атташе атташе
"""
_HEADS: Final = dict(pair.split() for pair in _HEADS_TEXT.split(","))
_PERSON: Final = re.compile(r"\b[А-ЯЁ]\. |\b[А-ЯЁ][а-яё]+(?:ову|еву|ину|ому|ой|ичу)\b(?! [а-яё])")


def nominative(name: str) -> str:
    """Return a Russian office as it is called by itself; every other name as it stands."""
    words = name.split(" ")
    count = next((index for index, word in enumerate(words) if word.lower() not in _HEADS), len(words))
    if not count or _PERSON.search(" ".join(words[count:])):
        return name
    return " ".join([_bent_back(word) for word in words[:count]] + words[count:])


def _bent_back(word: str) -> str:
    """Return the head of an office by itself, with its capital."""
    head = _HEADS[word.lower()]
    return head.capitalize() if word[0].isupper() else head
