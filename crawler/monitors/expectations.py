"""The table of expectations, and judging a night by it."""

from collections.abc import Collection, Iterable, Iterator

from crawler.monitors import Evidence, Expectation, Measured, measures
from crawler.run.night import Night
from store.runs import Alarm

EXPECTATIONS = (
    Expectation("hosts_reached", measures.hosts_reached, "finished", minimum=0.5),
    Expectation("documents_of_host", measures.documents_of_host, "whole", minimum=0.11),
    Expectation("missing_documents", measures.missing_documents, "whole", maximum=0.3),
    Expectation("hosts_of_family", measures.hosts_of_family, "whole", minimum=0.5),
    Expectation("reports_kept", measures.reports_kept, "any", minimum=0.95),
    Expectation("readable_documents", measures.readable_documents, "any", minimum=0.5),
    Expectation("reports_that_add_up", measures.reports_that_add_up, "any", minimum=0.5),
    Expectation("failed_checks", measures.failed_checks, "any", maximum=3.0),
    Expectation("reports_in_season", measures.reports_in_season, "whole", minimum=0.05),
    Expectation("silence_in_season", measures.silence_in_season, "whole", maximum=0.9),
    Expectation("budgets_spent", measures.budgets_spent, "any", maximum=0.0),
)
"""In the order of a digest. The minimum of ``documents_of_host`` lets neither zero nor a tenth pass."""


def alarms(
    evidence: Evidence, accepted: Collection[str] = (), table: Iterable[Expectation] = EXPECTATIONS
) -> tuple[Alarm, ...]:
    """Judge a night; ``accepted`` names expectations (or ``name:subject``) whose errors an operator has looked into.

    These are told as warnings: a site that was rebuilt must not hold back the others' figures for ever.
    """
    return tuple(
        alarm
        for expectation in table
        if _applies(expectation, evidence.night)
        for measured in expectation.measure(evidence)
        for alarm in _judged(expectation, measured, accepted)
    )


def _applies(expectation: Expectation, night: Night) -> bool:
    finished = night.reason == "finished"
    return {"any": True, "finished": finished, "whole": night.is_whole}[expectation.needs]


def _judged(expectation: Expectation, measured: Measured, accepted: Collection[str]) -> Iterator[Alarm]:
    name, value = expectation.name, measured.value
    if expectation.minimum is not None and value < expectation.minimum:
        looked_into = not {name, f"{name}:{measured.subject}"}.isdisjoint(accepted)
        severity = "warning" if looked_into else "error"
        yield Alarm(name, severity, measured.subject, value, expectation.minimum, measured.detail)
    if expectation.maximum is not None and value > expectation.maximum:
        yield Alarm(name, "warning", measured.subject, value, expectation.maximum, measured.detail)
