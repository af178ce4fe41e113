"""Makes golden.json: image files of many kinds, and the pixels that Pillow makes of each over white.

    python make-images.py        (Pillow 12, numpy 2)

Three lists: `kinds` have channels, depths and meanings of all sorts; `sound` have slips in their headers that lose no
pixel; `damaged` have lost some. TIFF files that Pillow does not write are put together here, tag by tag.
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, __version__

WIDTH, HEIGHT = 24, 18
y, x = np.mgrid[:HEIGHT, :WIDTH]
RGB = np.stack([x * 10, y * 14, (x + y) * 6], axis=-1).astype(np.uint8)
GREY = RGB[..., 0]
ALPHA = (x * 11).astype(np.uint8)
IMAGE = Image.fromarray(RGB)


def over_white(file: bytes) -> bytes:
    """What Pillow sees, transparency laid over white; of 16 bits the upper half."""
    image = Image.open(io.BytesIO(file))
    if image.mode.startswith("I;16"):
        grey = (np.asarray(image) >> 8).astype(np.uint8)
        return np.dstack([grey] * 3).tobytes()
    if {"A", "a"} & set(image.getbands()) or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image)
        image = white
    return np.asarray(image.convert("RGB")).tobytes()


def saved(image: Image.Image, kind: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def tiff(planes, photometric, extra=None, bits=8, sample_format=None, more=(), leave_out=(), change=None, data=None,
         order="<", sort=True) -> bytes:
    """A TIFF of one strip without compression. `more` are (tag, type, values); types 3 and 4 take lists, others bytes."""
    channels = 1 if planes.ndim == 2 else planes.shape[2]
    kind = {8: "u1", 16: "u2", 32: "f4"}.get(bits, "u1")
    data = planes.astype(order + kind).tobytes() if data is None else data
    height, width = planes.shape[:2]
    tags = [(256, 4, [width]), (257, 4, [height]), (258, 3, [bits] * channels), (259, 3, [1]), (262, 3, [photometric]),
            (273, 4, [None]), (277, 3, [channels]), (278, 4, [height]), (279, 4, [len(data)]), (284, 3, [1])]
    if extra is not None:
        tags.append((338, 3, extra))
    if sample_format is not None:
        tags.append((339, 3, [sample_format] * channels))
    tags = [(tag, kind, (change or {}).get(tag, values)) for tag, kind, values in tags if tag not in leave_out]
    tags += list(more)
    if sort:
        tags.sort(key=lambda one: one[0])
    after = 8 + 2 + 12 * len(tags) + 4
    start = 0
    for _ in range(2):
        table, far = b"", b""
        for tag, kind, values in tags:
            raw = values if isinstance(values, bytes) else struct.pack(
                order + {3: "H", 4: "I"}[kind] * len(values), *(start if one is None else one for one in values))
            table += struct.pack(order + "HHI", tag, kind, len(values))
            table += struct.pack(order + "I", after + len(far)) if len(raw) > 4 else raw.ljust(4, b"\0")
            far += raw + b"\0" * (len(raw) % 2) if len(raw) > 4 else b""
        start = after + len(far)
    head = b"II*\0" if order == "<" else b"MM\0*"
    return head + struct.pack(order + "IH", 8, len(tags)) + table + b"\0" * 4 + far + data


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png16(planes, colour_type: int) -> bytes:
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in planes)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def kinds() -> dict[str, bytes]:
    stack = np.dstack
    deep = RGB.astype(np.uint16) * 257 + 90
    few = IMAGE.quantize(16)
    turned = IMAGE.rotate(180)
    premultiplied = (RGB.astype(int) * ALPHA[..., None] // 255).astype(np.uint8)
    palette = struct.pack("<768H", *[(i * 37 * 257) % 65536 for i in range(768)])
    return {
        # A fourth channel is opacity where it says so (1 premultiplied, 2 not), and nothing to look at otherwise.
        "rgb and something.tif": tiff(stack([RGB, ALPHA]), 2, [0]),
        "rgb and two things.tif": tiff(stack([RGB, ALPHA, ALPHA]), 2, [0, 0]),
        "rgb and opacity.tif": tiff(stack([RGB, ALPHA]), 2, [2]),
        "rgb times opacity.tif": tiff(stack([premultiplied, ALPHA]), 2, [1]),
        "rgb, opacity and something.tif": tiff(stack([RGB, ALPHA, 255 - ALPHA]), 2, [2, 0]),
        "grey and something.tif": tiff(stack([GREY, ALPHA]), 1, [0]),
        "grey and opacity.tif": tiff(stack([GREY, ALPHA]), 1, [2]),
        "deep rgb and something.tif": tiff(stack([RGB, ALPHA]).astype(np.uint16) * 257, 2, [0], bits=16),
        "inks.tif": tiff(stack([RGB, ALPHA // 4]), 5),
        "inks and something.tif": tiff(stack([RGB, ALPHA // 4, ALPHA]), 5, [0]),
        "white is zero.tif": tiff(GREY, 0),
        "deep grey.tif": tiff(GREY.astype(np.uint16) * 257, 1, bits=16),
        "deep rgb, big-endian.tif": tiff(deep, 2, bits=16, order=">"),
        "palette.tif": tiff(GREY, 3, more=[(320, 3, list(struct.unpack("<768H", palette)))]),
        "fax.tif": saved(IMAGE.convert("1"), "TIFF", compression="group4"),
        "two pages.tif": saved(IMAGE, "TIFF", save_all=True, append_images=[turned]),
        "inks.jpg": saved(IMAGE.convert("CMYK"), "JPEG", quality=95),
        "grey.jpg": saved(IMAGE.convert("L"), "JPEG", quality=95),
        "opacity.png": saved(Image.fromarray(stack([RGB, ALPHA])), "PNG"),
        "grey and opacity.png": saved(Image.fromarray(stack([GREY, ALPHA])), "PNG"),
        "palette with a transparent colour.png": saved(few, "PNG", transparency=3),
        "grey with a transparent level.png": saved(IMAGE.convert("L"), "PNG", transparency=100),
        "deep rgb.png": png16(deep, 2),
        "deep rgb and opacity.png": png16(stack([RGB, ALPHA]).astype(np.uint16) * 257, 6),
        "deep grey.png": saved(Image.fromarray(GREY.astype(np.uint16) * 257), "PNG"),
        "animated.png": saved(IMAGE, "PNG", save_all=True, append_images=[turned]),
        "transparent colour.gif": saved(few, "GIF", transparency=3),
        "animated.gif": saved(few, "GIF", save_all=True, append_images=[turned.quantize(16)]),
        "opacity.webp": saved(Image.fromarray(stack([RGB, ALPHA])), "WEBP", lossless=True),
        "colours.ppm": saved(IMAGE, "PPM"),
        "grey.pgm": saved(IMAGE.convert("L"), "PPM"),
        "bits.pbm": saved(IMAGE.convert("1"), "PPM"),
        "numbers.ppm": b"P3 # colours\n#of few pixels\n3 2\n15\n0 15 7\n1 2 3 4 5 6\n7 8 9 10 11 12 13 14 15\n",
        "numbers.pgm": b"P2\n4 2\n255\n0 1 2 3\n200 201 202 255\n",
        "bits in text.pbm": b"P1\n5 2\n10110\n0 1 0 0 1\n",
        "twelve bits.ppm": b"P6\n2 1\n4095\n" + struct.pack(">6H", 0, 4095, 2000, 17, 1000, 3000),
    }


def sound() -> dict[str, bytes]:
    jpeg = saved(IMAGE, "JPEG", quality=90)
    tables, scan = jpeg.index(b"\xff\xdb"), jpeg.index(b"\xff\xda")
    parameters = scan + 2 + 2 + 1 + 6
    last = 8 + 2 + 12 * 10
    plain = tiff(RGB, 2)
    return {
        "stray bytes before the tables.jpg": jpeg[:tables] + b"\0\0" + jpeg[tables:],
        "data between segments.jpg": jpeg[:tables] + b"\xff\0\0\0" + jpeg[tables:],
        "stray bytes before the scan.jpg": jpeg[:scan] + b"abc" + jpeg[scan:],
        "unknown version.jpg": jpeg.replace(b"JFIF\0\x01\x01", b"JFIF\0\x09\x01"),
        "parameters of another scan.jpg": jpeg[:parameters] + b"\0\0\0" + jpeg[parameters + 3:],
        "something after the end.jpg": jpeg + b"\0" * 100 + b"hello",
        "nul in a description.tif": tiff(RGB, 2, more=[(270, 2, b"field one\0field two\0")]),
        "text without nul.tif": tiff(RGB, 2, more=[(305, 2, b"Scanner1")]),
        "empty text.tif": tiff(RGB, 2, more=[(270, 2, b"")]),
        "tags out of order.tif": tiff(RGB, 2, more=[(270, 2, b"hello you\0")], sort=False),
        "a tag twice.tif": tiff(RGB, 2, more=[(305, 2, b"abcdefg\0"), (305, 2, b"abcdefg\0")]),
        "unknown type.tif": tiff(RGB, 2, more=[(270, 99, b"abcdefgh")]),
        "impossible turn.tif": tiff(RGB, 2, more=[(274, 3, [9])]),
        "unknown unit.tif": tiff(RGB, 2, more=[(296, 3, [9])]),
        "strip too long.tif": tiff(RGB, 2, change={279: [WIDTH * HEIGHT * 3 + 5000]}),
        "strip without length.tif": tiff(RGB, 2, leave_out=(279,)),
        "next page nowhere.tif": plain[:last] + struct.pack("<I", 77777777) + plain[last + 4:],
        "big-endian, nul in a text.tif": tiff(RGB, 2, more=[(270, 2, b"one\0two\0")], order=">"),
    }


def damaged() -> dict[str, bytes]:
    noise = np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    jpeg = saved(Image.fromarray(noise), "JPEG", quality=90)
    tables = jpeg.index(b"\xff\xdb")
    packed = bytearray(zlib.compress(noise.tobytes()))
    packed[len(packed) // 2] ^= 255
    return {
        "cut off.jpg": jpeg[: len(jpeg) * 2 // 3],
        "cut off, with an end.jpg": jpeg[: len(jpeg) * 2 // 3] + b"\xff\xd9",
        "cut off, and a stray byte.jpg": jpeg[:tables] + b"\0" + jpeg[tables: len(jpeg) * 2 // 3],
        "cut off.tif": tiff(noise, 2)[:-200],
        "cut off, and a nul.tif": tiff(noise, 2, more=[(270, 2, b"one\0two\0")])[:-200],
        "wrong data, and a nul.tif": tiff(noise, 2, more=[(270, 2, b"one\0two\0")], change={259: [8]}, data=bytes(packed)),
        "cut off.ppm": saved(IMAGE, "PPM")[:-50],
        "cut off.pgm": b"P2\n4 2\n255\n0 1 2 3\n200 201",
    }


def unread() -> dict[str, bytes]:
    """Sound files of kinds that the decoder does not read."""
    twelve = b"".join(bytes([a >> 4, (a & 15) << 4, 0]) for a in range(WIDTH * HEIGHT // 2))
    return {
        "zstd.tif": saved(IMAGE, "TIFF", compression="zstd"),
        "lzma.tif": saved(IMAGE, "TIFF", compression="lzma"),
        "lab.tif": saved(IMAGE.convert("LAB"), "TIFF"),
        "sequence.avif": saved(IMAGE, "AVIF", save_all=True, append_images=[IMAGE.rotate(180)]),
        "packed twelve bits.tif": tiff(GREY, 1, bits=12, data=twelve),
        "floating point.tif": tiff(GREY / 255, 1, bits=32, sample_format=3),
        "signed.tif": tiff(GREY.astype(np.uint16) * 128, 1, bits=16, sample_format=2),
    }


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def main() -> None:
    def with_pixels(files: dict[str, bytes]) -> list[dict[str, str]]:
        return [{"name": name, "file": encoded(file), "pixels": encoded(over_white(file))} for name, file in files.items()]

    def alone(files: dict[str, bytes]) -> list[dict[str, str]]:
        return [{"name": name, "file": encoded(file)} for name, file in files.items()]

    golden = {
        "pillow": __version__,
        "kinds": with_pixels(kinds()),
        "sound": with_pixels(sound()),
        "damaged": alone(damaged()),
        "unread": alone(unread()),
    }
    Path(__file__).with_name("golden.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
