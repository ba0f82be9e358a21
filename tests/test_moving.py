"""The page "When Material ends": its commands build the same site with other generators."""

from __future__ import annotations
