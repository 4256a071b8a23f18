"""`luruskan daily`: crawl, assess, raise alarms; for cron or a systemd timer."""

from __future__ import annotations

import click

from indices.codec import json_line
from indices.daily import DailyReport, Step, run_daily
from indices.locks import exclusive
from indices.runtime import Runtime


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.pass_obj
def daily(runtime: Runtime, as_json: bool) -> None:
    """Do the day's work: crawl all sources, assess what is new, raise alarms.

    Safe to run again at any time and safe to kill. Exit code 0: all went well; 1: something
    needs a person; 75: the index is away or another run is under way, so try again later.

    \b
    Example, every hour (crontab -e):
      5 * * * *  luruskan daily >>$HOME/luruskan.log 2>&1
    """
    with exclusive(runtime.home / "daily.lock", "luruskan daily"), runtime.job_context() as context:
        report = run_daily(context)
    click.echo(json_line(_as_json(report)) if as_json else _as_text(report))
    raise SystemExit(report.exit_code)


def _as_text(report: DailyReport) -> str:
    lines = [_step_line(step) for step in report.steps]
    alarms = [alarm for step in report.steps if step.report for alarm in step.report.alarms]
    lines += [f"! {alarm.text}" for alarm in alarms]
    if not alarms and not any(step.error for step in report.steps):
        lines.append("No alarms.")
    return "\n".join(lines)


def _step_line(step: Step) -> str:
    if step.error is not None:
        return f"{step.job:<10} FAILED  {step.error}"
    counts = step.report.counts if step.report else {}
    state = "FAILED" if step.failed else "ok"
    figures = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"{step.job:<10} {state:<7} {figures} ({step.seconds:.1f} s)"


def _as_json(report: DailyReport) -> dict[str, object]:
    return {"exit_code": report.exit_code, "steps": [_step_json(step) for step in report.steps]}


def _step_json(step: Step) -> dict[str, object]:
    report = step.report
    return {
        "job": step.job,
        "failed": step.failed,
        "seconds": round(step.seconds, 3),
        "counts": dict(report.counts) if report else {},
        "alarms": [{"code": a.code, "text": a.text, "about": a.about} for a in report.alarms]
        if report
        else [],
        "error": str(step.error) if step.error else "",
    }
