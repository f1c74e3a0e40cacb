"""How is a number dialled in the supporter's country? "00 44 20 7946 0107" from Germany, "020 7946 0107" at home.

Law: where a country has no prefix that works on every line, nothing is told: a wrong one rings somebody else, and a
mobile telephone dials the plus.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from mailer.core.numbers import calling_code, compact_number, display_number


class Plan(NamedTuple):
    """How telephones of a country dial: its own calling code, what goes before a foreign code, and before an area's."""

    code: str
    abroad: str
    trunk: str


def dialled(number: str, country: str, shown: str = "") -> str:
    """Return an E.164 number as people in `country` (ISO 3166) dial it, in the groups of `shown` if those are its own.

    Empty if the country is unknown, or calls abroad there begin differently with each company.
    """
    plan = _PLANS.get(country)
    if plan is None or not number.startswith("+"):
        return ""
    is_usual = shown.startswith("+") and "(0)" not in shown and compact_number(shown) == number
    written = shown if is_usual else display_number(number)
    code = calling_code(number)
    if code != plan.code:
        return f"{plan.abroad} {written[1:]}" if plan.abroad else ""
    return _at_home(country, plan, number[1 + len(code) :], written[1 + len(code) :].lstrip(" -"))


def _at_home(country: str, plan: Plan, digits: str, written: str) -> str:
    """Return a number of the country itself: after its trunk prefix, but for numbers that have another one or none."""
    special = (trunk for numbers, trunk in _SPECIAL.get(country, {}).items() if _is_of(numbers, digits))
    trunk = next(special, plan.trunk)
    if trunk is None:
        return ""
    return f"{trunk}{written}" if trunk in ("", "0") else f"{trunk} {written}"


def _is_of(numbers: str, digits: str) -> bool:
    """Tell whether a national number begins, and is as long, as "1800/10" says."""
    leading, _, length = numbers.partition("/")
    return digits.startswith(leading) and (not length or len(digits) == int(length))


