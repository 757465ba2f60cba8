"""An answer of a server, judged: what it is by a looker, which bytes it brought, and whether they are known."""

from scrapy.http import Response

from crawler.answer.lookout import Lookout
from crawler.answer.sight import Asked
from crawler.manners.certificates import UNVERIFIED
from crawler.manners.politeness import headers_of
from crawler.run.desk import Desk
from crawler.run.turns import Turns
from crawler.walk.answers import Answer, header, url_of
from crawler.walk.lead import Lead
from store.records import Known


class Judge:
    """Judges the answers of one night."""

    def __init__(self, desk: Desk, lookout: Lookout, turns: Turns) -> None:
        self._desk, self._lookout, self._turns = desk, lookout, turns

    async def judge(self, response: Response, lead: Lead, known: Known | None) -> Answer | None:
        """Say what an answer is, with the kept bytes after a 304; ``None`` when these are lost."""
        body = response.body
        if response.status == 304:
            kept = await self._desk.body(known.sha256) if known is not None else None
            if kept is None:
                return None
            body = kept
        status = 200 if response.status == 304 else response.status
        asked = Asked(status, url_of(response), lead.asked, headers_of(response), lead.kind == "next")
        sight = await self._lookout.look(body, asked, can_wait=lead.kind in {"report", "attachment"})
        digest = await self._desk.digest(body)
        return Answer(
            url=url_of(response),
            status=response.status,
            body=body,
            digest=digest,
            sight=sight,
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            unchanged=known is not None and digest == known.sha256,
            before=known.sha256 if known is not None and digest != known.sha256 else "",
            note=UNVERIFIED if UNVERIFIED in response.flags else self._turns.absence(lead, sight.verdict.outcome),
        )
