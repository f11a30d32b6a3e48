"""Equations of Word (OMML) as TeX, as far as TeX has the same thing in few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from review.bringing.word.xml import Element, attr, child, children, tag, value

OPERATORS: Final = {"∑": "\\sum", "∏": "\\prod", "∫": "\\int", "⋃": "\\bigcup", "⋂": "\\bigcap", "": "\\int"}
ACCENTS: Final = {"̂": "\\hat", "̃": "\\tilde", "̅": "\\bar", "⃗": "\\vec", "̇": "\\dot", "̈": "\\ddot"}
SYMBOLS: Final = {
    "α": "\\alpha ", "β": "\\beta ", "γ": "\\gamma ", "δ": "\\delta ", "ε": "\\epsilon ", "θ": "\\theta ", "λ": "\\lambda ",
    "μ": "\\mu ", "π": "\\pi ", "ρ": "\\rho ", "σ": "\\sigma ", "τ": "\\tau ", "φ": "\\phi ", "ω": "\\omega ", "Δ": "\\Delta ",
    "Σ": "\\Sigma ", "Ω": "\\Omega ", "≤": "\\le ", "≥": "\\ge ", "≠": "\\ne ", "≈": "\\approx ", "×": "\\times ",
    "⋅": "\\cdot ", "·": "\\cdot ", "±": "\\pm ", "∞": "\\infty ", "∈": "\\in ", "→": "\\to ", "−": "-", "%": "\\%", "&": "\\&",
}  # fmt: skip


class NoTex(ValueError):
    """Something in the equation has no TeX here."""


def tex_of(element: Element) -> str:
    """The equation as TeX. Raises NoTex."""
    return "".join(_one(one) for one in children(element)).strip()


def _one(element: Element) -> str:
    name = tag(element)
    if name in SKIPPED or name.endswith("Pr"):
        return ""
    if name not in MAKERS:
        raise NoTex(name)
    return MAKERS[name](element)


def _in(element: Element, name: str) -> str:
    found = child(element, f"m:{name}")
    return "" if found is None else tex_of(found)


def _text(element: Element) -> str:
    words = "".join(one.text or "" for one in children(element) if tag(one) in ("m:t", "w:t"))
    plain = value(element, "m:rPr", "m:nor") or child(element, "m:rPr", "m:nor") is not None
    if plain and words.strip():
        return f"\\text{{{words}}}"
    return "".join(SYMBOLS.get(c, f"\\{c}" if c in "#${}_" else c) for c in words)


def _group(words: str) -> str:
    return words if len(words) == 1 else f"{{{words}}}"


def _fraction(e: Element) -> str:
    return f"\\frac{{{_in(e, 'num')}}}{{{_in(e, 'den')}}}"


def _root(e: Element) -> str:
    degree = _in(e, "deg")
    return f"\\sqrt[{degree}]{{{_in(e, 'e')}}}" if degree else f"\\sqrt{{{_in(e, 'e')}}}"


def _nary(e: Element) -> str:
    sign = child(e, "m:naryPr", "m:chr")
    operator = OPERATORS.get("" if sign is None else attr(sign, "val"))
    if operator is None:
        raise NoTex("operator")
    below, above = _in(e, "sub"), _in(e, "sup")
    return f"{operator}{f'_{{{below}}}' if below else ''}{f'^{{{above}}}' if above else ''} {_in(e, 'e')}"


def _delimited(e: Element) -> str:
    opens, closes = (child(e, "m:dPr", f"m:{name}") for name in ("begChr", "endChr"))
    left = "(" if opens is None else attr(opens, "val") or "."
    right = ")" if closes is None else attr(closes, "val") or "."
    inside = ",".join(tex_of(one) for one in children(e) if tag(one) == "m:e")
    return f"\\left{_escaped(left)}{inside}\\right{_escaped(right)}"


def _escaped(sign: str) -> str:
    return f"\\{sign}" if sign in "{}" else {"‖": "\\|", "⟨": "\\langle ", "⟩": "\\rangle "}.get(sign, sign)


def _accent(e: Element) -> str:
    sign = child(e, "m:accPr", "m:chr")
    accent = ACCENTS.get("̂" if sign is None else attr(sign, "val"))
    if accent is None:
        raise NoTex("accent")
    return f"{accent}{{{_in(e, 'e')}}}"


def _named(e: Element) -> str:
    name = _in(e, "fName")
    return (
        f"\\{name} {_in(e, 'e')}"
        if name in ("sin", "cos", "tan", "log", "ln", "exp", "min", "max")
        else f"{name} {_in(e, 'e')}"
    )


def _matrix(e: Element) -> str:
    rows = [
        " & ".join(tex_of(one) for one in children(row) if tag(one) == "m:e")
        for row in children(e)
        if tag(row) == "m:mr"
    ]
    return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"


SKIPPED: Final = frozenset({"w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:rPr"})
MAKERS: Final[dict[str, Callable[[Element], str]]] = {
    "m:r": _text,
    "m:oMath": tex_of,
    "m:e": tex_of,
    "w:ins": tex_of,
    "m:box": lambda e: _in(e, "e"),
    "m:f": _fraction,
    "m:sSup": lambda e: f"{_group(_in(e, 'e'))}^{{{_in(e, 'sup')}}}",
    "m:sSub": lambda e: f"{_group(_in(e, 'e'))}_{{{_in(e, 'sub')}}}",
    "m:sSubSup": lambda e: f"{_group(_in(e, 'e'))}_{{{_in(e, 'sub')}}}^{{{_in(e, 'sup')}}}",
    "m:rad": _root,
    "m:nary": _nary,
    "m:d": _delimited,
    "m:acc": _accent,
    "m:bar": lambda e: f"\\overline{{{_in(e, 'e')}}}",
    "m:func": _named,
    "m:limLow": lambda e: f"{_in(e, 'e')}_{{{_in(e, 'lim')}}}",
    "m:limUpp": lambda e: f"{_in(e, 'e')}^{{{_in(e, 'lim')}}}",
    "m:m": _matrix,
}
