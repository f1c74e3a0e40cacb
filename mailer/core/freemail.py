"""Is an address at a large provider of private mailboxes? Offices have domains of their own."""

from __future__ import annotations

_DOMAINS = """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk ymail.com aol.com
    icloud.com me.com mac.com proton.me protonmail.com pm.me tutanota.com tuta.io gmx.de gmx.net gmx.com gmx.at
    web.de freenet.de t-online.de mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua
    mail.kz zoho.com fastmail.com mail.com qq.com 163.com 126.com naver.com hanmail.net rediffmail.com orange.fr
    wanadoo.fr free.fr laposte.net libero.it virgilio.it seznam.cz wp.pl o2.pl onet.pl interia.pl abv.bg freemail.hu
    citromail.hu uol.com.br bol.com.br terra.com.br
"""
FREEMAIL = frozenset(_DOMAINS.split())


def is_freemail(address: str) -> bool:
    """Tell whether anybody can have an address beside this one."""
    return address.rpartition("@")[2].lower() in FREEMAIL