# ISO 3166 : calling code : prefix for calls abroad ("~": wait for the tone) : trunk prefix of fixed lines.
# Source: metadata of libphonenumber 9.0 (Apache 2.0) as in the package phonenumbers, with which a test compares it.
_ROWS: Final = """
    AC:247:00: AD:376:00: AE:971:00:0 AF:93:00:0 AG:1:011:1 AI:1:011:1 AL:355:00:0 AM:374:00:0 AO:244:00:
    AR:54:00:0 AS:1:011:1 AT:43:00:0 AU:61:0011:0 AW:297:00: AX:358:00:0 AZ:994:00:0 BA:387:00:0 BB:1:011:1
    BD:880:00:0 BE:32:00:0 BF:226:00: BG:359:00:0 BH:973:00: BI:257:00: BJ:229:00: BL:590:00:0 BM:1:011:1
    BN:673:00: BO:591:: BQ:599:00: BR:55:: BS:1:011:1 BT:975:00: BW:267:00: BY:375:8~10:80 BZ:501:00: CA:1:011:1
    CC:61:0011:0 CD:243:00:0 CF:236:00: CG:242:00: CH:41:00:0 CI:225:00: CK:682:00: CL:56:: CM:237:00:
    CN:86:00:0 CO:57:: CR:506:00: CU:53:119:0 CV:238:0: CW:599:00: CX:61:0011:0 CY:357:00: CZ:420:00: DE:49:00:0
    DJ:253:00: DK:45:00: DM:1:011:1 DO:1:011:1 DZ:213:00:0 EC:593:00:0 EE:372:00: EG:20:00:0 EH:212:00:0
    ER:291:00:0 ES:34:00: ET:251:00:0 FI:358:00:0 FJ:679:00: FK:500:00: FM:691:00: FO:298:00: FR:33:00:0
    GA:241:00:0 GB:44:00:0 GD:1:011:1 GE:995:00:0 GF:594:00:0 GG:44:00:0 GH:233:00:0 GI:350:00: GL:299:00:
    GM:220:00: GN:224:00: GP:590:00:0 GQ:240:00: GR:30:00: GT:502:00: GU:1:011:1 GW:245:00: GY:592:001:
    HK:852:00: HN:504:00: HR:385:00:0 HT:509:00: HU:36:00:06 ID:62::0 IE:353:00:0 IL:972::0 IM:44:00:0
    IN:91:00:0 IO:246:00: IQ:964:00:0 IR:98:00:0 IS:354:00: IT:39:00: JE:44:00:0 JM:1:011:1 JO:962:00:0
    JP:81:010:0 KE:254:000:0 KG:996:00:0 KH:855::0 KI:686:00: KM:269:00: KN:1:011:1 KP:850::0 KR:82::0
    KW:965:00: KY:1:011:1 KZ:7:8~10:8 LA:856:00:0 LB:961:00:0 LC:1:011:1 LI:423:00: LK:94:00:0 LR:231:00:0
    LS:266:00: LT:370:00:0 LU:352:00: LV:371:00: LY:218:00:0 MA:212:00:0 MC:377:00: MD:373:00:0 ME:382:00:0
    MF:590:00:0 MG:261:00:0 MH:692:011: MK:389:00:0 ML:223:00: MM:95:00:0 MN:976:001: MO:853:00: MP:1:011:1
    MQ:596:00:0 MR:222:00: MS:1:011:1 MT:356:00: MU:230:020: MV:960:00: MW:265:00:0 MX:52:00: MY:60:00:0
    MZ:258:00: NA:264:00:0 NC:687:00: NE:227:00: NF:672:00: NG:234:009:0 NI:505:00: NL:31:00:0 NO:47:00:
    NP:977:00:0 NR:674:00: NU:683:00: NZ:64:00:0 OM:968:00: PA:507:00: PE:51:00:0 PF:689:00: PG:675:00:
    PH:63:00:0 PK:92:00:0 PL:48:00: PM:508:00:0 PR:1:011:1 PS:970:00:0 PT:351:00: PW:680:: PY:595:00:0
    QA:974:00: RE:262:00:0 RO:40:00:0 RS:381:00:0 RU:7:8~10:8 RW:250:00: SA:966:00:0 SB:677:: SC:248:00:
    SD:249:00:0 SE:46:00:0 SG:65:: SH:290:00: SI:386:00:0 SJ:47:00: SK:421:00:0 SL:232:00:0 SM:378:00:
    SN:221:00: SO:252:00: SR:597:00: SS:211:00:0 ST:239:00: SV:503:00: SX:1:011:1 SY:963:00:0 SZ:268:00:
    TA:290:00: TC:1:011:1 TD:235:00: TG:228:00: TH:66::0 TJ:992:8~10: TK:690:00: TL:670:00: TM:993:8~10:8
    TN:216:00: TO:676:00: TR:90:00:0 TT:1:011:1 TV:688:00: TW:886::0 TZ:255::0 UA:380:0~0:0 UG:256::0 US:1:011:1
    UY:598:00: UZ:998:00: VA:39:00: VC:1:011:1 VE:58:00:0 VG:1:011:1 VI:1:011:1 VN:84:00:0 VU:678:00: WF:681:00:
    WS:685:0: XK:383:00:0 YE:967:00:0 YT:262:00:0 ZA:27:00:0 ZM:260:00:0 ZW:263:00:0
"""
_PLANS: Final = {country: Plan(*plan) for country, *plan in (row.split(":") for row in _ROWS.split())}
# Numbers that do not follow the trunk prefix of their country's other lines, by their leading digits and, after a
# stroke, their length; the first that fits holds, and None is what cannot be told.
_SPECIAL: Final[dict[str, dict[str, str | None]]] = {
    "AE": dict.fromkeys(("600/9", "700/9", "800", "900/9"), ""),
    "AR": {"9/11": None},  # a mobile: 0, the area, 15 and the rest
    "AU": {"13": "", "18": "", "19": ""},
    "BR": {"300": "0", "500": "0", "800": "0", "": None},  # a company's code stands before the area
    "BY": {"80": "8", "902": "8"},
    "CC": {"13": "", "18": "", "19": ""},
    "CN": dict.fromkeys(("13", "14", "15", "16", "17", "18", "19", "400", "800"), ""),
    "CO": {"1": "0"},
    "CX": {"13": "", "18": "", "19": ""},
    "EC": {"1800": ""},
    "GA": {"0": ""},
    "GE": {"5": "", "79": ""},
    "IE": {"15/10": "", "18/10": ""},
    "IL": {"1": ""},
    "IN": {"140/10": "", "1800": "", "1860": "", "1861": ""},
    "KH": {"1800": "", "1900": ""},
    "KR": {"15/8": "", "16/8": "", "18/8": ""},
    "LB": {"/8": ""},
    "MC": {"4": "0", "6": "0", "7": "0"},
    "MN": {"1": "0", "2": "0"},
    "MY": {"1300/10": "", "1600/10": "", "1800/10": ""},
    "NL": {"14": ""},
    "NP": {"9/10": "", "1660": ""},
    "PE": {"9/9": ""},
    "PH": {"1800": ""},
    "PS": {"1700": "", "1800": ""},
    "PY": {"870": "", "9800": ""},
    "RW": {"7": "0", "800": "0", "900": "0"},
    "SA": {"800": "", "92": ""},
    "TH": {"1800/10": "", "1900/10": ""},
    "TR": {"444/7": ""},
    "UY": {"80": "0", "90": "0", "9": "0"},
    "VN": {"1800": "", "1900": ""},
    "ZM": {"630": ""},
}
