"""Pictures for tests, with everything in them that must not come out again."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cases.figures import PNG

SECRET = "QXHIDDENPLACE"


def painted(size: tuple[int, int] = (6, 4), mode: str = "RGB") -> Image.Image:
    """A picture in which every corner is another colour."""
    image = Image.new("RGB", size, (10, 120, 200))
    for at, colour in (((0, 0), (255, 0, 0)), ((size[0] - 1, 0), (0, 255, 0)), ((0, size[1] - 1), (0, 0, 255))):
        image.putpixel(at, colour)
    return image.convert(mode)


def as_png(image: Image.Image | None = None, **how: object) -> bytes:
    """As PNG."""
    made = io.BytesIO()
    (image or painted()).save(made, "PNG", **how)
    return made.getvalue()


def as_jpeg(image: Image.Image | None = None, **how: object) -> bytes:
    """As JPEG."""
    made = io.BytesIO()
    (image or painted()).save(made, "JPEG", **how)
    return made.getvalue()


def exif_of_a_phone(orientation: int = 1) -> Image.Exif:
    """Where it was taken, by whom, and which way up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = f"{SECRET} description"
    exif[0x013B] = f"{SECRET} photographer"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (51.0, 30.0, 26.0), f"{SECRET} 2026"
    return exif


def told_jpeg(orientation: int = 1) -> bytes:
    """A JPEG with EXIF, a place, a comment, a thumbnail's worth of words, and bytes after its end."""
    made = as_jpeg(exif=exif_of_a_phone(orientation), comment=f"{SECRET} comment".encode(), dpi=(311, 311))
    return made + f"{SECRET} after the end".encode()


def told_png() -> bytes:
    """A PNG with words in every kind of chunk, an animation frame, and bytes after its end."""
    words = PngInfo()
    words.add_text("Author", f"{SECRET} text")
    words.add_text("Packed", f"{SECRET} packed", zip=True)
    words.add_itxt("Title", f"{SECRET} international", "en", f"{SECRET} key")
    words.add_text("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    frames = [painted(mode="RGBA").rotate(180)]
    made = as_png(pnginfo=words, exif=exif_of_a_phone(), dpi=(311, 311), save_all=True, append_images=frames)
    secret = chunk(b"sPLT", f"{SECRET} palette\0".encode() + b"\x08" + bytes(6)) + chunk(b"prVt", SECRET.encode())
    return made[:33] + secret + made[33:] + f"{SECRET} after the end".encode()


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(width: int, height: int, rows: bytes = b"") -> bytes:
    """A few bytes that say they are a picture of that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", rows or zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def chunks_of(data: bytes) -> list[bytes]:
    """The kinds of chunk in a PNG, in order; fails on anything that follows them."""
    at, kinds = len(PNG), []
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        kinds.append(kind)
        at += 12 + length
    assert at == len(data)
    return kinds
