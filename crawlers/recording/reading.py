"""What is read out of every post when it is collected, whatever connector found it."""

from __future__ import annotations

from dataclasses import replace

from indices.documents import Post
from indices.places.finding import find_places
from indices.places.gazetteer import Gazetteer


class PostReading:
    """Fills in what the source did not say: the places that a post names."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def read(self, post: Post) -> Post:
        """The same post with its places."""
        is_local = self.gazetteer.is_of_own_region(post.region)
        places = find_places(self.gazetteer, post.title, post.text, is_local=is_local)
        return replace(post, places=places)
