"""Pictures that Pillow makes of one small picture: the values that core/data/trivial-augment.ts must give.

python make-variation.py, with Pillow and numpy; writes golden.json beside it.
"""
import base64
import json
import math
import pathlib

import numpy as np
from PIL import Image, ImageEnhance

width, height = 24, 20
fill = (124, 116, 104)
rng = np.random.default_rng(7)
rows, columns = np.mgrid[0:height, 0:width]
waves = [127 + 100 * np.sin(columns / (3 + c) + rows / (5 - c)) for c in range(3)]
pixels = np.clip(np.stack(waves, axis=2) + rng.normal(0, 25, (height, width, 3)), 0, 255).astype(np.uint8)
image = Image.fromarray(pixels)


def affine(a: float, b: float, d: float, e: float, right: float = 0, down: float = 0) -> Image.Image:
    c = width / 2 + right - a * width / 2 - b * height / 2
    f = height / 2 + down - d * width / 2 - e * height / 2
    return image.transform(image.size, Image.AFFINE, (a, b, c, d, e, f), Image.BILINEAR, fillcolor=fill)


def made(name: str, amount: float) -> Image.Image:
    enhancers = {"brightness": ImageEnhance.Brightness, "contrast": ImageEnhance.Contrast,
                 "saturation": ImageEnhance.Color, "sharpness": ImageEnhance.Sharpness}
    if name in enhancers:
        return enhancers[name](image).enhance(1 + amount)
    if name == "rotate":
        angle = math.radians(amount)
        return affine(math.cos(angle), -math.sin(angle), math.sin(angle), math.cos(angle))
    if name == "shearX":
        return affine(1, amount, 0, 1)
    if name == "shearY":
        return affine(1, 0, amount, 1)
    moved = (amount * width, 0) if name == "translateX" else (0, amount * height)
    return affine(1, 0, 0, 1, *moved)


def text(picture: Image.Image) -> str:
    return base64.b64encode(picture.tobytes()).decode()


amounts = {"brightness": [-0.9, 0.45], "contrast": [-0.6, 0.9], "saturation": [-0.9, 0.5], "sharpness": [-0.9, 0.9],
           "rotate": [-30, 17], "shearX": [-0.3, 0.21], "shearY": [-0.13, 0.3], "translateX": [-0.31, 0.2],
           "translateY": [-0.1, 0.3125]}
cases = [{"name": name, "amount": amount, "pixels": text(made(name, amount))} for name in amounts for amount in amounts[name]]
golden = {"width": width, "height": height, "fill": fill, "pixels": text(image), "cases": cases}
pathlib.Path(__file__).with_name("golden.json").write_text(json.dumps(golden, indent=1) + "\n")
