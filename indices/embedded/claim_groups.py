"""Which claim each post tells, what people ruled and how groups changed, in the embedded store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from indices.codec import document_from_json
from indices.documents import GroupChange, GroupMember, GroupRuling, Post
from indices.embedded.counts import BATCH, count_by_group
from indices.embedded.rows import batches, body_of, microseconds, numbers_of, places, writable
from indices.embedded.search import Search
from indices.embedded.waiting import iter_waiting, waiting
from indices.queries import Neighbour
from indices.store import FloatArray

_UNPLACED = waiting(
    "JOIN assessments USING (number) LEFT JOIN group_members USING (number)",
    "assessments.text_hash = posts.text_hash"
    " AND (group_members.number IS NULL OR group_members.text_hash <> posts.text_hash)",
)


class ClaimGroups(Search):
    """The claim groups' part of the store."""

    def iter_unplaced(self, *, limit: int | None = None) -> Iterator[Post]:
        """Assessed posts whose present text is in no group yet; oldest first."""
        return iter_waiting(self._database, _UNPLACED, limit)

    def put_members(self, members: Sequence[GroupMember]) -> None:
        """Write or replace, by post; those of unknown posts are left out."""
        for batch in batches([writable(member) for member in members], BATCH):
            with self._database.writing() as connection:
                numbers = numbers_of(connection, [member.post_id for member in batch])
                known = [member for member in batch if member.post_id in numbers]
                connection.executemany(
                    "INSERT OR REPLACE INTO group_members VALUES (?, ?, ?, ?)",
                    [(numbers[m.post_id], m.text_hash, m.group_id, body_of(m)) for m in known],
                )

    def find_members(self, post_ids: Sequence[str]) -> dict[str, GroupMember]:
        """By post id, for those that were placed."""
        found: dict[str, GroupMember] = {}
        for batch in batches(dict.fromkeys(post_ids), BATCH):
            sql = f"""
                SELECT posts.id, group_members.body FROM group_members JOIN posts USING (number)
                WHERE posts.id IN ({places(len(batch))})
            """
            with self._database.reading() as connection:
                rows = connection.execute(sql, batch).fetchall()
            found |= {key: document_from_json(GroupMember, body) for key, body in rows}
        return found

    def iter_members(self, group_id: str, *, limit: int | None = None) -> Iterator[GroupMember]:
        """The posts of one claim, oldest first."""
        sql = """
            SELECT group_members.body FROM group_members JOIN posts USING (number)
            WHERE group_id = ? ORDER BY posts.collected, number LIMIT ?
        """
        with self._database.reading() as connection:
            rows = connection.execute(sql, [group_id, -1 if limit is None else limit]).fetchall()
        for (body,) in rows:
            yield document_from_json(GroupMember, body)

    def count_members(self, group_ids: Sequence[str]) -> dict[str, int]:
        """How many posts each of the groups has."""
        return count_by_group(self._database, "group_members", group_ids)

    def find_largest_groups(self, *, since: datetime, limit: int = 20) -> dict[str, int]:
        """The groups with most posts collected since then, and how many: at least two."""
        sql = """
            SELECT group_id, count(*) AS total FROM group_members JOIN posts USING (number)
            WHERE posts.collected >= ? GROUP BY group_id HAVING total > 1
            ORDER BY total DESC, group_id LIMIT ?
        """
        with self._database.reading() as connection:
            return dict(connection.execute(sql, [microseconds(since), limit]).fetchall())

    def find_nearest(self, vectors: FloatArray, *, limit: int = 12) -> list[list[Neighbour]]:
        """For each vector the posts whose vectors are nearest, nearest first."""
        with self._database.reading() as connection:
            columns = self._columns.current(connection)
            found = self._vectors.nearest(connection, columns, vectors, limit)
        ids = columns["id"]
        return [[Neighbour(ids[row], cosine) for row, cosine in nearest] for nearest in found]

    def put_group_ruling(self, ruling: GroupRuling) -> None:
        """Add or replace by id."""
        ruling = writable(ruling)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO group_rulings VALUES (?, ?, ?)",
                (ruling.id, microseconds(ruling.ruled_at), body_of(ruling)),
            )

    def iter_group_rulings(self) -> Iterator[GroupRuling]:
        """All, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT body FROM group_rulings ORDER BY ruled, id"
            ).fetchall()
        for (body,) in rows:
            yield document_from_json(GroupRuling, body)

    def put_group_change(self, change: GroupChange) -> None:
        """Add or replace by id."""
        change = writable(change)
        changed = microseconds(change.changed_at)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO group_changes VALUES (?, ?, ?, ?, ?)",
                (change.id, changed, change.from_group, change.to_group, body_of(change)),
            )

    def iter_group_changes(self, *, group_id: str | None = None) -> Iterator[GroupChange]:
        """All, or those from or to one group; oldest first."""
        sql, given = "SELECT body FROM group_changes", []
        if group_id is not None:
            sql, given = f"{sql} WHERE from_group = ? OR to_group = ?", [group_id, group_id]
        with self._database.reading() as connection:
            rows = connection.execute(f"{sql} ORDER BY changed, id", given).fetchall()
        for (body,) in rows:
            yield document_from_json(GroupChange, body)
