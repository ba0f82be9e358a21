"""Files of answers and what they come to: one, as the page says it, and many side by side.

The self-scoring page computes the same in the browser (`content/assets/assessment/`); the tests
hold both to the same cases, and to sittings drawn at random.

Imports from `definition` and `framework`. Nothing here writes a file.
"""
