"""Where the tests' fixtures are; a file has one job."""

from functools import partial

import yaml

pytest_plugins = [
    "projects",
    "servers",
    "browsers",
    "engines",
    "programs",
    "builds",
    "scheduling",
]

# Our definition takes a second and a half to read in Python, and a tenth of that in C.
if yaml.__with_libyaml__:
    yaml.safe_load = partial(yaml.load, Loader=yaml.CSafeLoader)
    yaml.safe_dump = partial(yaml.dump, Dumper=yaml.CSafeDumper)  # type: ignore[assignment]
