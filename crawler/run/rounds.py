"""The reports and files that are left for a later night, and what they still lead to."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import replace

from crawler.answer.lookout import Lookout
from crawler.answer.sight import Asked
from crawler.items import Link
from crawler.run.desk import Desk
from crawler.run.memory import NOTHING, Memory
from crawler.run.night import Night
from crawler.run.turns import Turns
from crawler.walk.answers import Answer, errand_of, errands_of, is_errand, kept_as, leads_on
from crawler.walk.errands import Errands, page_of
from crawler.walk.lead import Lead
from crawler.walk.lists import Lists
from crawler.walk.unlisted import Unlisted
from store.records import Known

_DIGITS = re.compile(r"\d+")


class Rounds:
    """Decides of each lead whether it is left, and has the store know which pages still lead to something."""

    def __init__(self, desk: Desk, turns: Turns, night: Night, lists: Lists, lookout: Lookout) -> None:
        self._desk, self._turns, self._night, self._lists, self._lookout = desk, turns, night, lists, lookout
        self._errands = Errands()
        self._rewritten: set[str] = set()
        self._dropped: set[str] = set()

    async def due(self, lead: Lead, memory: Memory, beside_news: bool) -> Memory | None:
        """Give what a lead is asked for with; ``None`` when it is left for a later night, which is noted: it is not
        there, or it rests. What rests and whose kept bytes are lost or altered is asked for as if nothing were known."""
        if self._turns.is_given_up(lead, memory):
            self._night.gone += 1
            self._lists.settle(lead, "")
        elif not self._turns.rests(lead, memory, beside_news or lead.parent_url in self._rewritten):
            return memory
        elif not await self._is_kept(memory):
            return NOTHING
        else:
            self._night.note_resting(lead)
            self._lists.settle(lead, memory.kept)
        await self.done(*errands_of(lead))
        return None

    async def unlisted(self, unlisted: Unlisted) -> list[tuple[Lead, Known | None]]:
        """Give those of what no list of tonight shows that are asked for, in their turns and where their list showed them
        the last time, with what they are asked for with. They count for nothing that was found."""
        for page, lead in unlisted.gone_lists():
            unlisted.expect(page, lead, await self._desk.listed_on(page))
        leads = unlisted.left()
        memories = await self._desk.recall(kept_as(lead.link) for lead in leads)
        due = []
        for lead in leads:
            memory = memories.get(kept_as(lead.link), NOTHING)
            if self._is_late(lead, memory, unlisted):
                due.append((replace(lead, absence=memory.absence), memory.known))
        return due

    def _is_late(self, lead: Lead, memory: Memory, unlisted: Unlisted) -> bool:
        """Tell whether something that no list shows is asked for; what is only not among the first is held back."""
        if self._turns.is_given_up(lead, memory):
            return False
        dropped = kept_as(lead.link) in self._dropped
        at_once = dropped and unlisted.is_sampled(lead)
        rests = self._turns.rests(lead, memory, at_once)
        if rests and dropped and not at_once:
            unlisted.hold(lead)
        return not rests

    async def _is_kept(self, memory: Memory) -> bool:
        """Tell whether the bytes of what rests are as they were; those that are needed tonight, in any case."""
        if memory.is_unsettled:
            return await self._desk.body(memory.kept) is not None
        return await self._desk.is_sound(memory.kept, self._turns.today)

    async def kept(self, lead: Lead, memory: Memory) -> Answer | None:
        """Look at the kept bytes of a page that is left while it still leads to something: no request is due. Of one
        that is given up they may be lost; then ``None``."""
        body = await self._desk.body(memory.kept)
        if body is None:
            return None
        sight = await self._lookout.look(body, Asked(200, memory.place, lead.asked, {}), can_wait=True)
        await self.done(page_of(memory.place))
        return Answer(memory.place, 200, body, memory.kept, sight, "", "", unchanged=True)

    async def begin(self, answer: Answer, lead: Lead, onward: Iterable[Lead]) -> None:
        """Take note of what a page leads to, if it is one that may rest; of a list, whether it shows its rows otherwise
        than the last time."""
        owed = (errand_of(other) for other in onward if is_errand(other.link))
        if leads_on(answer, lead):
            if self._errands.begin(answer.url, owed):
                await self._desk.settle(answer.url)
        elif answer.before and (body := await self._desk.body(answer.before)) is not None:
            asked = Asked(200, answer.url, lead.asked, {}, lead.kind == "next")
            before = (await self._lookout.look(body, asked)).links
            self._dropped |= {kept_as(link) for link in before} - {kept_as(link) for link in answer.sight.links}
            if are_rewritten(before, answer.sight.links):
                self._rewritten.add(answer.url)

    async def leave_to_others(self, leads: Iterable[Lead]) -> None:
        """Note of leads that were asked for before tonight that redirects to them brought nothing of their own."""
        await self.done(*(errand_of(lead) for lead in leads if lead.redirects))

    async def done(self, *errands: Hashable) -> None:
        """Note what was had and is on disk, or need not be had; a page that leads to nothing else may rest."""
        for page in self._errands.done(*errands):
            await self._desk.settle(page)


def are_rewritten(before: Iterable[Link], now: Iterable[Link]) -> bool:
    """Tell whether some rows of a list have other words or another day than the last time: somebody has worked on them.

    Where more than half of them have, the page was rebuilt, or shows what differs every night. Digits do not count: they
    may be those of a counter.
    """
    shown = {link.url: _words(link) for link in before if is_errand(link)}
    same = [shown[link.url] == _words(link) for link in now if link.url in shown]
    return 0 < same.count(False) <= len(same) / 2


def _words(link: Link) -> tuple[str, str]:
    return _DIGITS.sub("", link.text), link.listed_on
