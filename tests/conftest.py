"""Where the tests' fixtures are; a file has one job."""

import sys
from functools import partial

import memory_folder
import yaml

sys.dont_write_bytecode = False  # what one process has compiled, others take
memory_folder.use()  # before anything makes a temporary file

pytest_plugins = [
    "projects",
    "servers",
    "browsers",
    "engines",
    "programs",
    "builds",
    "scheduling",
    "garbage",
]

# Our definition takes a second and a half to read in Python, and a tenth of that in C.
if yaml.__with_libyaml__:
    yaml.safe_load = partial(yaml.load, Loader=yaml.CSafeLoader)
    yaml.safe_dump = partial(yaml.dump, Dumper=yaml.CSafeDumper)  # type: ignore[assignment]
