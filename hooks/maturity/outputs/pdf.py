"""Fillable PDFs out of the HTML that their templates make.

WeasyPrint lays a sheet out and tags it. Its own fields are not what viewers expect: it embeds a
whole font for text, names each radio button twice, and draws no empty box. So every field is a
checkbox to it, and `data-field` says what becomes of it here: `tick`, `choice`, `text`, `lines`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from pydyf import PDF, Array, Dictionary, Object, Stream, String

#: Flags of a field, ISO 32000-1, tables 226 and 228.
_CHOICE, _LINES = 1 << 15, 1 << 12
#: How typed text looks, in a font that every viewer has.
_TYPED = String("/Helv 9 Tf 0 g")
_HELVETICA = {
    "Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding",
}  # fmt: skip
#: What is drawn in a box whose side is 1.
_TICK = "0.14 w 1 J 1 j 0.22 0.5 m 0.42 0.27 l 0.8 0.77 l S"
_DOT = "0.55 w 1 J 0.5 0.5 m 0.5 0.5 l S"
_NOTHING = ""


def make(html: str) -> bytes:
    """Render a sheet to a fillable, tagged PDF; nothing is fetched for it."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    sheet = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))
    file: bytes = sheet.write_pdf(
        pdf_forms=True, pdf_variant="pdf/ua-1", finisher=_make_fields, font_config=_fonts()
    )
    return file


@functools.cache
def _fonts() -> Any:
    """Look for the fonts of the system once; a sheet cannot add any, as nothing is fetched."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _make_fields(document: Any, pdf: PDF) -> None:
    form = _Form(pdf)
    for page in document.pages:
        for inputs in page.forms.values():
            for box, _ in inputs:
                form.add(box.element.attrib, box.widget_annotation)


class _Form:
    """The form of a PDF, and what its fields share."""

    def __init__(self, pdf: PDF) -> None:
        self.pdf = pdf
        self.fields = Array()
        self.groups: dict[str, Dictionary] = {}
        self.off, self.tick, self.dot = map(self._drawing, (_NOTHING, _TICK, _DOT))
        fonts = Dictionary({"Helv": self._added(Dictionary(_HELVETICA))})
        pdf.catalog["AcroForm"] = Dictionary(
            {"Fields": self.fields, "DR": Dictionary({"Font": fonts}), "DA": _TYPED}
        )

    def add(self, element: Mapping[str, str], widget: Dictionary) -> None:
        """Turn a checkbox into the field that the attributes of its element ask for."""
        self._forget(widget)
        kind = element.get("data-field")
        if kind == "choice":
            self._choose(element, widget)
            return
        self.fields.append(widget.reference)
        if kind == "tick":
            widget |= {"FT": "/Btn", "V": "/Off", **self._states("on", self.tick)}
        else:
            widget |= {"FT": "/Tx", "DA": _TYPED, "Ff": _LINES if kind == "lines" else 0}

    def _choose(self, element: Mapping[str, str], widget: Dictionary) -> None:
        """An answer is a kid of its question, and has neither name nor type of its own."""
        name = element["name"]
        if name not in self.groups:
            self.groups[name] = Dictionary({"FT": "/Btn", "Ff": _CHOICE, "V": "/Off"})
            self.groups[name] |= {"T": String(name), "TU": String(element["data-question"])}
            self.groups[name]["Kids"] = Array()
            self.fields.append(self._added(self.groups[name]))
        group = self.groups[name]
        group["Kids"].append(widget.reference)
        del widget["T"]
        widget |= {"Parent": group.reference, **self._states(element["value"], self.dot)}

    def _forget(self, widget: Dictionary) -> None:
        """Take out what makes it a checkbox, and what was to be drawn in it."""
        drawing = int(widget["AP"]["N"]["on"].split()[0])
        empty = Dictionary()
        empty.number = drawing
        self.pdf.objects[drawing] = empty
        for name in ("AP", "AS", "FT", "MK", "V"):
            del widget[name]

    def _states(self, name: str, drawing: bytes) -> dict[str, Any]:
        states = Dictionary({name: drawing, "Off": self.off})
        return {"AP": Dictionary({"N": states}), "AS": "/Off"}

    def _drawing(self, operators: str) -> bytes:
        extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": Array((0, 0, 1, 1))}
        return self._added(Stream([operators], extra))

    def _added(self, part: Object) -> bytes:
        self.pdf.add_object(part)
        reference: bytes = part.reference
        return reference
