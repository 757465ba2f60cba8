"""XLSX: workbooks of Office Open XML."""
