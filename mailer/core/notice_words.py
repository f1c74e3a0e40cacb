"""By which words do mail systems say that a mail came back, is late, or arrived? Phrases of formats, in many languages.

Law: a phrase is a sign and no proof: who wrote it is asked as well.
"""

from __future__ import annotations

import re

# Names under which mail systems write; the whole value of From is looked at.
DAEMON = re.compile(
    r"mail(?:er)?[-._ ]?daemon|postmaster|post ?master|mdaemon"
    r"|mail ?(?:delivery|administrator|system|gateway|server)|delivery (?:sub)?system|system ?administrator"
    r"|administrator@|<>|microsoft (?:outlook|exchange)|mailmaster|post ?office|mail[-_.]?robot|daemon@"
    r"|bounces?[-+@]|antispam|internet mail|mail ?transfer|delivery[-_ ]?(?:service|notification|status)|undeliver"
    r"|sys(?:tem)?[-_]?admin|email system|mailsystem|mail-?delivery|amazon ?ses|smtp ?(?:server|gateway)"
    r"|mailscanner"
)
# Names of gateways, filters and their like; those who write to subscribers bear such names as well.
GATEWAY = re.compile(
    r"mail[- ]?(?:service|filter|guard|marshal|sweeper|router|relay|robot|agent|scan|shield|monitor)"
    r"|mail[- ](?:system|admin)|mailer(?:[ <@]|$)|(?:smtpd?|mta\d?|mailhost|mailhub|mail-?gw|imss|ndr|dsn"
    r"|scanmail)@|^\W*(?:mta|smtp|ntmail)\b"
    r"|smtp (?:mail|service)|delivery agent|(?:returned|return)[- ]?mail|anti-?virus|virus ?(?:wall|scan)"
    r"|(?:content|spam|e-?mail)[- ]?(?:filter|gateway|security|firewall)|mimesweeper|interscan|barracuda|ironport"
    r"|mimecast|proofpoint|fortimail|surfcontrol|groupshield|(?:domino|notes) (?:router|server)|exchange server"
    r"|postmeister|am?mm?inistra\w+ (?:syst[eè]me|d[ei]l? sistema)|système de messagerie|sistema de correo"
    r"|почтовая систем|служба доставки|システム管理者|メール配信|系统管理员|邮件系统|郵件系統"
)
NOBODY = re.compile(
    r"(?:mailer[-._]?daemon|postmaster|mail-?daemon|abuse|hostmaster|no-?reply|support|help-?desk"
    r"|administrator|noreply|mailmaster|info-?mail|bounces?|root|webmaster|email-?support)(?:[+_-][^@]*)?@"
)
ANSWERED = re.compile(
    r"\s*(?:re|aw|antw|sv|vs|fw|fwd|wg|tr|rv|r|i|enc|res|odp|отв(?:ет)?|fwd?|пересл|переслано"
    r"|ynt|ilt|回复|答复|转发|转寄|返信|轉寄)"
    r"\s*(?:\[\d+\])?\s*[:：]",
    re.IGNORECASE,
)
# What machines write on their own account; a person's mail program says nothing of the kind.
MACHINE = {
    "auto-submitted": re.compile(r"auto-(?:generated|replied|notified)"),
    "precedence": re.compile(r"junk|auto_reply"),
    "x-mailer": re.compile(
        r"smtp32|sendmail|mdaemon|mime(?:sweeper|-tools|::)|surfcontrol|ntmail|cdo for|internet mail service"
    ),
}

