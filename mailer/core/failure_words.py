"""What do a server's words say about an address? Phrases of many servers, and of providers in many languages.

Law: words are the weakest evidence. Where they name the letter, the sender or a full mailbox, the address is not dead.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from mailer.core.bounces import ReturnKind
from mailer.core.enhanced_status import Standing, find_status, is_for_now, standing_of

LONGEST_REASON = 2_500  # characters of a text that are read for a reason


class Reason(StrEnum):
    """Why a mail came back, as far as it decides whether the address is dead."""

    FULL = "full"
    TOO_LARGE = "too large"
    OURS = "ours"  # the sender, the relay, or what the letter says
    REFUSED = "refused"  # and not said why
    HELD = "held"  # an account that is locked or resting
    NO_HOST = "no host"
    NO_USER = "no user"
    GONE = "gone"  # moved, or takes no mail at all
    TROUBLE = "trouble"


_NAMES = re.compile(
    r"\b(?:https?|ftp)://\S+|[^\s<>()\"']{1,255}@[^\s<>()\"',;:]+"
)  # what is named is no word of the server

_WHO = (
    r"(?:user(?: ?name)?|recipient|mail[ -]?box|account|address(?:ee)?|alias|e-?mail|login|person|customer|subscriber)"
)
_IS_NOT = (
    r"(?:(?:was |were |is )?unknown|not found|was(?:n't| not) found|could ?n[o']t be found|(?:does|do"
    r"|did) ?n[o']t exist|does not exist"
    r"|invalid|not (?:a )?(?:valid|known|recogni[sz]ed|listed|registered|active any)|no longer (?:valid|exist|here"
    r"|avail|in use|active|at|on|has|have|accept)|non-?exist|undeliverable|not exist|isn't (?:valid|known)"
    r"|(?:has been |was |is )?"
    r"(?:deleted|removed|terminated|(?<!temporarily )closed|cancell?ed|discontinued)|(?<!temporarily )unavailable$"
    r"|not handled|not local|ambiguous)"
)
_PHRASES: dict[Reason, tuple[str, ...]] = {
    Reason.FULL: (
        r"(?:mail ?box|inbox|mail ?drop|account|user|folder|maildir|storage|disk|recipient).{0,60}\b(?:full"
        r"|over ?quota)\b",
        r"over (?:the )?(?:its |their |his |maximum |storage |disk )?(?:quota|limit)|over ?quota",
        r"quota (?:is |was |has been |limit |would be )?(?:full|exceed|violat|reached)",
        r"exceed\w* .{0,40}(?:quota|storage|allocation|mailbox (?:size|limit|space))|full mail ?box",
        r"maildir(?:size)? over",
        r"(?:insufficient|out of|not enough|no) (?:system |disk |mailbox |free )?(?:storage|space)",
        r"exhausted .{0,30}(?:space|quota|storage)|not have enough space|zu ?viele mails|(?:larger|bigger) than the",
        r"mailbox size limit|over (?:the |its |their )?(?:allowed|maximum|permitted)|space (?:is )?not enough",
        r"\b(?:is|are) (?:currently |already )?full\b|maximum (?:storage|quota)",
        r"mail[ -]?box\b.{0,40}(?:exceed|too (?:large|big)|size)",
        r"mailbox (?:has )?(?:exceeded|reached)|too much mail|mail ?box .{0,30}has (?:no|exceeded)",
        r"receiving mail at a rate",
        r"(?:postfach|mailbox)\b.{0,40}(?:voll\b|[uü]berf[uü]ll)|speicherplatz|kontingent|bo[iî]te .{0,60}plein",
        r"espace .{0,20}insuffisant|\b(?:[aä]r|er) (?:full|fuld)\b|(?:mailbox|postbus) .{0,30}vol\b",
        r"quota .{0,20}d[eé]pass",
        r"bo[iî]te .{0,40}satur|buz[oó]n .{0,40}llen|(?:supera|excedi|exced).{0,40}(?:cuota|espacio|cota|quota)",
        r"sin espacio|casella .{0,40}piena|spazio .{0,20}esaurito|caixa .{0,40}cheia|volle mailbox",
        r"postvak .{0,30}vol\b",
        r"переполнен|ящик .{0,30}полон|(?:превыш|превыс|исчерпа).{0,40}(?:квот|лимит|размер|объ[её]м|мест)",
        r"нет места",
        r"skrzynk.{0,40}(?:pe[łl]n|przepe[łl]n)|kutusu .{0,20}dolu|schr[aá]nk.{0,30}pln|переповнен",
        r"(?:空间|空間|容量|邮箱|郵箱|信箱|邮件箱).{0,12}(?:不足|已满|已滿|满了|超|不够|用完)",
        r"超出.{0,8}(?:容量|配额|空间)|配額",
        r"容量.{0,12}(?:超|いっぱい|一杯|不足)|満杯|(?:メールボックス|受信箱).{0,12}(?:いっぱい|一杯|満)",
        r"용량.{0,10}초과|가득",
    ),
    Reason.TOO_LARGE: (
        r"(?:message|mail|e-?mail|content|attachment|file)s?\b.{0,50}(?:too (?:big|large|long)"
        r"|size exceed|exceeds? .{0,40}(?:size|limit|length|maximum))",
        r"(?:message|mail) (?:size|length) .{0,40}(?:exceed|limit|too)|size limit",
        r"exceed\w* .{0,30}(?:message size|maximum size)",
        r"zu gro(?:ß|ss)|trop (?:volumineux|gros|grand)|demasiado grande|troppo grande|слишком (?:велик|больш)",
        r"邮件过大|过大",
    ),
    Reason.OURS: (
        r"\bspam\b|spam(?:haus|cop|assassin|mer)|\bbulk mail|unsolicited|\bjunk\b|\bblock(?:ed|ing|list| list)",
        r"black ?list",
        r"deny ?list|\bd?n?s?rbl\b|\bdnsbl\b|barracuda|reputation|\bbanned\b|\bvirus|malware|infected|phishing",
        r"suspicious",
        r"\bdmarc\b|\bspf\b|\bdkim\b|domainkeys|reverse dns|\bptr\b|\bfcrdns\b|\bhelo\b|grey ?list|authenticat",
        r"sender.{0,40}(?:reject|denied|refused|block|verif|not (?:allowed|permitted|accept)"
        r"|unknown|invalid|doesn't exist|does not exist)",
        r"(?:mail ?from|from address|return path).{0,60}(?:listed|reject|denied|invalid|not (?:allowed"
        r"|valid)|verif)",
        r"(?<!rejected: )access denied|client host|not relay\b|white ?list|attachment .{0,20}not allowed",
        r"not (?:accepting|accept) (?:your |any )?(?:mail|e-?mails?|messages?) from|(?:refuses|rejects) your ",
        r"policy|prohibit|not conform|too many invalid|not permitted|permission|not authori[sz]ed|unauthori[sz]ed"
        r"|administratively",
        r"admin.{0,10}restrict",
        r"relay(?:ing)?.{0,20}(?:denied|prohibited|not (?:allowed|permitted)|refused)|unable to relay|open relay",
        r"insecure mail",
        r"content (?:was |is |has been |been )?(?:reject|refused|denied)|rejected (?:due to|for) ",
        r"rate limit|throttl|too many (?:messages|mails|connections|recipients)|(?<!not )listed (?:in|at|on|by)",
        r"not (?:allowed|accepted) (?:to|from)|only accepts|closed (?:group|list)|members only|not a member",
        r"service refused",
        r"подозр|спам|заблокир|垃圾|拒收|迷惑|スパム|スパム|spamverdacht|scam",
    ),
    Reason.REFUSED: (
        r"(?:message|mail|e-?mail) (?:was |is |has been |been )?(?:reject|refused|denied)|rejected by |mail rejete",
        r"отклонен|拒绝|abgelehnt|rejet[eé]|rechazad|rifiutat",
    ),
    Reason.HELD: (
        r"(?:account|mail ?box|user|address|recipient|e-?mail).{0,40}(?:disabled|inactive|suspended"
        r"|deactivated|frozen|locked|dormant|not active|on hold|expired)",
        r"(?:disabled|inactive|suspended|deactivated) (?:user|account|mail ?box|recipient)",
        r"(?:konto|postfach).{0,30}(?:gesperrt|deaktiviert)|compte .{0,30}(?:d[eé]sactiv|suspend)",
        r"cuenta .{0,30}(?:suspend|desac)",
        r"(?:ящик|аккаунт|уч[её]тн).{0,40}(?:отключ|заблокир|неактив|приостан)|帐号.{0,10}(?:停用|禁用|冻结|锁定)",
    ),
    Reason.NO_HOST: (
        r"(?:host|domain)(?: or domain)?(?: name)?[^:\[]{0,60}(?:not found|unknown|does ?n[o']t exist"
        r"|not exist|couldn't be found|could not be found|not be resolved|is not reachable"
        r"|non-?exist|invalid|not valid|no (?:valid )?mx|has no)",
        r"(?:unknown|no such|bad destination|illegal|invalid|non-?existent|unrouteable|unroutable"
        r"|unable to resolve|unresolvable) (?:mail )?(?:host|domain|system|server|route|destination)",
        r"nxdomain|name or service not known|host ?name .{0,40}(?:\bnot|provided)|unable to route to",
        r"unrout(?:e)?able (?:mail )?(?:domain|address)",
        r"(?:couldn't|could not|cannot|can't|unable to) find (?:a |any )?(?:mail exchanger|host|mx|domain)",
        r"mx records? point|illegal host|dns (?:type|server|domain|lookup fail).{0,60}",
        r"(?:no|not find|without) (?:valid )?(?:mx|mail exchanger)|no route to .{0,20}domain",
        r"domain .{0,40}couldn't be found",
        r"dom[aä]in\w*.{0,60}(?:existiert nicht|n'existe pas|no existe|non esiste|n[aã]o existe"
        r"|nicht gefunden|introuvable)",
        r"домен.{0,60}(?:не существует|не найден|неизвест)|域名.{0,20}(?:不存在|错误|无效|解析)",
        r"ドメイン.{0,20}(?:存在|見つか)",
    ),
    Reason.NO_USER: (
        rf"{_WHO}(?:es|s)?\b[^.;\n]{{0,60}}?\b{_IS_NOT}",
        rf"(?:no such|unknown|invalid|nonexistent|non-existent|unrecognized|bad|no|not an?|not a (?:valid|known"
        rf"|registered)"
        rf"|unable to find|ambiguous|undefined|deleted|wrong|unresolvable) "
        rf"(?:or (?:illegal|invalid) )?(?:local |destination |e-?mail |smtp |virtual "
        rf"|destination mailbox )?{_WHO}(?:e?s)?\b",
        r"unknown (?:or illegal alias|local[- ]part|to address)",
        r"no (?:mailbox|one|person|account) (?:here )?(?:by|with) th(?:at|is)|no such (?:local )?(?:name|entry)",
        r"(?:name|recipient|address) (?:is |was )?not recogni[sz]ed",
        r"not listed in|does ?n[o']t have an? .{0,30}account|there is no (?:such |user|mailbox|account|one)",
        r"\b5\d\d unknown\b(?! (?:error|mailer|reason|command))|mailbox unavailable|\bname (?:is "
        r"|was )?(?:not found|invalid)|(?:does ?n[o']t|no longer) (?:have"
        r"|has) an? (?:mail ?box|account|e-?mail)",
        r"no match(?:es)?\b|n[o']t (?:\w+ )?match an|matches found|not unique|(?:not |un)known (?:here|at this)"
        r"|not registered|no longer in use"
        r"|(?:path|mailbox) no exist|not our (?:user|customer)|not exist on this|address rejected\.|validrcptto",
        r"(?:can(?:'t|not)|could ?n[o']t|unable to) (?:find|locate|resolve) .{0,30}(?:mail ?box|user|recipient)",
        rf"{_WHO} (?:is |was )?(?:wrong|incorrect|mis-?spel\w+|mistyped|(?:can(?:'t|not)|could not) be resolved)",
        r"couldn't be found|wasn't found at|address not found|unknown or invalid|bad destination mailbox",
        r"unknown recipient",
        r"not (?:found )?(?:in|on) (?:the |our |this )?(?:address|domino|directory|system|server)|recipnotfound"
        r"|nosuchuser",
        r"recipient ?not ?found|no valid rec",
        r"address (?:rejected|unknown): (?:access denied|user)",
        r"delivery to (?:this )?(?:address|recipient) (?:is )?(?:impossible|not)",
        r"(?:adresse|empf[aä]nger|postfach|benutzer)\w* gibt es .{0,10}nicht|(?:adresse|postfach) nicht (?:mehr )?gibt",
        r"(?:^|[:,>)]) ?unknown\.?$",
        r"unbekannte[rnsm]?|unbekannt\b|existiert nicht",
        r"(?:empf[aä]nger|adresse|benutzer|postfach|mailbox|konto).{0,60}(?:nicht (?:mehr )?(?:gefunden|vorhanden"
        r"|bekannt"
        r"|erreichbar|zugeordnet|g[uü]ltig|aktiv|existent)|ung[uü]ltig)",
        r"kein (?:solches |solcher )?(?:postfach|benutzer|empf)",
        r"(?:inconnue?s?|introuvable|inexistante?|erron[eé]e?s?|n'est plus (?:valide|active?|utilis)|n'existe pas"
        r"|n'est pas valide|non valide|invalide)\b",
        r"n'a pas [eé]t[eé] trouv",
        r"no existe|desconocid[oa]|inexistente",
        r"(?:direcci[oó]n|destinatario|usuario|cuenta).{0,60}(?:no (?:se )?(?:encontr|v[aá]li"
        r"|ha sido enc|fue enc)|inv[aá]lid|incorrect)",
        r"indirizzo .{0,20}errat|non esiste|sconosciut|inesistente|non (?:[eè] stat[oa] )?trovat",
        r"n[aã]o existe|desconhecid|n[aã]o (?:foi )?encontrad|bestaat niet|onbekend|niet gevonden|nie istnieje",
        r"nieznan[yae]",
        r"(?:nie ma|brak) (?:takiego|tej|u[zż]ytkownika|skrzynki)|ok[aä]nd |ukjent |ukendt |nie znaleziono"
        r"|neexistuje|nem l[eé]tezik|ismeretlen|nu exist|finns inte|findes ikke|finnes ikke",
        r"ei ole olemassa",
        r"не существует|несуществующ",
        r"(?:пользовател|получател|адрес|ящик|абонент).{0,40}(?:не найден|неизвест|удал[её]н|недейств|отсутству)",
        r"(?:нет так|неизвестн|неверн|неправильн)\w* (?:пользовател|получател|адрес|ящик|почтов|имя)|не зарегистр",
        r"не існу|не знайден|невідом|bulunamad[ıi]|kullan[ıi]c[ıi] yok|mevcut de[gğ]il|ge[cç]ersiz|δεν υπάρχει"
        r"|άγνωστ|غير موجود",
        r"לא קיים|mavjud emas",
        r"(?:用户|使用者|收件人|收件者|地址|邮箱|郵箱|帐号|帳號|账号|信箱).{0,16}(?:不存在"
        r"|未找到|找不到|无效|無效|错误|查無|已注销|有误)",
        r"不存在|查无此|查無此|无此(?:用户|人)|找不到.{0,8}(?:用户|收件|地址|邮箱)",
        r"(?:宛先|ユーザ|アドレス|メールアドレス).{0,30}(?:不明|存在しま|存在しな|見つかりま|見つからな|誤)",
        r"該当.{0,20}(?:いません|ありません|ない)|존재하지 않"
        r"|(?:사용자|수신자|계정)[가이는은]? ?없|없는 (?:사용자|주소|메일)|찾을 수 없",
    ),
    Reason.GONE: (
        r"account or domain may not exist",  # cPanel's words for what has no route: it guesses at blacklists as well
        r"no smtp service|does ?n[o']t accept (?:any )?(?:e-?mail|mail|smtp)(?! from)",
        r"(?:does not|no longer) accepts? (?:any )?(?:e-?mail|mail|smtp)(?! from)|null ?mx",
        rf"{_WHO}\b.{{0,30}}(?:has|have) (?:been )?(?:moved|changed)|has moved|no forwarding address|has left (?:us"
        rf"|our|the company)|address has changed|no longer (?:with|works"
        rf"|work for|employed)",
    ),
    Reason.TROUBLE: (
        r"try (?:again|later)|temporar|time(?:d)?[ -]?out|refused to talk",
        r"connection (?:refused|reset|lost|failed|dropped|timed)|closed connection|no route to host",
        r"expired|deferred|delay",
        r"(?:could not|cannot|can't|unable to|not able to) (?:connect|contact|reach|establish)|unreachable",
        r"retry|network|lost connection|service (?:not |currently |temporarily )?(?:un)?available|socket|no answer",
        r"not respond",
        r"system error|internal error|local error|resources|mail loop|loop|too many hops|hop count|configuration",
        r"out of memory",
        r"in queue|queue(?:d)? too long|maximum (?:time|retries)|being retried|permission denied|can't create",
        r"command died|timeout|server error|\bbusy\b|crash|mailer (?:died|error)|not be delivered for|not be completed",
        r"\btls\b|certificate|(?:unable to|cannot|can't|could not) verify|d[eé]lai|no se pudo conectar",
        r"zeit[uü]berschreitung|vor[uü]bergehend|temporair|временно|повторн|попыт|超时|逾時|暂时|连接失败|一時的",
        r"タイムアウト",
    ),
}
_TABLE = {reason: re.compile("|".join(phrases)) for reason, phrases in _PHRASES.items()}
_TRY_AGAIN = re.compile(r"not found[^.;]{0,5} try again|temporar|timed out")
_NO_SUCH_DOMAIN = re.compile(r"\bnxdomain\b", re.IGNORECASE)


@lru_cache(8)  # a notice is asked about for each of its recipients
def reasons_in(text: str) -> frozenset[Reason]:
    """Return every reason that a text names; addresses in it are not read."""
    plain = " ".join(_NAMES.sub(" ", text[:LONGEST_REASON]).lower().split())
    return frozenset(reason for reason, pattern in _TABLE.items() if pattern.search(plain))


def kind_of(status: str, text: str) -> ReturnKind | None:
    """Return whether an address is dead by a status and a server's words; None where they say nothing of it.

    A full mailbox, a letter that is too large, and all that is temporary is soft; so is a refusal of the sender or of
    the letter, unless the status is that of a dead address and nothing speaks against it.
    """
    status = find_status(status, text[:LONGEST_REASON])
    reasons = reasons_in(text)
    if _NO_SUCH_DOMAIN.search(text):
        return ReturnKind.HARD
    if reasons & {Reason.FULL, Reason.TOO_LARGE} or is_for_now(status, text):
        return ReturnKind.SOFT
    standing = standing_of(status)
    if standing is Standing.DEAD:
        is_ours = reasons & {Reason.OURS, Reason.REFUSED} and Reason.NO_USER not in reasons
        return ReturnKind.SOFT if is_ours else ReturnKind.HARD
    return _by_words(reasons, text) or (ReturnKind.SOFT if standing is Standing.ALIVE else None)


def _by_words(reasons: frozenset[Reason], text: str) -> ReturnKind | None:
    """Return what words alone say, the more cautious reading first."""
    if reasons & {Reason.OURS, Reason.HELD} and not reasons & {Reason.GONE}:
        return ReturnKind.SOFT
    if Reason.NO_HOST in reasons:
        return ReturnKind.SOFT if _TRY_AGAIN.search(text.lower()) else ReturnKind.HARD
    if reasons & {Reason.NO_USER, Reason.GONE}:
        return ReturnKind.HARD
    return ReturnKind.SOFT if reasons else None
