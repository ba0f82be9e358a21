"""Every absolute address that is published leads to a file of the site, wherever it lies."""

from __future__ import annotations

import gzip
import re
import shutil
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

import pytest
from htmltree import Element, page
from maturity.site.settings import Settings, published_at
from projects import ROOT, copy_project
from pypdf import PdfReader

#: What SITE_URL and CANONICAL_VERSION say, and what the addresses of all pages begin with.
PLACES = [
    ("https://baker.example/handbook/", "", "https://baker.example/handbook/"),
    ("https://baker.example/handbook", "latest", "https://baker.example/handbook/latest/"),
    ("https://baker.example/handbook/", "1.2.0", "https://baker.example/handbook/1.2.0/"),
    ("https://baker.example", "latest", "https://baker.example/latest/"),
]


@dataclass(frozen=True)
class Published:
    """A built site, and the address at which readers find it."""

    folder: Path
    home: str

    def file(self, address: str) -> Path:
        """The file that a server gives for an address of the site."""
        path = address.split("#")[0].removeprefix(self.home)
        return self.folder / (f"{path}index.html" if path.endswith("/") or not path else path)

    @cached_property
    def pages(self) -> dict[str, Element]:
        """Every page but that for missing addresses, by the address at which it lies."""
        files = sorted(self.folder.rglob("index.html"))
        names = [file.parent.relative_to(self.folder).as_posix() for file in files]
        addresses = [self.home if name == "." else f"{self.home}{name}/" for name in names]
        return {address: page(file) for address, file in zip(addresses, files, strict=True)}


#: What `mike deploy` says of the version that it builds, and what its plugin makes of that.
MIKE = {"MIKE_DOCS_VERSION": "1.2.0"}
BUILDS = [
    *(
        ({"SITE_URL": address, "CANONICAL_VERSION": version}, home)
        for address, version, home in PLACES
    ),
    ({"SITE_URL": PLACES[0][0], **MIKE}, PLACES[2][2]),
    ({"SITE_URL": PLACES[0][0], "CANONICAL_VERSION": "latest", **MIKE}, PLACES[1][2]),
]


@pytest.fixture(scope="module", params=BUILDS, ids=lambda build: "-".join(build[0].values()))
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Published:
    """The small framework, built for one of the places as `make publish` or mike builds it."""
    environment, home = request.param
    project = copy_project(tmp_path_factory.mktemp("place") / "project")
    shutil.copy(ROOT / "tests" / "small.yaml", project.root / "framework.yaml")
    purpose = "purpose: Find out which bread people like, for the [baker](role:baker)"
    project.replace("framework.yaml", "purpose: Find out which bread people like", purpose)
    project.write("site.yml", "INHERIT: mkdocs.yml\nplugins: [search, mike]\n")
    result = project.build("site.yml", VERSION_PROVIDER="mike", PDF="true", **environment)
    assert result.code == 0, result.output
    return Published(project.site, home)


def metas(document: Element) -> dict[str, str]:
    """What the head of a page says, by name or property."""
    return {
        meta.attributes.get("property", meta.attributes.get("name", "")): meta.attributes["content"]
        for meta in document.all("meta")
        if "content" in meta.attributes
    }


def test_whatever_address_of_the_site_stands_in_a_file_leads_to_a_file(
    published: Published,
) -> None:
    wrong = set()
    for file in published.folder.rglob("*"):
        if file.suffix in (".html", ".xml", ".json", ".js", ".css", ".csv", ".txt"):
            text = file.read_text(encoding="utf-8")
            for address in re.findall(r"""https://baker\.example[^\s"'<>)&]*""", text):
                if not address.startswith(published.home) or not published.file(address).is_file():
                    wrong.add((file.relative_to(published.folder).as_posix(), address))
    assert wrong == set()


def test_a_page_names_its_own_address(published: Published) -> None:
    for address, document in published.pages.items():
        canonical = [
            link.attributes["href"]
            for link in document.all("link")
            if link.attributes.get("rel") == "canonical"
        ]
        assert canonical == [address]
        assert metas(document)["og:url"] == address
        assert document.first("span", "mp-foot__address").words == address


def test_the_image_of_a_shared_link_is_there(published: Published) -> None:
    images = {address: metas(document)["og:image"] for address, document in published.pages.items()}
    share = f"{published.home}assets/share/"
    assert images[published.home] == f"{share}site.png"
    assert images[f"{published.home}levels/first-oven/"] == f"{share}first-oven.png"
    practice = "practices/share-recipes"
    assert images[f"{published.home}{practice}/"] == f"{share}{practice}.png"
    assert [image for image in images.values() if not published.file(image).is_file()] == []


def test_search_engines_are_given_every_page(published: Published) -> None:
    packed = gzip.decompress((published.folder / "sitemap.xml.gz").read_bytes()).decode()
    for text in ((published.folder / "sitemap.xml").read_text(encoding="utf-8"), packed):
        assert set(re.findall(r"<loc>(.*?)</loc>", text)) == published.pages.keys()


def test_the_page_for_missing_addresses_leads_back_from_anywhere(published: Published) -> None:
    lost = page(published.folder / "404.html")
    addresses = {
        urljoin(published.home, element.attributes[name])
        for element in lost.all()
        for name in ("href", "src")
        if re.match(r"/(?!/)", element.attributes.get(name, ""))
    }
    assert {published.home, f"{published.home}levels/"} <= addresses
    assert [a for a in addresses if not a.startswith(published.home)] == []
    assert [a for a in addresses if not published.file(a).is_file()] == []


def test_the_way_to_the_latest_version_leads_beside_this_one(published: Published) -> None:
    for address, document in published.pages.items():
        folder = address.removeprefix(published.home)
        (link,) = document.first("p", "mp-outdated").all("a")
        up = "../" * (folder.count("/") + 1)
        assert re.sub(r"(?<!\.)\./", "", link.attributes["href"]) == f"{up}latest/{folder}"


def test_a_pdf_says_where_it_comes_from_and_leads_there(published: Published) -> None:
    sheets = sorted((published.folder / "data").rglob("*.pdf"))
    links = set()
    for file in sheets:
        name = file.relative_to(published.folder / "data").with_suffix("").as_posix()
        for sheet in PdfReader(file).pages:
            assert f"{published.home}{name}/" in re.sub(r"\s", "", sheet.extract_text())
            for note in sheet.get("/Annots", []):
                links.add(note.get_object().get("/A", {}).get("/URI"))
    assert links - {None} == {f"{published.home}roles/baker/"}


@pytest.mark.parametrize(("address", "version", "home"), [*PLACES, ("", "", ""), ("", "1.0.0", "")])
def test_a_version_lies_in_a_folder_of_the_site(address: str, version: str, home: str) -> None:
    assert published_at(address, version) == home


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("http://localhost", ""),
        ("http://localhost:8000/", ""),
        ("http://127.0.0.1:8000/book/", ""),
        ("http://[::1]:8000/", ""),
        ("http://0.0.0.0:8000/", ""),
        ("https://localhost.baker.example/book", "https://localhost.baker.example/book/"),
        ("https://baker.example", "https://baker.example/"),
    ],
)
def test_what_only_this_machine_finds_is_no_address_for_others(address: str, public: str) -> None:
    settings = Settings(ROOT / "framework.yaml", ROOT / "overrides", ROOT / "content")
    assert replace(settings, address=address).public_address == public
