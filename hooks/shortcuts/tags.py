"""HTML in Markdown, whose tags are found faster: by MkDocs for anchors, by Markdown for blocks.

Markdown also asks again and again which tags are blocks, and looks through a list each time; and
MkDocs takes the path in each link to pieces to find its file.

Saves 0.22 s of 4.6 s of the first build of a checkout. Processor time, page by page in turn.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, partial

from markdown import Markdown
from markdown.extensions import Extension, md_in_html
from markdown.preprocessors import Preprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files

from .quick_html import read_html, start_tag
from .shortcut import Shortcut

_END_TAG = re.compile(r"</([a-z][a-z0-9-]*)>", re.ASCII)


class Tags(Shortcut):
    """Give Markdown an extension that finds tags faster, and MkDocs what finds files faster."""

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Add it to those of the settings."""
        config.markdown_extensions.append(TagsExtension())  # type: ignore[arg-type]

    @event_priority(-100)  # after whoever puts others in their place
    def on_files(self, files: Files, **_: object) -> None:
        """Let files be found by a path that is written as theirs without a look at its parts."""
        if type(files) is Files:
            files.get_file_from_path = partial(_find_file, files)  # type: ignore[method-assign]


def _find_file(files: Files, path: str) -> File | None:
    return files.src_uris.get(path) or Files.get_file_from_path(files, path)


class TagsExtension(Extension):
    """Puts others in the place of what looks through HTML, where that is what it was.

    Much of it has no public name. Where that has another name one day, all is as it is without.
    """

    def extendMarkdown(self, md: Markdown) -> None:
        """Register them under the name and with the priority of the others."""
        md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign]
        if type(md.preprocessors["html_block"]) is md_in_html.HtmlBlockPreprocessor:
            md.preprocessors.register(_Blocks(md), "html_block", 20)
        md.preprocessors.register(_BeforeAnchors(md), "before_anchors", 22)


class _BeforeAnchors(Preprocessor):
    """Changes how MkDocs looks for anchors, which it registers only after all extensions."""

    def run(self, lines: list[str]) -> list[str]:
        name, own = "mkdocs_raw_html", self.md.preprocessors
        if name in own and isinstance(anchors := own[name], pages._RawHTMLPreprocessor):
            anchors.run = partial(_find_anchors, anchors)  # type: ignore[method-assign]
        return lines


def _find_anchors(anchors: pages._RawHTMLPreprocessor, lines: list[str]) -> list[str]:
    parser = pages._HTMLHandler()
    read_html(parser, "\n".join(lines))
    anchors.present_anchor_ids = parser.present_anchor_ids
    return lines


class _Blocks(md_in_html.HtmlBlockPreprocessor):
    """Takes blocks of HTML out of Markdown as that itself does."""

    def run(self, lines: list[str]) -> list[str]:
        parser = _Extractor(self.md)
        parser.feed("\n".join(lines))
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class _Extractor(md_in_html.HTMLExtractorExtra):
    """Reads plain tags at once, and asks for the names of blocks once a page."""

    #: The end tag that is being read, if it is a plain one.
    end_tag = ""

    @cached_property
    def has_section(self) -> bool:
        """Whether a CDATA section may begin: in one that does not end, Markdown errs in places."""
        return "<![CDATA[" in self.rawdata

    @cached_property
    def block_level_tags(self) -> set[str]:
        return super().block_level_tags

    @cached_property
    def block_tags(self) -> set[str]:
        return super().block_tags

    @cached_property
    def span_and_blocks_tags(self) -> set[str]:
        return super().span_and_blocks_tags

    def parse_starttag(self, i: int) -> int:
        if (tag := start_tag(self.rawdata, i)) is None:
            return super().parse_starttag(i)
        self._HTMLExtractor__starttag_text = self.rawdata[i : tag.end]
        self.lasttag = tag.name
        self.handle_starttag(tag.name, tag.attributes)
        return tag.end

    def parse_endtag(self, i: int) -> int:
        tag = _END_TAG.match(self.rawdata, i)
        if tag is None or self.cdata_elem or self.has_section:
            return super().parse_endtag(i)
        self.end_tag = tag[0]
        self.handle_endtag(tag[1])
        self.end_tag = ""
        return tag.end()

    def get_endtag_text(self, tag: str) -> str:
        return self.end_tag or super().get_endtag_text(tag)
