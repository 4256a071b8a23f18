"""`luruskan doctor`: how this installation is, and what to mend."""

from __future__ import annotations

import click

from indices.codec import json_line
from indices.runtime import Runtime


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON object.")
@click.pass_obj
def doctor(runtime: Runtime, as_json: bool) -> None:
    """Look at settings, disk, index, desk and encoder; say what is wrong and how to mend it.

    Exit code 0: nothing is red; 1: something is.

    \b
    Examples:
      luruskan doctor
      luruskan doctor --json | jq .findings
    """
    from indices.diagnosis import Finding, Status, iter_findings

    def line(finding: Finding) -> str:
        mend = f" -> {finding.mend}" if finding.mend else ""
        return f"{finding.status.value:<8} {finding.check:<9} {finding.detail}{mend}"

    findings = []
    for finding in iter_findings(runtime.home):
        findings.append(finding)
        if not as_json:
            click.echo(line(finding))
    red = any(finding.status is Status.RED for finding in findings)
    if as_json:
        names = ("check", "status", "detail", "mend")
        listed = [{name: getattr(finding, name) for name in names} for finding in findings]
        click.echo(json_line({"healthy": not red, "findings": listed}))
    raise SystemExit(1 if red else 0)
