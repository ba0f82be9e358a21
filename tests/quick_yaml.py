"""Has tests read and write YAML in C: our definition takes a second and a half to read in Python,
and a tenth of that in C. Imported for that alone, before anything reads YAML.
"""

from functools import partial

import yaml

if yaml.__with_libyaml__:
    yaml.safe_load = partial(yaml.load, Loader=yaml.CSafeLoader)
    yaml.safe_dump = partial(yaml.dump, Dumper=yaml.CSafeDumper)  # type: ignore[assignment]
