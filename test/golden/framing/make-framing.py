"""Writes golden.json: what the image processors of transformers and the evaluation transforms of timm make of one wide and one
tall picture, each once to be shrunk and once to be enlarged. The pixels are those before normalisation.

Run by hand: python make-framing.py (transformers 5.24, timm 1.0.31, torchvision 0.29, Pillow).
"""

import base64
import json
import pathlib

import numpy as np
import transformers as T
from PIL import Image
from timm.data import create_transform

here = pathlib.Path(__file__).parent
mean = (0.2, 0.4, 0.6)


def picture(width, height):
    x, y = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    waves = [128 + 100 * np.sin(2 * np.pi * (a * x + b * y)) for a, b in ((3, 1), (1, 4), (2, -3))]
    noise = np.random.RandomState(7).randint(-20, 21, (height, width, 3))
    return np.clip(np.stack(waves, -1) + noise, 0, 255).astype(np.uint8)


def text(pixels):
    return base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode()


def transformers_pixels(processor, image):
    plain = dict(do_normalize=False, do_rescale=False)
    values = processor(image, return_tensors="np", **plain)["pixel_values"][0]
    return values.transpose(1, 2, 0).round().clip(0, 255).astype(np.uint8)


def timm_pixels(image, side, **arguments):
    tensor = create_transform((3, side, side), is_training=False, mean=mean, std=(1, 1, 1), normalize=False, **arguments)(image)
    return tensor.numpy().transpose(1, 2, 0)


def square(side):
    return {"height": side, "width": side}


R = 24
cases = {
    "CLIPImageProcessor": (
        {"resize": {"cover": square(28)}, "kernel": "cubic"},
        lambda image: transformers_pixels(T.CLIPImageProcessor(size={"shortest_edge": 28}, crop_size=square(R)), image),
    ),
    "BitImageProcessor without room": (
        {"resize": {"cover": square(R)}, "kernel": "cubic"},
        lambda image: transformers_pixels(T.BitImageProcessor(size={"shortest_edge": R}, crop_size=square(R)), image),
    ),
    "DeiTImageProcessor": (
        {"resize": {"squash": square(28)}, "kernel": "cubic"},
        lambda image: transformers_pixels(T.DeiTImageProcessor(size=square(28), crop_size=square(R)), image),
    ),
    "ViTImageProcessor": (
        {"resize": "squash", "kernel": "linear"},
        lambda image: transformers_pixels(T.ViTImageProcessor(size=square(R)), image),
    ),
    "timm center": (
        {"resize": {"cover": square(26)}, "kernel": "linear"},
        lambda image: timm_pixels(image, R, crop_pct=0.9, crop_mode="center", interpolation="bilinear"),
    ),
    "timm squash": (
        {"resize": {"squash": square(26)}, "kernel": "cubic"},
        lambda image: timm_pixels(image, R, crop_pct=0.9, crop_mode="squash", interpolation="bicubic"),
    ),
    "timm border": (
        {"resize": "letterbox", "kernel": "cubic"},
        lambda image: timm_pixels(image, R, crop_pct=1.0, crop_mode="border", interpolation="bicubic"),
    ),
}
pictures = {"wide": picture(61, 34), "tall": picture(40, 72), "small": picture(19, 13)}
golden = {
    "mean": mean,
    "resolution": R,
    "pictures": {
        name: {"width": pixels.shape[1], "height": pixels.shape[0], "pixels": text(pixels)} for name, pixels in pictures.items()
    },
    "cases": [
        {"name": name, "picture": which, "framing": framing, "pixels": text(make(Image.fromarray(pixels)))}
        for name, (framing, make) in cases.items()
        for which, pixels in pictures.items()
    ],
}
(here / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
print(len(golden["cases"]))
