"""Asking a sound framework: what belongs to what, the words of the site, the questionnaire.

What the self-scoring page is given (`questionnaire.py`) and the files of answers and ideas that
it writes (`answer_file.py`, `idea_file.py`) are described here, for browser, workbook and schema.

Imports from `definition` only. Nothing here writes a file.
"""
