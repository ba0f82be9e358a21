"""The site as plain MkDocs with plain Material would build it, from Markdown that is there.

What our hook makes of the definition is written out beforehand: every page, the navigation, the
data files. Nothing of ours is at work in the build then: no hook, no override of the theme.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from maturity.site import generate, nav
from maturity.site.files import hand_written_files, site_files, write_files
from maturity.site.settings import Settings
from mkdocs.utils.yaml import yaml_load


def write(project: Path, folder: Path) -> Path:
    """Write the site of a project into `folder`; return the folder with its Markdown."""
    content = project / "content"
    settings = Settings(project / "framework.yaml", project / "overrides", content)
    written = hand_written_files(content)
    site = generate.generate(settings, written)
    contents = site_files(site, written)
    write_files({folder / "content" / path: data for path, data in contents.items()})
    # Titles are marked as HTML, which only plain text can be written as YAML.
    config = json.loads(json.dumps(_config(project, site)))
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    return folder / "content"


def _config(project: Path, site: generate.Site) -> dict[str, Any]:
    """Return our settings of MkDocs and of the theme, less whatever is ours."""
    file = project / "mkdocs.yml"
    with file.open("rb") as text:
        config: dict[str, Any] = yaml_load(text)
    config["site_name"] = str(site.framework.framework.title)
    config["nav"] = nav.expand(config["nav"], site, file)
    config["plugins"] = ["search"]
    config["strict"] = False  # pages of former addresses are in no nav
    config["theme"] = {key: value for key, value in config["theme"].items() if key != "custom_dir"}
    return {key: value for key, value in config.items() if key not in ("hooks", "watch", "extra")}
