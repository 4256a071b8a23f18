"""The nightly job: groups that got a post of late are looked at again, each change put down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

import numpy as np

from classifier.artefact import load_artefact
from classifier.grouping.assigning import spread_evenly
from classifier.grouping.jobs import groups_lock, place_posts
from classifier.grouping.learning import taught_scorer
from classifier.grouping.mending import (
    MOST_LOOKED_AT,
    Group,
    find_leavers,
    link_of,
    may_merge,
    regroup,
)
from classifier.grouping.pairs import PairScorer, load_pair_scorer
from classifier.grouping.placing import NEIGHBOURS, read_views
from classifier.installing import in_use
from indices.claim_groups.moving import MACHINE, build_change, carry_out, new_group_id
from indices.claim_groups.rulings import Rulings
from indices.documents import GroupChangeKind, GroupMember
from indices.jobs import JobContext, JobReport
from indices.locks import exclusive
from indices.queries import PostQuery

LOOKED_BACK = timedelta(days=7)
BATCH = 500


def groups(context: JobContext) -> JobReport:
    """Place what is left over, then split and merge; the same again changes nothing.

    Raises:
        AlreadyRunningError: another process changes groups of this installation.
    """
    counts = place_posts(context)
    scorer = load_pair_scorer(load_artefact(in_use(context.settings).model))
    with exclusive(groups_lock(context), "mending claim groups"):
        context.store.refresh()
        taught = taught_scorer(scorer, context.store)
        night = Night(context, taught, Rulings.of(context.store.iter_group_rulings()))
        counts |= {"split": night.split(), "merged": night.merge()}
    context.store.refresh()
    return JobReport(job="groups", counts=counts)


class Night:
    """One second look at the groups that got a post of late."""

    def __init__(self, context: JobContext, scorer: PairScorer, rulings: Rulings) -> None:
        self._context, self._store = context, context.store
        self._scorer, self._rulings = scorer, rulings
        self._group_ids = self._recent_groups()

    def split(self) -> int:
        """Let members go that do not fit; how many groups they began."""
        begun = 0
        for group in self._read(self._group_ids):
            leavers = find_leavers(group, self._scorer, self._rulings)
            for part in regroup(leavers, group, self._scorer, self._rulings):
                self._move(part, self._begin(part, group), GroupChangeKind.SPLIT, _SPLIT)
                begun += 1
        if begun:
            self._store.refresh()
        return begun

    def merge(self) -> int:
        """Join groups that tell one claim, each once a night; how many went into another."""
        merged: set[str] = set()
        for group in self._read(self._group_ids):
            if group.id in merged:
                continue
            near = self._near(group) - merged
            linked = [
                (link, pair)
                for other in self._read(near)
                if (link := link_of(group, other, self._scorer)) >= self._scorer.join_threshold
                and (pair := may_merge(group, other, self._rulings))
            ]
            if linked:
                link, (goes, stays) = max(linked, key=lambda found: found[0])
                members = list(self._store.iter_members(goes.id))
                reason = _MERGED.format(percent=round(100 * link))
                self._move(members, stays.id, GroupChangeKind.MERGED, reason)
                merged |= {goes.id, stays.id}
        return len(merged) // 2

    def _recent_groups(self) -> list[str]:
        query = PostQuery(collected_from=self._context.now - LOOKED_BACK)
        recent = (record.post.id for record in self._store.iter_records(query))
        found = {
            member.group_id: None
            for batch in _batches(recent)
            for member in self._store.find_members(batch).values()
        }
        return list(found)

    def _read(self, group_ids: Iterable[str]) -> Iterator[Group]:
        for group_id in group_ids:
            members = list(self._store.iter_members(group_id))
            kept = {member.post_id for member in members if member.by_person}
            kept |= set(spread_evenly([m.post_id for m in members], MOST_LOOKED_AT))
            shown = [member for member in members if member.post_id in kept]
            views = read_views(self._store, [member.post_id for member in shown], self._scorer)
            shown = [member for member in shown if member.post_id in views]
            if shown:
                ordered = {member.post_id: views[member.post_id] for member in shown}
                yield Group(group_id, len(members), shown, ordered)

    def _near(self, group: Group) -> set[str]:
        """Groups of posts that lie near some of the members."""
        chosen = [group.views[key].vector for key in spread_evenly(list(group.views))]
        vectors = np.array([vector for vector in chosen if len(vector)], np.float32)
        nearest = self._store.find_nearest(vectors, limit=NEIGHBOURS) if len(vectors) else []
        keys = {neighbour.post_id for found in nearest for neighbour in found}
        members = self._store.find_members(list(keys)).values()
        return {member.group_id for member in members} - {group.id}

    def _begin(self, part: list[GroupMember], group: Group) -> str:
        first = self._store.find_records([part[0].post_id])[part[0].post_id].post
        own = new_group_id(first)
        return own if own != group.id else new_group_id(first, self._context.now.isoformat())

    def _move(
        self, members: list[GroupMember], to_group: str, kind: GroupChangeKind, reason: str
    ) -> None:
        now = self._context.now
        change = build_change(members, to_group, kind, by=MACHINE, at=now, reason=reason)
        carry_out(self._store, change)


_SPLIT = "Tidak cukup mirip dengan unggahan lain di kelompoknya."
_MERGED = "Kedua kelompok menceritakan klaim yang sama (peluang rata-rata {percent} %)."


def _batches(ids: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for key in ids:
        batch.append(key)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
