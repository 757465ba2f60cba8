"""What every cell of every form is called: the meaning of the variables of ``panel``."""

from store.exports.tables import Column, Table, fixed, selected

TABLE = Table(
    name="codebook",
    description="One row a cell of a form: its place, printed labels, unit, and its variable in panel",
    key=("template", "table", "row", "column"),
    of_report=False,
    columns=fixed(
        Column("template", "string", "Form: 2014, 2019 or 2021", required=True),
        Column("position", "integer", "Place in the form, from 1", required=True),
        Column("table", "string", "Table of the form", required=True),
        Column("row", "string", "Row", required=True),
        Column("column", "string", "Column", required=True),
        Column(
            "variable", "string", "Column of panel and panel_states; the same for a cell on every form", required=True
        ),
        Column("unit", "string", "Unit; money is in 万元 (10,000 yuan)"),
        Column("label", "string", "Printed labels: group, row, column"),
        Column("row_label", "string", "Printed label of the row"),
        Column("column_label", "string", "Printed label of the column"),
        Column("legal_basis", "string", "Article of the 政府信息公开条例 that the form names"),
    ),
    rows=selected(
        'SELECT template, position, table_name, "row", "column", variable, unit, label, row_label, column_label,',
        "legal_basis FROM fields ORDER BY template, position",
    ),
)