# A subject that is nothing but such a word, or begins with it and a colon.
RETURNED_SUBJECT = re.compile(
    r"\W*(?:mail |e-?mail |message |delivery )?(?:bounced?|returned|reject(?:ed|ion)|refused|deferred|delayed|ndn|ndr"
    r"|dsn|failed|failure|undelivered|blocked|erro[rs]?|not sent)\b(?: (?:mail|message|e-?mail|notification|notice))?"
    r"\W*(?::|$)|(?:warning|notice)\W.{0,20}\bmail\b.{0,20}(?:delay|deliver)"
    r"|error (?:sending|delivering)|e-?mail address (?:is )?(?:no longer|invalid|wrong)"
)
# How a person begins who passes on what a mail system wrote.
SAYS_I = re.compile(
    r"\b(?:i|my|me|hello|dear|hallo|liebe\w*|ich|mein\w*|bonjour|je|j'ai|mon|ma|hola|mi|ciao|здравствуйте|я)\b"
)
# The form of a notice: how mail systems begin, and the headings above the addresses that they failed to reach.
FORM = re.compile(
    r"^[ \t]*[-*=_#]{2,}.{0,60}(?:fail(?:ed|ure)|non-?deliver|undeliver|not delivered|returned mail|transcript of"
    r"|delivery (?:report|status)|recipients?\b).{0,60}$"
    r"|this is the (?:mail system|mail(?:er)? program|e-?mail server|mail server|qmail)|this is the \S+ program at"
    r"|message was created automatically by|automatically[ -]generated (?:delivery|message from|by the mail)"
    r"|message from the .{0,60}(?:mail|delivery) (?:system|server)"
    r"|(?:following|these|this|below) (?:\w+ ){0,2}(?:recipient|address|addressee|user|person|destination|mailbox)"
    r"[^\n]{0,80}\n\s{0,20}[^\n@]{0,60}[^\s@]@"
    r"|(?:following|these) (?:recipient|address|user|mailbox)\S* (?:could|can|was|were|had|has|have|fail|reject)"
    r"|folgende\w* (?:empf[aä]nger|adresse)|destinataires? suivante?s?|siguientes? (?:destinatari|direcc)"
    r"|seguenti? (?:destinatari|indirizz)|seguintes? (?:destinat|endere)|следующ\w+ (?:получател|адрес)"
    r"|以下の(?:宛先|アドレス|メールアドレス)|以下(?:收件人|地址|邮箱)",
    re.MULTILINE,
)

