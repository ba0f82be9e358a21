"""An Atom feed of the releases, for whoever wants to hear of the next one. RFC 4287."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from ..versions.history import History, Step
from ..versions.notes import ReleaseNotes, run_on

PATH = "changes.xml"
_ATOM = "http://www.w3.org/2005/Atom"


def has_releases(history: History) -> bool:
    """Tell whether there is anything to report."""
    return any(step.version for step in history.steps)


def feed(notes: ReleaseNotes, address: str) -> str:
    """Render the releases, the newest first, each with what it changed; there has to be one.

    `address` is where the site will be published, with a slash at the end; where nobody knows, it
    is empty and links lead on from the feed itself.
    """
    history, words = notes.history, notes.words
    steps = [step for step in history.steps if step.version]
    about = history.present.framework
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": about.language})
    _add(root, "title", f"{about.title}: {words('changes.title')}")
    _add(root, "id", _identity(about.id))
    _add(root, "updated", _moment(steps[0].date))
    _add(root, "link", rel="self", href=f"{address}{PATH}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{address}changes/")
    _add(ElementTree.SubElement(root, "author"), "name", about.title)
    for step in steps:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "title", words("changes.release", version=step.version))
        _add(entry, "id", _identity(about.id, step.version))
        _add(entry, "updated", _moment(step.date))
        anchor = f"v{step.version.replace('.', '-')}"
        _add(entry, "link", rel="alternate", type="text/html", href=f"{address}changes/#{anchor}")
        _add(entry, "content", "\n".join(_html(step, notes)), type="html")
    ElementTree.indent(root)
    file: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return file.decode() + "\n"


def _html(step: Step, notes: ReleaseNotes) -> Iterator[str]:
    """Yield the lines of what a release changed, as HTML in which every text is text."""
    words = notes.words
    date, count = words.date(step.date), words("changes.count", n=len(step.changes))
    if step.since is None:
        yield f"<p>{escape(words('changes.first', date=date))}</p>"
        return
    key = "changes.released" if step.changes else "changes.same"
    yield f"<p>{escape(words(key, date=date, count=count, since=step.since))}</p>"
    if heavy := notes.heavy[step.version]:
        yield from _list(
            words("changes.heavy"),
            ((one.change.title or one.change.id, one.sentences) for one in heavy),
        )
    for kind, changed in notes.changes[step.version].items():
        yield from _list(
            words(f"changes.kinds.{kind}"),
            ((note.change.title or "", [line.sentence for line in note.lines]) for note in changed),
        )


def _list(title: str, items: Iterator[tuple[str, list[str]]]) -> Iterator[str]:
    yield f"<h3>{escape(title)}</h3>"
    yield "<ul>"
    for name, sentences in items:
        text = escape(run_on(sentences))
        yield f"<li><strong>{escape(name)}</strong>: {text}</li>" if name else f"<li>{text}</li>"
    yield "</ul>"


def _identity(*names: str) -> str:
    """Return an id that stays, wherever the site is published."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("maturity", *names))).urn


def _moment(date: str) -> str:
    return f"{date}T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = str(text) or None
