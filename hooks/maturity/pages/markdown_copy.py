"""Turns the Markdown that a page is made of into Markdown that reads well by itself.

Ours holds what only our site understands: wrappers, classes, drawings, forms. The copy is for
people who paste a page into a document of theirs, and for programs that read.
"""

from __future__ import annotations

import html
import posixpath
import re

#: Code, which stays as it is.
_CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[ \t]*$|(`+)(?!`).+?(?<!`)\2(?!`)", re.M | re.S)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
#: What says nothing without its place on the page, with all that it holds.
_UNREADABLE = re.compile(
    r"<(?!/)(?:!--.*?--|(svg|script|style|template|button|select|textarea|dialog|output)\b.*?</\1\s*"
    r"|(?:input|img|meta|link)\b[^>]*)>",
    re.S | re.I,
)
_LINK = re.compile(r"""<a\b[^>]*?\bhref=(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)</a\s*>""", re.S | re.I)
#: What stands between a term and what is said of it; few texts have its end.
_TERM = re.compile(r"\s*</dt\s*>\s*(?=<dd\b)", re.I)
_TERM_END = re.compile("</dt", re.I)
#: Tags that Markdown has no other signs for; of these, those that say something beside their name,
#: and lose it.
_NAMES = "table|thead|tbody|tr|th|td|sub|sup|del|ins|br"
_KEPT = re.compile(rf"<(?-i:(?!/?(?:{_NAMES})>))(/?)({_NAMES})\b[^>]*>", re.I)
#: All others.
_TAG = re.compile(rf"</?(?!(?i:{_NAMES})>)[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
#: Attribute lists: behind a heading or a link, and in a line of their own.
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[#.][\w-]|[\w-]+=)[^{}\n]*\}")
#: Signs that were written out for Markdown and mean nothing to it where they stand: quotes, a point
#: within a number, a colon behind a word, an & that begins no entity.
_HARMLESS = re.compile(r"&(?:#34;|quot;|#39;|#46;(?=\w)|(?<=\w&)#58;(?=\s)|#38;(?!#?\w+;))")


def plain(text: str, path: str) -> str:
    """Return the Markdown of the page at `path` without front matter, wrappers, classes, forms.

    Links lead where they led, seen from `path`; text and code stay as they are. A text that is one
    line of HTML after another keeps its words.
    """
    codes: list[str] = []

    def keep(code: re.Match[str]) -> str:
        codes.append(code[0])
        return f"\0{len(codes) - 1}\0"

    text = _FRONT_MATTER.sub("", text, count=1).replace("\0", "")
    text = _readable(_CODE.sub(keep, text) if "`" in text else text, path)
    return re.sub("\0(\\d+)\0", lambda mark: codes[int(mark[1])], text).strip() + "\n"


def _readable(text: str, path: str) -> str:
    text = _UNREADABLE.sub("", text)
    text = _LINK.sub(lambda link: _link(link, path), text).replace(")[", ")\n[")
    text = _KEPT.sub(lambda tag: f"<{tag[1]}{tag[2].lower()}>", text)
    text = _TERM.sub(": ", text) if _TERM_END.search(text) else text
    text = _ATTRIBUTES.sub("", _TAG.sub("", text))
    text = _HARMLESS.sub(lambda sign: html.unescape(sign[0]), text)
    text = re.sub(r"\n(#+|[-*])  +", r"\n\1 ", _without_gaps(text))
    return re.sub(" +<br>", "<br>", text) if " <br>" in text else text


def _without_gaps(text: str) -> str:
    """Return a text with one empty line where there are more, and one before it.

    No line has blanks at its end.
    """
    lines = [""]
    for line in map(str.rstrip, text.split("\n")):
        if line or lines[-1]:
            lines.append(line)
    return "\n".join(lines)


def _link(link: re.Match[str], path: str) -> str:
    """Write a link of HTML as one of Markdown; nothing where it has no words."""
    label = " ".join(_TAG.sub(" ", link[3]).split())
    target = link[1] or link[2] or ""
    if label and not re.match(r"[a-z][\w+.-]*:|/|#|$", target, re.I):
        page = posixpath.splitext(path)[0]
        seen_from = posixpath.dirname(page) if posixpath.basename(page) == "index" else page
        whole = posixpath.normpath(posixpath.join("/", seen_from, target))
        slash = "/" if target.endswith("/") else ""
        target = posixpath.relpath(whole, posixpath.join("/", posixpath.dirname(path))) + slash
    return f"[{label}]({target})" if label and target else label
