"""Makes golden.json: a picture and what Pillow's BILINEAR makes of it, whole and of parts, at other sizes.

    python make-resize.py        (Pillow 12, numpy 2)
"""

import base64
import json
from pathlib import Path

import numpy as np
from PIL import Image, __version__

WIDTH, HEIGHT = 37, 29


def picture() -> Image.Image:
    """Colours that change smoothly, a sharp edge, and a corner of noise."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(float)
    waves = [128 + 90 * np.sin(x / a + y / b) for a, b in ((5, 7), (9, 4), (6, -8))]
    pixels = np.stack(waves, axis=-1)
    pixels[12:, 20:] = 255 - pixels[12:, 20:]
    pixels[:10, :12] = np.random.default_rng(7).integers(0, 256, (10, 12, 3))
    return Image.fromarray(pixels.round().astype(np.uint8))


# left, top, right, bottom of the part, and the size that it gets: both sides longer, one of each, both shorter.
WHOLE = (0, 0, WIDTH, HEIGHT)
CASES = [
    (WHOLE, (74, 58)),
    (WHOLE, (38, 30)),
    (WHOLE, (37, 64)),
    (WHOLE, (61, 29)),
    (WHOLE, (40, 40)),
    ((3, 2, 11, 9), (48, 48)),
    ((30, 20, 31, 21), (5, 3)),
    ((0, 5, 1, 25), (9, 31)),
    (WHOLE, (50, 16)),
    (WHOLE, (15, 50)),
    ((4, 4, 14, 29), (24, 12)),
    (WHOLE, (20, 16)),
    (WHOLE, (36, 28)),
]


def encoded(image: Image.Image) -> str:
    return base64.b64encode(np.asarray(image).tobytes()).decode()


def main() -> None:
    image = picture()
    cases = [
        {
            "crop": {"left": left, "top": top, "width": right - left, "height": bottom - top},
            "size": {"width": size[0], "height": size[1]},
            "pixels": encoded(image.crop((left, top, right, bottom)).resize(size, Image.Resampling.BILINEAR)),
        }
        for (left, top, right, bottom), size in CASES
    ]
    golden = {
        "pillow": __version__,
        "width": WIDTH,
        "height": HEIGHT,
        "pixels": encoded(image),
        "cases": cases,
    }
    Path(__file__).with_name("golden.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
