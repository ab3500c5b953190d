"""Search in Qdrant, a vector database, for those who outgrow one machine.

One command starts a server::

    docker run -p 6333:6333 -v "$PWD/qdrant:/qdrant/storage" qdrant/qdrant

``":memory:"`` in place of an address is a small one inside this process, for tests. One in a folder
is not offered: the library would read pickles from it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from latentlab.analysis import AnalysisError, Latents, as_latents
from latentlab.analysis.indexes import checked_queries, measured
from latentlab.analysis.neighbors import Metric, Neighbors

BATCH = 1024
EXPANSION_SEARCH = 256
SECONDS = 20

MISSING = (
    "The library qdrant-client is not installed; run: python -m pip install qdrant-client, "
    "or search exactly."
)


class QdrantIndex:
    """Latents in a collection of Qdrant; made by `build` or `open`.

    Parameters
    ----------
    client : QdrantClient
    collection : str
    metric : {"euclidean", "cosine"}
    size : (int, int)
        How many latents there are, and how many dimensions each has.
    wide : bool
        Whether to look at more candidates than are asked for: on a server, which searches
        approximately.
    """

    def __init__(
        self, client: Any, collection: str, metric: Metric, size: tuple[int, int], *, wide: bool
    ) -> None:
        self._client = client
        self._wide = wide  # embedded, Qdrant compares with everything and knows no such setting
        self._collection = collection
        self.metric: Metric = metric
        self.n, self.latent_dim = size

    @classmethod
    def build(cls, given: ArrayLike, metric: Metric, place: str, collection: str) -> QdrantIndex:
        """Send latents to a collection, which is replaced if it exists.

        Parameters
        ----------
        given : array_like, shape (n, z)
            Latents: finite numbers.
        metric : {"euclidean", "cosine"}
        place : str
            A server's address such as ``http://localhost:6333``, or ``":memory:"``.
        collection : str

        Returns
        -------
        QdrantIndex
            Row i of the latents is point i of the collection.

        Raises
        ------
        AnalysisError
            If the latents are empty or not finite, the library is missing or the server does not
            answer.
        """
        latents = as_latents(given)
        client, models = _connect(place)
        # Cosine vectors would be stored without their length; measuring is done here anyway.
        kind = models.Distance.EUCLID if metric == "euclidean" else models.Distance.COSINE
        vectors = models.VectorParams(size=latents.shape[1], distance=kind)
        with _Answers(place):
            if client.collection_exists(collection):
                client.delete_collection(collection)
            client.create_collection(collection, vectors_config=vectors)
            for start in range(0, len(latents), BATCH):
                part = latents[start : start + BATCH]
                ids = list(range(start, start + len(part)))
                client.upsert(collection, models.Batch(ids=ids, vectors=part.tolist()))
        n, size = latents.shape
        return cls(client, collection, metric, (n, size), wide=_is_server(place))

    @classmethod
    def open(
        cls, place: str, size: tuple[int, int], metric: Metric, collection: str
    ) -> QdrantIndex:
        """Use a collection that was built before.

        Parameters
        ----------
        place : str
        size : (int, int)
            How many latents it must hold, and how many numbers each has.
        metric : {"euclidean", "cosine"}
        collection : str

        Returns
        -------
        QdrantIndex

        Raises
        ------
        AnalysisError
            If it is not there or holds something else.
        """
        client, _ = _connect(place)
        with _Answers(place):
            if not client.collection_exists(collection):
                raise AnalysisError(
                    f"The database has no collection '{collection}'; run latentlab index again."
                )
            latent_dim = client.get_collection(collection).config.params.vectors.size
            n = client.count(collection).count
            if (n, latent_dim) != size:
                raise AnalysisError(
                    f"The database's collection '{collection}' holds {n:,} latents of {latent_dim} "
                    f"numbers and not {size[0]:,} of {size[1]}; run latentlab index again."
                )
        return cls(client, collection, metric, size, wide=_is_server(place))

    def nearest(self, query: ArrayLike, k: int, /) -> Neighbors:
        """Find about the k nearest rows of each query.

        Parameters
        ----------
        query : array_like, shape (z,) or (q, z)
        k : int
            1 to n.

        Returns
        -------
        Neighbors
            Rows and distances of shape (q, k). A server may miss a row; distances are exact.

        Raises
        ------
        AnalysisError
            If k does not fit the index, the query does not fit the latents, or the server does not
            answer.
        """
        queries = checked_queries(query, k, self)
        rows = np.empty((len(queries), k), np.int64)
        distances = np.empty((len(queries), k), np.float32)
        for i, asked in enumerate(queries):
            found, points = self._ask(asked, k)
            reached = measured(points, asked, self.metric)
            order = np.lexsort((found, reached))[:k]
            rows[i], distances[i] = found[order], reached[order]
        return Neighbors(rows, distances)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _ask(self, query: Latents, k: int) -> tuple[Any, Latents]:
        from qdrant_client import models

        wide = models.SearchParams(hnsw_ef=max(EXPANSION_SEARCH, 2 * k)) if self._wide else None
        with _Answers("The database"):
            points = self._client.query_points(
                self._collection,
                query=query.tolist(),
                limit=k,
                with_vectors=True,
                with_payload=False,
                search_params=wide,
            ).points
        found = np.array([point.id for point in points], np.int64)
        return found, np.array([point.vector for point in points], np.float32)


class _Answers:
    """Turn whatever goes wrong on the way to a database into one sentence."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, AnalysisError):
            raise AnalysisError(
                f"'{self._place}' does not answer as a Qdrant database ({type(error).__name__}); "
                "start it, or search exactly."
            ) from error


def _connect(place: str) -> tuple[Any, Any]:
    try:
        from qdrant_client import QdrantClient, models
    except ImportError:
        raise AnalysisError(MISSING) from None
    with _Answers(place):
        if place == ":memory:":
            return QdrantClient(":memory:"), models
        return QdrantClient(url=place, timeout=SECONDS, check_compatibility=False), models


def _is_server(place: str) -> bool:
    return "://" in place
