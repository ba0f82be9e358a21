"""Parse YAML into data without places, for what is not a part of the definition itself."""

from __future__ import annotations

from typing import Any

import yaml


def parse_yaml(text: str | bytes, loader: Any = yaml.SafeLoader) -> Any:
    """Parse YAML into data.

    Raises yaml.YAMLError for all that cannot be parsed, also for a value that is none: PyYAML lets
    through whatever Python raises for these, such as ValueError for the day 2026-02-30, KeyError
    for `!!bool maybe` and RecursionError for a thousand brackets.
    """
    try:
        return yaml.load(text, loader)  # noqa: S506  # callers pass safe loaders
    except yaml.YAMLError:
        raise
    except RecursionError as error:
        raise yaml.YAMLError("it is nested too deep") from error
    except Exception as error:
        raise yaml.YAMLError(f"a value is none ({error})") from error
