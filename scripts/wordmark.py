"""Draw the wordmark and the favicon: an hourglass of two triangles, and the name beside it.

The hourglass is the autoencoder: wide, narrow at the latent, wide again. Run it after changing the
mark; the pictures are kept, so nobody else needs to.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ASSETS = Path(__file__).resolve().parents[1] / "src" / "latentlab" / "ui" / "shell" / "assets"
ENCODER = (0, 150, 190, 255)
DECODER = (214, 69, 140, 255)
# One gray that reads on white paper and on night blue.
INK = (127, 138, 158, 255)
OVERSAMPLED = 4


def hourglass(side: int) -> Image.Image:
    """Draw the mark on a transparent square."""
    big = side * OVERSAMPLED
    image = Image.new("RGBA", (big, big))
    draw = ImageDraw.Draw(image)
    left, middle, right, top, bottom = (round(big * at) for at in (0.04, 0.5, 0.96, 0.1, 0.9))
    draw.polygon([(left, top), (left, bottom), (middle, middle)], fill=ENCODER)
    draw.polygon([(right, top), (right, bottom), (middle, middle)], fill=DECODER)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def wordmark(height: int) -> Image.Image:
    """Draw the mark with the name beside it."""
    font = ImageFont.load_default(size=round(height * 0.78))
    width = round(font.getlength("latentlab"))
    image = Image.new("RGBA", (round(height * 1.3) + width, height))
    image.paste(hourglass(height), (0, 0))
    ImageDraw.Draw(image).text(
        (round(height * 1.3), height / 2), "latentlab", font=font, fill=INK, anchor="lm"
    )
    return image


if __name__ == "__main__":
    ASSETS.mkdir(parents=True, exist_ok=True)
    hourglass(128).save(ASSETS / "favicon.png", optimize=True)
    wordmark(96).save(ASSETS / "wordmark.png", optimize=True)
