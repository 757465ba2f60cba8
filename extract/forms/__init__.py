"""The label-anchored reader of the form: Document -> cells of the template and findings, nothing unaccounted."""

from extract.forms.engine import FormReading, read_form
from extract.forms.plan import read_twice

__all__ = ["FormReading", "read_form", "read_twice"]
