"""What is read out of a post's own words, when collected and later."""

from __future__ import annotations

from dataclasses import replace

from indices.documents import Post
from indices.languages.guessing import guess_language
from indices.places.finding import find_places
from indices.places.gazetteer import Gazetteer


def read_post(gazetteer: Gazetteer, post: Post) -> Post:
    """The same post with its places and its language.

    What its source said of the language is a hint and no more: most say `id` of everything.
    """
    is_local = gazetteer.is_of_own_region(post.region)
    places = find_places(gazetteer, post.title, post.text, is_local=is_local)
    words = post.text if post.text.startswith(post.title) else f"{post.title}\n{post.text}"
    language = guess_language(words, hint=post.language)
    return replace(post, places=places, language=language.code)
