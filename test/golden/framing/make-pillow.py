"""Writes pillow.json: what Pillow alone makes of a picture three times as wide as high, one three times as high as wide and a
small one, cropped in the middle and letterboxed, with its BILINEAR.

Run by hand: python make-pillow.py (Pillow 13.0, numpy).
"""

import base64
import json
import pathlib

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).parent
mean = (0.2, 0.4, 0.6)
R = 24


def picture(width, height):
    x, y = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    waves = [128 + 100 * np.sin(2 * np.pi * (a * x + b * y)) for a, b in ((1, 0.5), (0.5, 1), (1, -0.5))]
    return np.clip(np.stack(waves, -1), 0, 255).astype(np.uint8)


def text(pixels):
    return base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode()


def cropped(image):
    short = min(image.size)
    w, h = (R * side // short for side in image.size)
    left, top = (w - R) // 2, (h - R) // 2
    return image.resize((w, h), Image.Resampling.BILINEAR).crop((left, top, left + R, top + R))


def letterboxed(image):
    long = max(image.size)
    w, h = (max(1, round(R * side / long)) for side in image.size)
    canvas = Image.new("RGB", (R, R), tuple(round(255 * value) for value in mean))
    canvas.paste(image.resize((w, h), Image.Resampling.BILINEAR), ((R - w) // 2, (R - h) // 2))
    return canvas


pictures = {"wide": picture(93, 31), "tall": picture(30, 90), "small": picture(15, 5)}
golden = {
    "mean": mean,
    "resolution": R,
    "pictures": {name: {"width": p.shape[1], "height": p.shape[0], "pixels": text(p)} for name, p in pictures.items()},
    "cases": [
        {"name": name, "picture": which, "pixels": text(np.asarray(make(Image.fromarray(pixels))))}
        for name, make in (("crop", cropped), ("letterbox", letterboxed))
        for which, pixels in pictures.items()
    ],
}
(here / "pillow.json").write_text(json.dumps(golden, indent=1) + "\n")
