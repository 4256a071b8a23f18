"""The desk's part of the daily work: tell the index what was decided."""

from __future__ import annotations

from indices.jobs import Alarm, JobContext, JobReport
from review_ui.desk.database import desk_session
from review_ui.desk.outbox import count_waiting, deliver

_BATCH = 500


def mirror(context: JobContext) -> JobReport:
    """Deliver everything that waits in the outbox."""
    delivered = dropped = 0
    with (
        desk_session(context.settings) as session,
        context.progress.bar("Mirroring", count_waiting(session)) as bar,
    ):
        while True:
            batch = deliver(session, context.store, now=context.now, limit=_BATCH)
            session.commit()
            delivered, dropped = delivered + batch.delivered, dropped + batch.dropped
            bar.advance(batch.delivered + batch.dropped)
            if batch.store_away or not batch.delivered + batch.dropped:
                break
        waiting = count_waiting(session)
    if delivered:
        context.store.refresh()
    return JobReport(
        job="mirror",
        counts={"delivered": delivered, "dropped": dropped, "waiting": waiting},
        alarms=_alarms(waiting),
        failed=waiting > 0,
    )


def _alarms(waiting: int) -> tuple[Alarm, ...]:
    if not waiting:
        return ()
    text = f"{waiting} keputusan belum sampai ke indeks; dicoba lagi pada putaran berikutnya."
    return (Alarm(code="outbox_waiting", text=text),)
