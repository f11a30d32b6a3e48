"""A figure comes in as pixels: nothing else of the file is kept, and what is no figure is refused with a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngImageFile

from cases.figures import JPEG, MOST_BYTES, PNG, BadFigure, reencoded
from tests.cases.figure_files import SECRET, as_jpeg, as_png, bomb, chunks_of, painted, told_jpeg, told_png

MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def seen(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=["PNG"])
    image.load()
    return image


@pytest.mark.parametrize("told", [told_jpeg(), told_png()], ids=["jpeg", "png"])
def test_nothing_but_pixels_survives(told):
    assert SECRET.encode() in told or SECRET.encode("utf-16-le") in told
    made = reencoded(told)
    assert set(chunks_of(made)) == {b"IHDR", b"IDAT", b"IEND"}
    assert SECRET.encode() not in made
    image = seen(made)
    assert (image.info, dict(image.getexif()), getattr(image, "n_frames", 1)) == ({}, {}, 1)


def test_pixels_of_a_png_stay_what_they_are():
    assert seen(reencoded(told_png())).tobytes() == painted().tobytes()


@pytest.mark.parametrize(("orientation", "red_at"), [(1, (0, 0)), (3, (39, 19)), (6, (19, 0)), (8, (0, 39))])
def test_figure_is_turned_upright_before_it_forgets_how(orientation, red_at):
    image = painted((40, 20))
    image.paste((255, 0, 0), (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = seen(reencoded(as_jpeg(image, exif=exif, quality=95)))
    red, green, blue = made.getpixel(red_at)
    assert red > 200
    assert max(green, blue) < 60


def test_words_under_transparent_pixels_are_gone():
    image = Image.new("RGBA", (3, 1), (90, 80, 70, 0))
    image.putpixel((1, 0), (10, 20, 30, 255))
    assert [seen(reencoded(as_png(image))).getpixel((x, 0)) for x in range(3)] == [
        (255, 255, 255),
        (10, 20, 30),
        (255, 255, 255),
    ]


def test_colours_are_brought_to_srgb_and_a_broken_profile_changes_nothing():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert seen(reencoded(as_png(icc_profile=profile))).tobytes() == painted().tobytes()
    assert seen(reencoded(as_png(icc_profile=b"not a profile"))).tobytes() == painted().tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert seen(reencoded(as_png(icc_profile=lab))).tobytes() == painted().tobytes()


def test_sixteen_bits_of_grey_become_eight():
    image = Image.new("I;16", (2, 1))
    image.putpixel((0, 0), 65535)
    image.putpixel((1, 0), 257 * 100)
    assert seen(reencoded(as_png(image))).tobytes() == bytes([255, 100])


@st.composite
def pictures(draw: st.DrawFn) -> bytes:
    """PNG and JPEG files of every mode, with random pixels."""
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    mode = draw(st.sampled_from(MODES))
    wide = {"I;16": 2, "LA": 2, "RGB": 3, "RGBA": 4}.get(mode, 1)
    size = (width + 7) // 8 * height if mode == "1" else width * height * wide
    image = Image.frombytes(mode, (width, height), draw(st.binary(min_size=size, max_size=size)))
    if draw(st.booleans()) and mode in ("L", "RGB"):
        exif = Image.Exif()
        exif[0x0112] = draw(st.integers(0, 9))
        return as_jpeg(image, exif=exif, progressive=draw(st.booleans()))
    if mode == "P":
        image.putpalette(draw(st.binary(min_size=768, max_size=768)))
        return as_png(image, transparency=draw(st.integers(0, 255)))
    return as_png(image)


@given(pictures())
def test_a_figure_encoded_again_is_itself(data):
    once = reencoded(data)
    assert reencoded(once) == once == reencoded(data)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it warns of what it skips, and goes on
@given(st.sampled_from([told_png(), told_jpeg()]), st.data())
def test_a_damaged_file_is_a_figure_or_a_sentence(data, draw):
    at = draw.draw(st.integers(0, len(data) - 1))
    damaged = draw.draw(
        st.sampled_from([data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :], data[:at] * 2])
    )
    try:
        made = reencoded(damaged)
    except BadFigure:
        return
    assert set(chunks_of(made)) == {b"IHDR", b"IDAT", b"IEND"}


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("words.txt", SECRET)
    return made.getvalue()


def gif() -> bytes:
    made = io.BytesIO()
    painted().save(made, "GIF")
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>words</text></svg>",
        gif(),
        b"<!doctype html><script>alert(1)</script>",
        archive(),
        b"%PDF-1.7\n" + as_png(),
        b"GIF89a" + as_jpeg(),
        archive() + as_png(),
        b"\n" + as_png(),
    ],
    ids=["empty", "svg", "gif", "html", "zip", "pdf and png", "gif and jpeg", "zip and png", "late png"],
)
def test_what_is_no_png_or_jpeg_is_refused(data):
    with pytest.raises(BadFigure, match="must be a PNG or a JPEG"):
        reencoded(data)


@pytest.mark.parametrize("figure", [as_png(), as_jpeg()], ids=["png", "jpeg"])
def test_an_archive_hung_onto_a_figure_is_dropped(figure):
    both = figure + archive()
    assert zipfile.is_zipfile(io.BytesIO(both))
    made = reencoded(both)
    assert made == reencoded(figure)
    assert not zipfile.is_zipfile(io.BytesIO(made))


@pytest.mark.parametrize(
    "data", [as_png()[:-12], as_png()[:-30], as_jpeg(painted((60, 60)))[:-200], PNG, JPEG, PNG + bytes(60)]
)
def test_a_file_cut_short_is_refused(data):
    with pytest.raises(BadFigure, match="broken or cut short"):
        reencoded(data)


@pytest.mark.parametrize(("width", "height"), [(4001, 6000), (2**31 - 1, 2**31 - 1), (24_000_001, 1)])
def test_a_bomb_is_refused_without_being_decoded(width, height, monkeypatch):
    monkeypatch.setattr(PngImageFile, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(BadFigure, match="24 million pixels"):
        reencoded(bomb(width, height))


def test_a_jpeg_of_endless_passes_is_refused():
    with pytest.raises(BadFigure, match="too many passes"):
        reencoded(as_jpeg() + b"\xff\xda" * 100)


def test_too_many_bytes_are_refused_coming_in_and_going_out():
    with pytest.raises(BadFigure, match="4 MB at most"):
        reencoded(as_png() + bytes(MOST_BYTES))
    noise = as_jpeg(Image.effect_noise((1500, 1500), 80).convert("RGB"), quality=50)
    assert len(noise) < MOST_BYTES
    with pytest.raises(BadFigure, match="as PNG"):
        reencoded(noise)
