"""The linear autoencoder: reconstruction by principal components, the baseline of the same size."""

from __future__ import annotations

import numpy as np

from latentlab.checkpoints import ImagePCA
from latentlab.images import Images


def linear_reconstruction(images: Images, pca: ImagePCA) -> Images:
    """Reconstruct images from as many principal components as the latent has dimensions.

    Parameters
    ----------
    images : float32 (n, h, w, c), 0 to 1
    pca : ImagePCA

    Returns
    -------
    float32 (n, h, w, c)
        Cut to [0, 1], which brings every one of them nearer to its image or leaves it.
    """
    drawn = pca.mean + pca.coordinates(images) @ pca.components
    return np.asarray(np.clip(drawn, 0, 1).reshape(images.shape), np.float32)
