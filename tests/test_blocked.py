"""What the policy of a site will block is a problem at its place, with the lines that let it in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from maturity.site.security_policy import allows
from test_silence import SMALL, report

E = "https://e.org"


def page(text: str) -> dict[str, str]:
    return {"content/own/a.md": f"# A\n\n{text}\n"}


def style(text: str) -> dict[str, str]:
    return {"content/own/a.css": f"{text}\n"}


def site(lines: str) -> dict[str, str]:
    return {"site.yml": f"INHERIT: mkdocs.yml\n{lines}\n"}


def definition(text: str) -> dict[str, str]:
    return {"framework.yaml": SMALL.replace("Taste comes first.", text)}


#: What somebody wrote, where it stands, and what the policy has to be given.
CASES = [
    (page(f"![x]({E}/a.png)"), "content/own/a.md:3:6", {"img-src": [E]}),
    (page(f"![x][1]\n\n[1]: {E}/a.png"), "content/own/a.md:5:6", {"img-src": [E]}),
    (page(f'<img src="{E}/a.png">'), "content/own/a.md:3:11", {"img-src": [E]}),
    (page('<img src="//e.org/a.png">'), "content/own/a.md:3:11", {"img-src": [E]}),
    (page('<img src="http://e.org/a">'), "content/own/a.md:3:11", {"img-src": ["http://e.org"]}),
    (page(f'<img srcset="../a.png 1x, {E}/b.png 2x">'), "content/own/a.md:3:27", {"img-src": [E]}),
    (page(f'<p style="background: url({E}/a)">x</p>'), "content/own/a.md:3:27", {"img-src": [E]}),
    (page(f'<iframe src="{E}/f">'), "content/own/a.md:3:14", {"frame-src": [E]}),
    (page('<iframe src="../b/">'), "content/own/a.md:3:14", {"frame-src": ["'self'"]}),
    (page('<embed src="../a.svg">'), "content/own/a.md:3:13", {"object-src": ["'self'"]}),
    (page('<object data="../a.svg">'), "content/own/a.md:3:15", {"object-src": ["'self'"]}),
    (page(f'<form action="{E}/s"><button>x</button></form>'), "content/own/a.md:3:15",
     {"form-action": [E]}),
    (page(f'<video src="{E}/v"></video>'), "content/own/a.md:3:13", {"media-src": [E]}),
    (page(f'<link rel="stylesheet" href="{E}/s">'), "content/own/a.md:3:30", {"style-src": [E]}),
    (page("```mermaid\ngraph LR\n```"), "content/own/a.md:1:1",
     {"script-src": ["https://unpkg.com"]}),
    (style(f"a {{ background: url('{E}/a.png') }}"), "content/own/a.css:1:22", {"img-src": [E]}),
    (style(f"@import '{E}/a.css';"), "content/own/a.css:1:10", {"style-src": [E]}),
    (style(f"@import url({E}/a.css);"), "content/own/a.css:1:13", {"style-src": [E]}),
    (style(f"@font-face {{ src: url({E}/a.woff2) }}"), "content/own/a.css:1:23", {"font-src": [E]}),
    (style("@font-face { src: url(data:font/woff2;base64,AA) }"), "content/own/a.css:1:23",
     {"font-src": ["data:"]}),
    ({"snippets/practices.after.md": f"![x]({E}/a.png)\n"}, "snippets/practices.after.md:1:6",
     {"img-src": [E]}),
    (definition(f'"See ![x]({E}/a.png)"'), "framework.yaml:27:24", {"img-src": [E]}),
    (site(f"extra_javascript: [{E}/a.js]"), "site.yml:2:20", {"script-src": [E]}),
    (site(f"extra_css:\n  - {E}/a.css"), "site.yml:3:5", {"style-src": [E]}),
    (site(f"theme: {{logo: {E}/a.svg}}"), "site.yml:2:9", {"img-src": [E]}),
    (site("theme: {font: {text: Roboto}}"), "site.yml:2:9",
     {"style-src": ["https://fonts.googleapis.com"], "font-src": ["https://fonts.gstatic.com"]}),
    (site("extra: {analytics: {provider: google, property: G-1}}"), "site.yml:2:9",
     {"script-src": ["https://www.googletagmanager.com"],
      "connect-src": ["https://*.google-analytics.com"]}),
]  # fmt: skip


@pytest.mark.parametrize(("files", "place", "sources"), CASES)
def test_what_the_policy_blocks_is_named_with_the_lines_that_let_it_in(
    files: dict[str, str], place: str, sources: dict[str, list[str]], tmp_path: Path
) -> None:
    base = {"mkdocs.yml": "site_url: https://here.org/a/\n"}
    said = report(tmp_path, base | files)
    assert said.startswith(f"{place}: "), said
    assert "browsers will not load " in said.split("\n")[0]
    lines = said[said.index("\n  extra:\n") : said.rindex("\n")]
    assert yaml.safe_load(lines) == {"extra": {"maturity": {"policy": sources}}}
    # With these lines it is let in.
    own = yaml.safe_load(files.get("site.yml", "INHERIT: mkdocs.yml\n"))
    own["extra"] = own.get("extra", {}) | {"maturity": {"policy": sources}}
    assert report(tmp_path, base | files | {"site.yml": yaml.safe_dump(own)}) == ""


def test_without_a_policy_everything_is_let_in(tmp_path: Path) -> None:
    """Pages and style sheets all at once; of what there is but one, each alone."""
    together: dict[str, str] = {}
    alone = []
    for number, (files, _, _) in enumerate(CASES):
        for name, text in files.items():
            if name.startswith("content/own/a."):
                together[name.replace("/a.", f"/{number}.")] = text
            else:
                alone.append({name: text})
    assert len(together) > 15
    for number, files in enumerate([together, *alone]):
        own = yaml.safe_load(files.get("site.yml", "INHERIT: mkdocs.yml\n"))
        own["extra"] = own.get("extra", {}) | {"maturity": {"policy": False}}
        base = {"mkdocs.yml": "site_url: https://here.org/a/\n"}
        said = report(tmp_path / str(number), base | files | {"site.yml": yaml.safe_dump(own)})
        assert said == "", files


def test_what_is_of_the_site_or_is_only_a_link_is_let_in(tmp_path: Path) -> None:
    text = (
        f"[x]({E}) <{E}> `<img src={E}/a.png>` <a href='{E}'>x</a> ![x](https://here.org/a/b.png)\n"
        f"<img src='data:image/png;base64,AA'>\n\n```html\n<iframe src='{E}'></iframe>\n```\n"
    )
    files = {"mkdocs.yml": "site_url: https://here.org/a/\n", **page(text)}
    assert report(tmp_path, files | style(f"/* url({E}/a.png) */ a {{ color: red }}")) == ""


def test_a_source_of_a_policy_lets_in_what_browsers_say() -> None:
    for source, address, is_let_in in [
        ("https://e.org", "https://e.org/a.js", True),
        ("https://e.org", "http://e.org/a.js", False),
        ("http://e.org", "https://e.org/a.js", True),
        ("e.org", "https://e.org/a.js", True),
        ("https://e.org", "https://sub.e.org/a.js", False),
        ("https://*.e.org", "https://sub.e.org/a.js", True),
        ("https://*.e.org", "https://e.org/a.js", False),
        ("https://e.org/a/", "https://e.org/a/b.js", True),
        ("https://e.org/a/", "https://e.org/b.js", False),
        ("https://e.org/a.js", "https://e.org/a.js", True),
        ("https:", "https://e.org/a.js", True),
        ("*", "https://e.org/a.js", True),
        ("'none'", "https://e.org/a.js", False),
        ("https://e.org:8443", "https://e.org/a.js", False),
    ]:
        assert allows("script-src", address, {"script-src": (source,)}) is is_let_in, source
