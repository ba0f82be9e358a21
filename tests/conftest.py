"""Where the tests' fixtures are; a file has one job."""

pytest_plugins = [
    "projects",
    "servers",
    "browsers",
    "engines",
    "programs",
    "builds",
    "scheduling",
]
