"""Makes golden.json: small HEIC files as phones and cameras write them, and the pixels that pillow-heif makes of each over
white.

    python make-heic.py        (Pillow 12, pillow-heif 1.8, numpy 2)

pillow-heif writes no tiles and no depth, so the file that has both is put together here, box by box (ISO/IEC 23008-12).
"""

import base64
import io
import json
import struct
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()
WIDTH, HEIGHT = 96, 64


def picture(width: int, height: int) -> Image.Image:
    y, x = np.mgrid[:height, :width]
    waves = 127 + 100 * np.sin(x / 9) * np.cos(y / 7)
    return Image.fromarray(np.stack([255 * x / width, 255 * y / height, waves], -1).astype(np.uint8))


def written(heif, **options) -> bytes:
    file = io.BytesIO()
    heif.save(file, quality=80, **options)
    return file.getvalue()


def turned(orientation: int) -> bytes:
    """With irot and imir, and the same once more in EXIF, as phones write it."""
    exif = Image.Exif()
    exif[0x112] = orientation
    heif = pillow_heif.from_pillow(picture(WIDTH, HEIGHT))
    heif[0].info["exif"] = exif.tobytes()
    return written(heif)


def box(kind: str, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind.encode() + content


def full(kind: str, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def coded(image: Image.Image) -> tuple[bytes, bytes]:
    """The decoder's configuration and the coded picture of an image."""
    file = written(pillow_heif.from_pillow(image))
    at = file.index(b"hvcC") - 4
    (length,) = struct.unpack_from(">I", file, at)
    data = file.index(b"mdat")
    (size,) = struct.unpack_from(">I", file, data - 4)
    return file[at : at + length], file[data + 4 : data - 4 + size]


def tiled() -> bytes:
    """2 × 2 tiles of 64 × 64, of which 100 × 90 pixels are shown, a quarter turn, and a depth map beside them."""
    image = picture(128, 128)
    parts = [image.crop((x, y, x + 64, y + 64)) for y in (0, 64) for x in (0, 64)]
    codes = [coded(part) for part in [*parts, Image.new("RGB", (64, 64), "red")]]
    assert len({configuration for configuration, _ in codes}) == 1
    grid, depth = 6, 5
    items = [*range(1, 6), grid]
    names = b"".join(
        full("infe", 2, 0 if item == grid else 1, struct.pack(">HH", item, 0), b"grid" if item == grid else b"hvc1", b"\0")
        for item in items
    )
    properties = box(
        "ipco",
        codes[0][0],
        full("ispe", 0, 0, struct.pack(">II", 64, 64)),
        full("ispe", 0, 0, struct.pack(">II", 100, 90)),
        box("irot", b"\1"),
        full("auxC", 0, 0, b"urn:mpeg:hevc:2015:auxid:2\0"),
    )
    of_item = {item: [0x81, 2] for item in range(1, 5)} | {depth: [0x81, 2, 5], grid: [3, 0x84]}
    used = full(
        "ipma", 0, 0, struct.pack(">I", len(of_item)),
        *(struct.pack(">HB", item, len(of_item[item])) + bytes(of_item[item]) for item in items),
    )
    links = full(
        "iref", 0, 0,
        box("dimg", struct.pack(">HH4H", grid, 4, 1, 2, 3, 4)),
        box("auxl", struct.pack(">HHH", depth, 1, grid)),
    )
    layout = struct.pack(">BBBBHH", 0, 0, 1, 1, 100, 90)
    kind = box("ftyp", b"heic", struct.pack(">I", 0), b"mif1heic")

    def meta(first: int) -> bytes:
        starts = [first + sum(len(data) for _, data in codes[:index]) for index in range(5)]
        places = b"".join(
            struct.pack(">HHHHII", item, 0, 0, 1, start, len(data))
            for item, start, (_, data) in zip(range(1, 6), starts, codes)
        ) + struct.pack(">HHHHII", grid, 1, 0, 1, 0, len(layout))
        return full(
            "meta", 0, 0,
            full("hdlr", 0, 0, struct.pack(">I", 0), b"pict", bytes(12), b"\0"),
            full("pitm", 0, 0, struct.pack(">H", grid)),
            full("iinf", 0, 0, struct.pack(">H", len(items)), names),
            full("iloc", 1, 0, struct.pack(">HH", 0x4400, len(items)), places),
            links,
            box("iprp", properties, used),
            box("idat", layout),
        )

    first = len(kind) + len(meta(0)) + 8
    return kind + meta(first) + box("mdat", *(data for _, data in codes))


def deep() -> bytes:
    pixels = np.asarray(picture(WIDTH, HEIGHT)).astype(np.uint16) << 8
    return written(pillow_heif.from_bytes(mode="RGB;16", size=(WIDTH, HEIGHT), data=pixels.tobytes()))


def two() -> bytes:
    """The second is the primary image."""
    heif = pillow_heif.from_pillow(picture(WIDTH, HEIGHT).rotate(180))
    heif.add_from_pillow(picture(WIDTH, HEIGHT))
    return written(heif, primary_index=1)


def transparent() -> bytes:
    image = picture(WIDTH, HEIGHT)
    image.putalpha(Image.fromarray((np.mgrid[:HEIGHT, :WIDTH][1] * 2.6).astype(np.uint8)))
    return written(pillow_heif.from_pillow(image))


def understated() -> bytes:
    """A large flat picture that says it is a small one."""
    file = bytearray(written(pillow_heif.from_pillow(Image.new("RGB", (8000, 8000), "navy"))))
    at = file.index(b"ispe") + 8
    file[at : at + 8] = struct.pack(">II", WIDTH, HEIGHT)
    return bytes(file)


def over_white(file: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(file)).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB")


FILES = {
    "plain.heic": written(pillow_heif.from_pillow(picture(WIDTH, HEIGHT))),
    **{f"turned-{orientation}.heic": turned(orientation) for orientation in (3, 5, 6, 8)},
    "tiled.heic": tiled(),
    "deep.heic": deep(),
    "two.heic": two(),
    "transparent.heic": transparent(),
    "grey.heif": written(pillow_heif.from_pillow(picture(WIDTH, HEIGHT).convert("L"))),
}


def main() -> None:
    decoded = {name: over_white(file) for name, file in FILES.items()}
    kinds = [
        {
            "name": name,
            "file": base64.b64encode(file).decode(),
            "width": decoded[name].width,
            "height": decoded[name].height,
            "pixels": base64.b64encode(decoded[name].tobytes()).decode(),
        }
        for name, file in FILES.items()
    ]
    made_with = {"pillow-heif": pillow_heif.__version__, "libheif": pillow_heif.libheif_info()["libheif"]}
    Path(__file__).with_name("golden.json").write_text(json.dumps({"madeWith": made_with, "kinds": kinds, "understated": base64.b64encode(understated()).decode()}, indent=1))


if __name__ == "__main__":
    main()
