"""XLS: workbooks of BIFF 2 to 8."""
