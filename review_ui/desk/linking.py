"""Takes the other posts of the same text into a case at once."""

from __future__ import annotations

from itertools import islice

from review_ui.desk import cases, guards
from review_ui.desk.context import Desk
from review_ui.desk.models import Case
from review_ui.desk.vocabulary import LinkRole

MOST_AT_ONCE = 200
"""The rest of a larger group stays in the queue, where it can be linked again."""


def link_copies(desk: Desk, case: Case, post_id: str, *, role: LinkRole) -> int:
    """Link the copies of a post that are in no case yet; the press only as reporting.

    Returns:
        How many were linked.

    Raises:
        GuardError: the case cannot take posts.
    """
    own = desk.store.find_copies([post_id]).get(post_id)
    if own is None:
        return 0
    group = islice(desk.store.iter_group(own.group_id), MOST_AT_ONCE)
    records = desk.store.find_records([copy.post_id for copy in group])
    linked = {post.post_id for post in case.posts}
    open_ones = [
        record
        for record in records.values()
        if record.post.id not in linked and not (record.review and record.review.case_id)
    ]
    for record in open_ones:
        is_press = guards.is_press(desk.store, record.post)
        own_role = LinkRole.MENTIONS if is_press else role
        cases.link_post(desk, case, record.post.id, role=own_role)
    return len(open_ones)
