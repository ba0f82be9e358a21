"""The site as plain MkDocs with plain Material would build it, from Markdown that is there.

What our hook makes of the definition is written out beforehand: every page, the navigation, the
data files. Nothing of ours is at work in the build then: no hook, no override of the theme.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from maturity.site import authored, nav
from maturity.site import generate as site
from maturity.site.generate import Settings
from mkdocs.utils.yaml import yaml_load


def write(project: Path, folder: Path) -> Path:
    """Write the site of a project out into a folder; gives that of the Markdown."""
    content = project / "content"
    settings = Settings(project / "framework.yaml", project / "overrides", content)
    written = {
        path.relative_to(content).as_posix(): path
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }
    made = site.generate(settings, written)
    contents: dict[str, str | bytes] = {path: file.read_bytes() for path, file in written.items()}
    contents |= {
        output.path: output.content for output in made.outputs if output.path not in written
    }
    contents |= authored.render(made, written)
    for path, data in contents.items():
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    # Titles are marked as HTML, which only plain text can be written as YAML.
    config = json.loads(json.dumps(_config(project, made)))
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    return folder / "content"


def _config(project: Path, made: site.Site) -> dict[str, Any]:
    """Our settings of MkDocs and of the theme, less whatever is ours."""
    file = project / "mkdocs.yml"
    with file.open("rb") as text:
        config: dict[str, Any] = yaml_load(text)
    config["site_name"] = str(made.framework.framework.title)
    config["nav"] = nav.expand(config["nav"], made, file)
    config["plugins"] = ["search"]
    config["strict"] = False  # pages of former addresses are in no nav
    config["theme"] = {key: value for key, value in config["theme"].items() if key != "custom_dir"}
    return {key: value for key, value in config.items() if key not in ("hooks", "watch", "extra")}
