"""Where the tests' fixtures are; a file has one job."""

import sys

import memory_folder
import quick_yaml  # noqa: F401

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
