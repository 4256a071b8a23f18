"""What people said of pairs of posts: the same claim, or another. Groups obey it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from indices.documents import GroupRuling


@dataclass(frozen=True, slots=True)
class Rulings:
    """All that holds now; of two rulings on one pair the later one."""

    together: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By post: the posts that a person put with it, directly or through others."""
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By post: the posts that a person said tell another claim."""

    @classmethod
    def of(cls, rulings: Iterable[GroupRuling]) -> Rulings:
        """The latest word on each pair; "apart" is stronger than what only follows from others."""
        latest = latest_rulings(rulings)
        same = [pair for pair, ruling in latest.items() if ruling.same_claim is True]
        other = [pair for pair, ruling in latest.items() if ruling.same_claim is False]
        return cls(_closed(same), _mapped(other))

    def together_with(self, post_id: str) -> list[str]:
        """Posts that must be in one group with this one."""
        apart = self.apart.get(post_id, frozenset())
        return sorted(self.together.get(post_id, frozenset()) - apart)

    def keeps_apart(self, post_id: str, others: Iterable[str]) -> bool:
        """Whether a person said that the post tells another claim than one of these."""
        apart = self.apart.get(post_id, frozenset())
        return not apart.isdisjoint(others)

    def names(self, post_id: str) -> bool:
        """Whether a person said anything of this post."""
        return post_id in self.together or post_id in self.apart


NO_RULINGS = Rulings()


def latest_rulings(rulings: Iterable[GroupRuling]) -> dict[tuple[str, str], GroupRuling]:
    """The last word on each pair, the oldest pair first."""
    ordered = sorted(rulings, key=lambda ruling: (ruling.ruled_at, ruling.id))
    return {ruling.pair: ruling for ruling in ordered}


def _mapped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {key: frozenset(others) for key, others in found.items()}


def _closed(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Of each post all those that chains of pairs lead to."""
    sets: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = sets.get(one, {one}) | sets.get(other, {other})
        sets |= dict.fromkeys(joined, joined)
    return {key: frozenset(joined - {key}) for key, joined in sets.items()}
