"""What a rationed or paid interface was asked for: counted in the index before it is asked."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.work import SourceWork
from indices.documents import CrawlState
from indices.spending import RATION_MARK, spent_in
from indices.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Ration:
    """So much a day or month for all sources together; a kill or restart forgets nothing.

    The count is changed in the store's one thread, so that two sources never both take the last.
    """

    work: SourceWork
    name: str
    """Whose ration it is, e.g. `x`."""
    period: str
    """What it is counted in, e.g. `2026-11`; with a new one the count begins again."""
    most: int

    async def left(self) -> int:
        """How much may still be taken in this period."""
        spent = await self.work.store_thread.call(self._spent, self.work.store)
        return max(0, self.most - spent)

    async def take(self, amount: int) -> bool:
        """Count what is about to be asked for; False, and nothing counted, when it is too much."""
        return await self.work.store_thread.call(self._change, self.work.store, amount)

    async def give_back(self, amount: int) -> None:
        """What was counted and not used after all."""
        await self.work.store_thread.call(self._change, self.work.store, -amount)

    async def use_up(self) -> None:
        """The interface itself says that nothing is left."""
        await self.take(await self.left())

    def _spent(self, store: Store) -> int:
        return spent_in(store.find_crawl_state(RATION_MARK + self.name), self.period)

    def _change(self, store: Store, amount: int) -> bool:
        spent = self._spent(store) + amount
        if amount > 0 and spent > self.most:
            return False
        values = {"period": self.period, "spent": str(max(0, spent))}
        now = self.work.clock.now()
        store.put_crawl_state(
            CrawlState(source_id=RATION_MARK + self.name, values=values, updated_at=now)
        )
        return True
