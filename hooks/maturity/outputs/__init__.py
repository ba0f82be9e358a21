"""A framework in other forms than pages: JSON, CSV, XLSX, fillable PDF, images, the brand's colors.

Each module takes a framework (or the HTML of a sheet) and returns text or bytes; where that is
written is for `site` to say. What spreadsheets look like and compute is `workbook/`.

Imports from `definition`, `framework` and `versions`, never from `pages`.
"""
