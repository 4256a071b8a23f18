"""From posts to assessments: clean, embed, match, flag, explain."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.artefact import Artefact, load_artefact
from classifier.cleaning import clean_text, read_text
from classifier.cues import cue_codes, find_cues
from classifier.encoder import Encoder, load_encoders
from classifier.explaining import (
    confidence_reasons,
    cue_reasons,
    is_too_short,
    match_reason,
    scam_reason,
    strongest,
    wording_reason,
)
from classifier.flagging import ANSWERING_KINDS, Flagger, flagger_of
from classifier.library import Library, LibraryEntry, build_library
from classifier.matching import ClaimMatcher, ListScorer, scorer_of
from classifier.refitting import moved_thresholds
from classifier.scams import SCAM_TOPIC, TOPIC_FROM, quotes_in, signs_in
from classifier.topics import suggest_topic
from classifier.words import telling_words
from indices.documents import Assessment, Match, Post, Reason
from indices.languages.guessing import guess_language
from indices.progress import Progress
from indices.settings import ClassifierSettings

FloatArray = NDArray[np.float32]

KEPT_MATCHES = 5
SUGGESTED_FROM = 0.02
"""Matches less likely than this are not worth a reviewer's look."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of one post before it is put in words."""

    text: str
    probability: float
    wording_weight: float
    sign_weights: tuple[float, ...]
    scam_strength: float
    match_weight: float
    matches: tuple[Match, ...]