RETURNED = re.compile(
    r"undeliver(?:able|ed|y)|^failed mail|non[- ]?deliver(?:able|y|ed)"
    r"|returned (?:mail|message|e-?mail|to sender|to you)|(?:mail|message|e-?mail).{0,80} returned(?: to| by|:|$)"
    r"|deliver(?:y|ing)(?: \w+){0,4} (?:fail(?:ed|ure)|error|problem|report|impossible|unsuccess)"
    r"|deliver(?:y)? (?:status )?notification|status notification|failure (?:notice|delivery|notification)"
    r"|fail(?:ed|ure) (?:to )?deliver|(?:mail|message|e-?mail)(?: \w+){0,3} (?:failure|failed|error)\b"
    r"|delivery has failed|could ?n[o']t (?:be )?(?:deliver|send|sent)"
    r"|(?:cannot|can ?not|can't|not) be (?:deliver|sent|reached|forwarded)|could not deliver"
    r"|(?:was|were|is|has)(?: not|n't) (?:been )?(?:deliver|sent\b|transmitted)"
    r"|unable to (?:deliver|send|relay|be deliver)|did not reach (?:the following|its)"
    r"|had (?:delivery problems|permanent fatal errors|transient non-fatal|problems)|transcript of session"
    r"|was undeliver|(?:rejected|refused|blocked|stopped) your (?:message|e-?mail|mail)"
    r"|(?:message|mail|e-?mail) (?:has been |was |is |were )?(?:rejected|refused|bounced|not delivered"
    r"|blocked|stopped|discarded|declined|denied|not accepted)"
    r"|error delivering your mail|attempting to deliver|deliver\w* .{0,60}fail|delivery .{0,60}(?:refused|rejected)"
    r"|fail\w* to deliver"
    r"|will be (?:re-?tried|retried)|not (?:yet )?been delivered|delivery attempts?"
    r"|delivery (?:is |was |has been )?delayed|recipient\(?s?\)? (?:could|can)(?:not|n't| not)"
    r"|no such (?:user|recipient|address)|user unknown|mailbox (?:is )?(?:full|unavailable)"
    r"|address (?:not found|couldn't be found)|bounced (?:mail|message)|mail returned|delivery incomplete"
    r"|message (?:blocked|delayed|not sent|undelivered)|wasn't delivered|delivery unsuccessful|problem delivering"
    r"|sending (?:mail |message )?failed|address(?:es)? failed|temporarily undeliver|not deliver"
    r"|automatically rejected|(?:was|were|is|has|have|been) bounced|mail\b.{0,80} (?:was|were|been) rejected"
    r"|being returned"
    r"|failed (?:recipient|address)"
    r"|recipients? failed|not able to (?:be )?deliver|(?:can|could|was) ?(?:not|n't) able to deliver"
    r"|(?:was|were) ?n[o']t able to deliver|did(?: not|n't) (?:reach|arrive|get through)|blocked by our"
    r"|(?:not|n't) complete (?:the )?delivery|no longer accept|message not accepted|(?:was|were"
    r"|is) ?n[o']t accepted|problems? with your (?:e-?mail|message)|(?:mail|message) delivery status"
    r"|delivery .{0,40}(?:stopped|cancell?ed|blocked|aborted)|(?:not|n't) relayed"
    r"|(?:transmission|delivery) (?:has )?failed|unsuccessful delivery|no valid recipients"
    r"|(?:sorry|regret).{0,40}(?:message|mail) could not|(?:could|can)(?: not|not|n't) be processed"
    # German, Dutch, the North
    r"|unzustellbar|(?:nicht|konnten?) .{0,60}(?:zugestellt|zustellbar|ausgeliefert|versendet|[uü]bermittelt)"
    r"|zustell\w* .{0,40}(?:fehlgeschlagen|gescheitert|nicht)|fehler bei (?:der )?(?:zustellung|[uü]bermittlung)"
    r"|[uü]bermittlungsstatus|zustellungs(?:status|fehler)|r[uü]ckl[aä]ufer|unzustellbarkeit|onbestelbaar"
    r"|zustellfehler|konnten? .{0,80}gesendet|fehler beim (?:senden|versand)|[uü]bermittlung .{0,20}(?:gescheitert"
    r"|fehlgeschlagen)"
    r"|niet te bezorgen|onbezorgbaar|(?:bezorging|aflevering) (?:is )?mislukt|ikke lever|leveransfel|ep[aä]onnistui"
    r"|niet (?:worden )?(?:bezorgd|afgeleverd|besteld)|kan niet worden (?:bezorgd|afgeleverd)"
    r"|(?:kunde|kunne|kan) (?:inte|ikke) .{0,30}lever|olevererbar|g[aå]r inte att leverera|ei voitu toimittaa"
    r"|toimittaminen "
    # Romance languages
    r"|non[- ](?:remis|distribu|d[eé]livr|livr)"
    r"|(?:n'a|n'ont|n\W{0,6}a) (?:pas )?(?:pu|[eé]t[eé]) .{0,50}(?:remis|distribu|d[eé]livr|livr|achemin|envoy)"
    r"|[eé]chec .{0,30}(?:remise|distribution|livraison|envoi)"
    r"|erreur (?:de livraison|d.envoi)|n'a pu [eê]tre|retourn[eé]e? (?:à|a) l.exp|n.est pas parvenu"
    r"|impossible de (?:remettre|distribuer|livrer|d[eé]livrer)|notification d.[eé]tat|retour de courrier"
    r"|avis de non"
    r"|no (?:se )?(?:pudo|puede|ha podido|ha sido|fue|pudimos|se ha podido|hemos podido) .{0,40}(?:entreg"
    r"|enviar|enviad)|no entregad|correo devuelto|mensaje devuelto"
    r"|(?:error|fallo|falla)\w* .{0,30}(?:entrega|env[ií]o)|entrega .{0,30}(?:fallid|fallado|fall[oó])"
    r"|estado de (?:la )?entrega|mancata consegna|mancato recapito|impossibile (?:recapitare|consegnare)"
    r"|non (?:[eè] stato )?(?:consegnat|recapitat)|stato (?:della |di )?consegna"
    r"|consegna .{0,30}(?:non riuscita|fallita)|n[aã]o (?:foi |p[oô]de |pode )?.{0,30}entreg"
    r"|(?:falha|erro) .{0,20}(?:entrega|envio)|devolu[cç]|mensagem .{0,20}(?:devolvid|retornad)|status de entrega"
    r"|nelivrat|nu a putut fi|livrare .{0,10}e[sșş]uat|non recapitabil|recapito .{0,20}(?:non riuscito|fallito)"
    r"|(?:recapito|consegna|invio) .{0,20}errore|errore (?:di|nella|durante) .{0,20}(?:consegna|recapito|invio)"
    r"|kh[oô]ng .{0,20}g[uử]i|gửi thất bại|gagal (?:ter)?kirim|pengiriman .{0,10}gagal|ส่ง.{0,10}(?:ล้มเหลว|ไม่สำเร็จ)"
    # Slavonic languages, Greek, Turkish
    r"|недостав|не (?:был[оаи]? |может быть |могло быть |может )?(?:достав|отправлен)"
    r"|(?:невозможно|не удал\w+|не смог\w*) .{0,60}(?:достав|отправ)|ошибк\w* .{0,30}(?:достав|отправ)"
    r"|отч[её]т о (?:не)?достав|уведомление о (?:не)?достав|состояни\w* доставки|возвра(?:т|щено|щаем)"
    r"|доставка .{0,20}(?:не удалась|невозможна)|не вдалося .{0,40}достав|nie dostarczono|nebyla? doru[cč]en"
    r"|doru[cč]en[ií] .{0,20}(?:nezda[rř]|selh)|k[eé]zbes[ií]t[eé]se .{0,20}sikertelen"
    r"|не (?:було |може бути )?доставлен|niedostarcz|niedor[eę]cz"
    r"|nie (?:mo[zż]na|uda[lł]o si[eę]|zosta[lł]\w*) .{0,40}(?:dostarcz|dor[eę]cz|wys[lł])|zwrot (?:wiadomo|przesy)"
    r"|nedoru[cč]|nelze doru[cč]it|k[eé]zbes[ií]thetetlen|nem (?:lehet|siker[uü]lt) .{0,30}k[eé]zbes|teslim edileme"
    r"|iletileme|g[oö]nderileme|teslimat .{0,20}ba[sş]ar[ıi]s|δεν (?:παραδόθηκε|ήταν δυνατή)|αδυναμία παράδοσης"
    # Arabic, Hebrew, Farsi, East Asia
    r"|تعذر .{0,20}(?:تسليم|توصيل|إرسال)|لم يتم (?:تسليم|توصيل)|ניתן למסור|לא נמסר|تحویل .{0,20}نشد"
    r"|配信(?:不能|できません|に失敗|エラー)|送信(?:できません|に失敗|エラー)|未配信|不達"
    r"|届(?:きません|けられません|けること|けでき[まな])|エラーメール|送達|退信|退件"
    r"|(?:无法|無法|未能|不能).{0,12}(?:投递|投遞|送达|送達|发送|發送|传递|傳遞|送到)|投递(?:失败|不成功|错误)"
    r"|未送达|(?:发送|寄送|傳送|發送)(?:失败|失敗)|被退回|退回|배달되지|전송(?:에)? 실패|반송"
    r"|(?:배달|전달|발송) ?실패|전달되지|فشل .{0,12}(?:تسليم|توصيل|إرسال)"
)
DELAYED = re.compile(
    r"warning message only|this is (?:just |only )?a (?:warning|temporary|delay)"
    r"|do(?: not|n't) need to (?:resend|re-send|take)|no action is required"
    r"|(?:has|have|was|were|is|been) (?:been )?delayed|not yet been delivered|has not been (?:yet )?delivered yet"
    r"|will be (?:re-?tried|tried again)|still (?:trying|being (?:retried|attempted)|in (?:the|our) queue)"
    r"|attempts .{0,60}will continue|(?<!no )further (?:delivery )?attempts? (?:will|to)|mail delayed"
    r"|^\W*(?:delayed|deferred)\b"
    r"|will (?:keep|continue) (?:on |to )?(?:try|attempt)|temporary (?:failure report|problem)"
    r"|could not be delivered for|delivery (?:status notification )?\(?delay|transient non-fatal|delayed mail"
    r"|message delayed|will try (?:again|for)|has been postponed|warning: (?:could not send|message)"
    r"|queued (?:and|for) (?:will|retry)|verz[oö]ger|noch nicht zugestellt|(?<!keine )weiter\w* (?:zustell)?versuch"
    r"|retard[eé]|diff[eé]r[eé]e?\b|sera retent"
    r"|retras|se (?:seguir[aá]|volver[aá]) .{0,20}intent|ritard|nuovi tentativi|atrasad|задерж|отлож"
    r"|(?:повторн|дальнейш|следующ)\w* попыт|будет повторен|попытки .{0,30}продолж|затрим|op[oó][zź]nion|gecik"
    r"|f[oö]rsen|[aä]nnu inte|forsink|vertraagd|zpo[zž]d[eě]n|遅延"
    r"|遅れて|延迟|延遲|지연"
)
ARRIVED = re.compile(
    r"success(?:ful|fully)? (?:delivery|delivered|relayed|mail delivery|notification)|delivery (?:was |is )?success"
    r"|(?:was|were|been|is|message) (?:successfully )?(?:relayed|delivered) (?:to the|successfully"
    r"|to mailbox|to its)|successfully (?:delivered|relayed)|return receipt|^relayed:|^delivered:(?! no\b)|^read:"
    r"|^expanded:"
    r"|delivery status notification \((?:success|relay)|(?:erfolgreich|wurde) (?:zugestellt|weitergeleitet)"
    r"|remis avec succ|entregad\w* correctamente|успешно доставлен|доставлено успешно|送达成功|成功送达",
    re.MULTILINE,
)
# Where a notice ends and the mail that came back begins.
COPY = re.compile(
    r"^[ \t>*=#_-]*(?:"
    r"below this line is (?:a|the) (?:copy|original)"
    r"|(?:this is|below is|here is|following is|enclosed is|attached is) (?:a copy|an excerpt"
    r"|the (?:header|original|start|first))"
    r"|(?:the )?original message(?! was| details| info| id\b| subject| sent| will)|unsent message"
    r"|undelivered message|returned message|message header|original (?:mail|e-?mail|headers)"
    r"|message headers? follow|the (?:header|headers|body|text|start) of (?:the|your)"
    r"|your (?:original )?message (?:follows|is below|reads|begins)|copy of (?:the|your) (?:original )?message"
    r"|(?:the )?(?:message|mail|headers?|first \d+ lines).{0,40}follows?\b|returned mail follows"
    r"|begin (?:message|included)|rejected message|forwarded message|message text follows"
    r"|urspr[uü]ngliche nachricht|kopie ihrer|anfang der nachricht|original-?nachricht|nachrichtenkopf"
    r"|message (?:d'origine|original)|mensaje original|messaggio originale|mensagem original"
    r"|исходное (?:сообщение|письмо)|текст (?:вашего )?(?:сообщения|письма)|заголовки|копия (?:сообщения|письма)"
    r"|原始(?:邮件|郵件|信)|元のメッセージ|원본 메시지|oryginalna wiadomo"
    r")[^\n]*$",
    re.MULTILINE,
)
_OLD_FIELDS = re.compile(
    r"^(?:Received|Return-Path|DKIM-Signature|Message-ID):[^\n]*\n(?:[A-Za-z][\w-]*:|[ \t])",
    re.MULTILINE | re.IGNORECASE,
)


def begins_copy(notice: str, lowered: str) -> int:
    """Return where the returned mail begins in a notice, or its length; `lowered` is the notice in lower case."""
    marks = (COPY.search(lowered), _OLD_FIELDS.search(notice))
    return min((mark.start() for mark in marks if mark), default=len(notice))
