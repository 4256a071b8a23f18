"""No parser of what strangers wrote crashes, hangs or lets unsafe text through."""

import pytest

from benchmarks.fuzz.__main__ import SEEDS
from benchmarks.fuzz.targets import TARGETS, Target
from benchmarks.fuzz.trial import run_trial

INPUTS = 400  # `python -m benchmarks.fuzz` tries a hundred thousand


@pytest.mark.parametrize("name", TARGETS)
def test_broken_documents_are_read_or_refused(name: str) -> None:
    findings = run_trial(name, inputs=INPUTS, seed=7, seeds_dir=SEEDS)
    assert findings.inputs >= INPUTS
    assert not findings.failures


@pytest.mark.parametrize("name", TARGETS)
def test_whole_documents_are_read(name: str) -> None:
    for document in TARGETS[name].documents:
        assert TARGETS[name].parse(document) is not None


def test_a_crash_and_an_unsafe_string_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(body: bytes) -> str:
        return body.decode("ascii")

    monkeypatch.setitem(TARGETS, "weak", Target(crash, (b"abc\x01",)))
    failures = run_trial("weak", inputs=50, seed=1).failures
    assert "a control character in a string" in failures
    assert any(failure.startswith("UnicodeDecodeError") for failure in failures)
