"""Languages: tags that are valid (BCP 47), and the direction in which their scripts are read."""

from __future__ import annotations

import re
from typing import Final

UNDETERMINED: Final = "und"
"""The tag for a language that is not known (ISO 639-2)."""

# BCP 47, 2.1, without private use alone and grandfathered tags; a primary subtag of four letters or more
# is well-formed, but none has ever been registered.
_TAG: Final = re.compile(
    r"(?P<primary>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?P<script>-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
# Where a language has a code of two letters, that one has to be used (BCP 47, 2.2.1): those of three
# letters (ISO 639-2, both for terms and for bibliography) are followed by it here.
_PAIRS: Final = """
    aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay aze:az
    bak:ba bam:bm baq:eu bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs cha:ch
    che:ce chi:zh chu:cu chv:cv cor:kw cos:co cre:cr cym:cy cze:cs dan:da deu:de div:dv dut:nl dzo:dz
    ell:el eng:en epo:eo est:et eus:eu ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy ful:ff
    geo:ka ger:de gla:gd gle:ga glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi
    hmo:ho hrv:hr hun:hu hye:hy ibo:ig ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik isl:is
    ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv
    kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln lit:lt ltz:lb lub:lu lug:lg mac:mk
    mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg mlt:mt mon:mn mri:mi msa:ms mya:my nau:na nav:nv
    nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no nya:ny oci:oc oji:oj ori:or orm:om oss:os
    pan:pa per:fa pli:pi pol:pl por:pt pus:ps que:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg san:sa
    sin:si slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc srp:sr
    ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tib:bo tir:ti ton:to
    tsn:tn tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo wel:cy wln:wa
    wol:wo xho:xh yid:yi yor:yo zha:za zho:zh zul:zu iw:he in:id ji:yi
"""
_SHORT: Final = {pair[:-3]: pair[-2:] for pair in _PAIRS.split()}
# Written for "unknown", but no languages, or no codes of one.
_NONE: Final = frozenset({"unk", "xx", "xxx", "und"})
_RIGHT_TO_LEFT: Final = frozenset(
    re.findall(r"\w+", "ar arc arz ckb dv fa glk he khw ks mzn nqo pnb ps sd sdh syc syr ug ur yi")
)
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset({"-adlm", "-arab", "-hebr", "-nkoo", "-rohg", "-syrc", "-thaa"})


def language_tag(value: str | None) -> str:
    """The valid language tag that ``value`` (an ``xml:lang``, a ``language/@ident``) is or means, or ``""``.

    ``eng`` becomes ``en``, ``pt_br`` becomes ``pt-BR``; ``greek`` and ``und`` say nothing and become ``""``.
    """
    tag = (value or "").strip().replace("_", "-").lower()
    match = _TAG.fullmatch(tag)
    if match is None or match["primary"] in _NONE:
        return ""
    primary = _SHORT.get(match["primary"], match["primary"])
    subtags = tag.split("-")[1:]
    single = False
    shown = [primary]
    for subtag in subtags:
        # Case as BCP 47, 2.1.1 recommends it; nothing changes behind a singleton.
        single = single or len(subtag) == 1
        if not single and len(subtag) == 2:
            shown.append(subtag.upper())
        elif not single and len(subtag) == 4 and subtag.isalpha():
            shown.append(subtag.title())
        else:
            shown.append(subtag)
    return "-".join(shown)


def is_right_to_left(language: str) -> bool:
    """Tell whether ``language`` (a tag) is written from right to left, by its script where it names one."""
    match = _TAG.fullmatch(language.lower())
    if match is None:
        return False
    if match["script"]:
        return match["script"] in _RIGHT_TO_LEFT_SCRIPTS
    return match["primary"] in _RIGHT_TO_LEFT
