"""The workbook: the questions as a spreadsheet whose formulas compute the result."""

from .sheets import workbook

__all__ = ["workbook"]