class Assessor:
    """One loaded model, with or without a library to match against."""

    def __init__(self, artefact: Artefact, matching: Encoder, flagging: Encoder) -> None:
        self.model = artefact.id
        self.artefact = artefact
        self.matching_encoder = matching
        self.flagging_encoder = flagging
        self.scorer: ListScorer = scorer_of(artefact)
        self.flagger: Flagger = flagger_of(artefact)

    def with_flagger(self, artefact: Artefact) -> Assessor:
        """The same encoders and scorer with another last layer of this model."""
        other = copy.copy(self)
        other.artefact, other.model, other.flagger = artefact, artefact.id, flagger_of(artefact)
        return other

    def library(
        self, entries: Sequence[LibraryEntry], progress: Progress, cache_dir: Path | None = None
    ) -> ClaimMatcher:
        """A matcher over these fact-checks."""
        built: Library = build_library(entries, self.matching_encoder, progress, cache_dir)
        return ClaimMatcher(built, self.scorer)

    def assess(
        self, posts: Sequence[Post], matcher: ClaimMatcher, now: datetime
    ) -> tuple[list[Assessment], FloatArray]:
        """One assessment for each post, and the posts' vectors for search."""
        texts = [read_text(post) for post in posts]
        vectors = self.matching_encoder.encode(texts)
        matches = matcher.match(texts, vectors, KEPT_MATCHES)
        judgements = self._judge(posts, texts, vectors, matches)
        return self._assessments(posts, judgements, now), vectors

    def assess_alone(self, posts: Sequence[Post], now: datetime) -> list[Assessment]:
        """One assessment for each post where no fact-checks are at hand; half the work."""
        texts = [read_text(post) for post in posts]
        return self._assessments(posts, self._judge(posts, texts), now)

    def _judge(
        self,
        posts: Sequence[Post],
        texts: Sequence[str],
        vectors: FloatArray | None = None,
        matches: Sequence[Sequence[Match]] | None = None,
    ) -> list[Judgement]:
        matches = [[] for _ in texts] if matches is None else matches
        evidence = np.array(list(map(_evidence, posts, matches)), dtype=np.float32)
        readings = self._readings(texts, vectors)
        strengths = signs_in(self.artefact, texts, readings)
        columns = zip(
            texts,
            self.flagger.probability(readings, strengths, evidence).tolist(),
            self.flagger.wording_weight(readings).tolist(),
            self.flagger.cue_weights(strengths).tolist(),
            strengths[:, len(cue_codes()) :].sum(axis=1).tolist(),
            self.flagger.match_weight(evidence).tolist(),
            (tuple(m for m in found if m.score >= SUGGESTED_FROM) for found in matches),
            strict=True,
        )
        return [Judgement(text, p, w, tuple(c), s, e, m) for text, p, w, c, s, e, m in columns]

    def _readings(self, texts: Sequence[str], vectors: FloatArray | None) -> FloatArray:
        encoder = self.flagging_encoder
        if vectors is None or encoder is not self.matching_encoder:
            vectors = encoder.encode(texts)
        return encoder.with_words(texts, vectors)

    def _assessments(
        self, posts: Sequence[Post], judgements: Sequence[Judgement], now: datetime
    ) -> list[Assessment]:
        cleaned = [clean_text(found.text) for found in judgements]
        unexplained = [
            self._assessment(post, found, text, now)
            for post, found, text in zip(posts, judgements, cleaned, strict=True)
        ]
        words = self._telling_words(unexplained, judgements, cleaned)
        rows = zip(unexplained, judgements, cleaned, words, strict=True)
        return [
            replace(said, reasons=self._reasons(said, found, text, telling))
            for said, found, text, telling in rows
        ]

    def _assessment(self, post: Post, found: Judgement, cleaned: str, now: datetime) -> Assessment:
        threshold = self.flagger.threshold(post.source_kind)
        probability = 0.0 if is_too_short(cleaned) else found.probability
        flagged = probability >= threshold
        looks_like_a_scam = flagged and found.scam_strength >= TOPIC_FROM
        return Assessment(
            post_id=post.id,
            model=self.model,
            text_hash=post.text_hash,
            probability=round(probability, 4),
            flagged=flagged,
            threshold=round(threshold, 4),
            assessed_at=now,
            matches=found.matches,
            topic=suggest_topic(cleaned) or (SCAM_TOPIC if looks_like_a_scam else ""),
            language=guess_language(cleaned).code,
        )

    def _telling_words(
        self,
        assessments: Sequence[Assessment],
        judgements: Sequence[Judgement],
        cleaned: Sequence[str],
    ) -> list[list[str]]:
        """Only where a flag rests on the wording; such posts go through the encoder together."""
        pairs = zip(assessments, judgements, strict=True)
        asked = [n for n, (said, f) in enumerate(pairs) if said.flagged and f.wording_weight > 0]
        texts = [cleaned[index] for index in asked]
        words: list[list[str]] = [[] for _ in cleaned]
        encoder = self.flagging_encoder
        found = telling_words(encoder, self.flagger.wording[: encoder.n_dims], texts)
        for index, telling in zip(asked, found, strict=True):
            words[index] = telling
        return words

    def _reasons(
        self, said: Assessment, found: Judgement, cleaned: str, words: Sequence[str]
    ) -> tuple[Reason, ...]:
        doubts = confidence_reasons(cleaned, said.language)
        if is_too_short(cleaned):
            return tuple(doubts)
        n_cues, findings = len(cue_codes()), find_cues(found.text)
        return strongest(
            [
                *match_reason(found.matches, found.match_weight),
                *wording_reason(found.wording_weight, words),
                *scam_reason(sum(found.sign_weights[n_cues:]), quotes_in(findings)),
                *cue_reasons(findings, found.sign_weights[:n_cues], flagged=said.flagged),
                *doubts,
            ]
        )


def _evidence(post: Post, matches: Sequence[Match]) -> float:
    """What the best match says for a flag, 0 to 1."""
    return 0.0 if not matches or post.source_kind in ANSWERING_KINDS else matches[0].score


def load_assessor(settings: ClassifierSettings, progress: Progress) -> Assessor:
    """The model and encoder that the settings name.

    Raises:
        ArtefactError: one of them is missing or changed.
    """
    artefact = load_artefact(settings.model)
    matching, flagging = load_encoders(settings, artefact, progress)
    assessor = Assessor(artefact, matching, flagging)
    if settings.threshold is not None:
        moved = moved_thresholds(settings.threshold, assessor.flagger.thresholds)
        assessor.flagger = replace(assessor.flagger, thresholds=moved)
    return assessor
