"""Figures as they come in: the pixels are kept, nothing else.

What somebody hid in the pixels themselves (steganography) stays in them; no re-encoding takes it out.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageCms, ImageFile, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

MOST_BYTES: Final = 4 * 1024 * 1024
MOST_PIXELS: Final = 24_000_000
MOST_PASSES: Final = 100  # a progressive JPEG is decoded once for each; a few bytes would buy minutes
PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8\xff"
PASS: Final = b"\xff\xda"
# All that decoding needs, how to turn it upright, and the profile that its colours are meant in.
KEPT_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf", b"iCCP"})
# Pillow raises these on what is broken or hostile; it has no error class of its own.
BROKEN: Final = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, EOFError, struct.error)
WHITE: Final = (255, 255, 255)
CUT_SHORT: Final = "this file is broken or cut short; save the figure anew as PNG"


class BadFigure(ValueError):
    """This file can't be a figure; the message says why and what to do."""


def reencoded(data: bytes) -> bytes:
    """The pixels of a PNG or JPEG as a PNG that holds nothing else. Raises BadFigure.

    Type is told by content, size is looked at before anything is decoded. Turned upright, brought to sRGB, flattened on white
    (words can stand under transparent pixels), 8 bits a channel. The same pixels give the same bytes: `reencoded` of its own
    result is that result.
    """
    if len(data) > MOST_BYTES:
        raise BadFigure(f"a figure may have {MOST_BYTES // 1024**2} MB at most; save it smaller")
    made = io.BytesIO()
    _decoded(data).save(made, "PNG", compress_level=6)
    if made.tell() > MOST_BYTES:
        raise BadFigure(f"as PNG this figure has more than {MOST_BYTES // 1024**2} MB; save it with fewer pixels")
    return made.getvalue()


def _decoded(data: bytes) -> Image.Image:
    """Plain pixels, grey or RGB, in an image that knows nothing else."""
    opened = _opened(data)
    if opened.width * opened.height > MOST_PIXELS:
        raise BadFigure(f"a figure may have {MOST_PIXELS // 10**6} million pixels at most; save it smaller")
    try:
        opened.load()
        pixels = _flat(_in_srgb(_upright(opened), opened.info.get("icc_profile")))
    except BROKEN as error:
        raise BadFigure(CUT_SHORT) from error
    return Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())


def _opened(data: bytes) -> ImageFile.ImageFile:
    """The header alone. The decoders are named, so that no other one can be reached."""
    if data.startswith(JPEG) and data.count(PASS) > MOST_PASSES:
        raise BadFigure("this JPEG is drawn in too many passes; save the figure anew as PNG")
    try:
        if data.startswith(PNG):
            return PngImageFile(io.BytesIO(PNG + b"".join(_kept_chunks(data))))
        if data.startswith(JPEG):
            return JpegImageFile(io.BytesIO(data))
    except BROKEN as error:
        raise BadFigure(CUT_SHORT) from error
    raise BadFigure("a figure must be a PNG or a JPEG")


def _kept_chunks(data: bytes) -> Iterator[bytes]:
    """Chunks up to the end of the picture: no words, no animation, nothing that follows."""
    at = len(PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            break
        if kind in KEPT_CHUNKS:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
    raise EOFError


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except BROKEN:  # what says how to turn it can't be read: it stays as it is
        return image


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Colours as they are meant; as they are stored where the profile can't be used."""
    if not isinstance(profile, bytes) or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *BROKEN):
        return image
    return turned or image


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith(("I", "F")):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if not image.has_transparency_data:
        return image.convert("L" if image.mode in ("1", "L") else "RGB")
    ground = Image.new("RGBA", image.size, (*WHITE, 255))
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")
