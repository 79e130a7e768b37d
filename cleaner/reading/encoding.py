"""Bytes become text: which encoding, in which order it is asked for, and what cannot be text at all.

The order: a byte order mark; the marks of binary formats (refused); the rhythm of UTF-32 and UTF-16 (`wide.py`); UTF-8;
many control characters (refused); what a page declares in its `meta` tag, if its script fits; UTF-8 with some damage;
detection. A step that does not fit leaves the input to the next one, and the last one, windows-1252, takes anything.
Detection tells the script by how the bytes beyond ASCII stand, and the encoding by the letters of a Latin alphabet
(`alphabets.py`) or by the common letters of another script (`scripts.py`); where these do not tell, charset-normalizer
is asked. It looks at a bounded sample, because the latter's time and memory grow with the input times the number of
encodings it tries.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.errors import InputError
from cleaner.reading.alphabets import LATIN, best_latin
from cleaner.reading.scripts import best_script, contradicts, in_latin_script
from cleaner.reading.wide import wide_encoding

MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

BINARY = (
    (0, b"%PDF-", "a PDF file", "extract its text first, for example with pdftotext"),
    (0, b"PK\x03\x04", "a ZIP archive (or an Office or EPUB file)", "unpack it, or save its text, first"),
    (0, b"\x1f\x8b\x08", "gzip-compressed", "decompress it first, for example with gunzip"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard-compressed", "decompress it first, for example with unzstd"),
    (0, b"\xfd7zXZ\x00", "xz-compressed", "decompress it first, for example with unxz"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (4, b"1AY&SY", "bzip2-compressed", "decompress it first, for example with bunzip2"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image", "pass the text or the HTML of the page"),
    (0, b"\xff\xd8\xff", "a JPEG image", "pass the text or the HTML of the page"),
    (0, b"GIF87a", "a GIF image", "pass the text or the HTML of the page"),
    (0, b"GIF89a", "a GIF image", "pass the text or the HTML of the page"),
    (8, b"WEBPVP8", "a WebP image", "pass the text or the HTML of the page"),
    (8, b"WAVEfmt ", "a WAVE recording", "pass a transcript"),
    (4, b"ftyp", "an MP4 or HEIF file", "pass the text or the HTML of the page"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "save its text first"),
    (0, b"{\\rtf", "an RTF file", "save it as plain text first"),
    (0, b"bplist00", "a property list, such as a web archive of Safari", "save the page as its source (HTML) instead"),
    (0, b"%!PS-Adobe", "a PostScript file", "extract its text first, for example with ps2ascii"),
    (0, b"II*\x00", "a TIFF image", "pass the text or the HTML of the page"),
    (0, b"MM\x00*", "a TIFF image", "pass the text or the HTML of the page"),
    (0, b"ID3\x03", "an MP3 recording", "pass a transcript"),
    (0, b"ID3\x04", "an MP3 recording", "pass a transcript"),
    (0, b"OggS\x00", "an Ogg recording", "pass a transcript"),
    (0, b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (0, b"SQLite format 3\x00", "an SQLite database", "export its text first"),
    (0, b"\x7fELF", "a program", "pass the text or the HTML of a page"),
)
"""Offset, bytes, what the input is, the remedy. The marks are those of the formats' own specifications."""

LABELS = {
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949", "korean"), "cp949"),
    **dict.fromkeys(("iso-8859-2", "iso8859-2", "latin2"), "iso8859_2"),
    **dict.fromkeys(("iso-8859-5", "iso8859-5"), "iso8859_5"),
    **dict.fromkeys(("iso-8859-6", "iso8859-6"), "iso8859_6"),
    **dict.fromkeys(("iso-8859-7", "iso8859-7"), "iso8859_7"),
    **dict.fromkeys(("iso-8859-8", "iso-8859-8-i"), "iso8859_8"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (3, 4, 10, 13, 14, 15, 16)},
    **{f"windows-125{page}": f"cp125{page}" for page in range(9)},
    **{f"cp125{page}": f"cp125{page}" for page in range(9)},
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
}
"""Names a page may declare, and the codec that browsers use for each (the WHATWG Encoding Standard)."""

CANDIDATES = ("cp1251", "koi8_u", "iso8859_5", "cp1253", "cp1255", "cp1256", "cp874")
MULTIBYTE = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
"""What detection may answer: encodings of the web. The many others of the library only add false answers."""

HEAD = 4_096
"""Bytes in which a declaration is looked for. Browsers read 1,024; templates with long comments need more."""

WINDOWS, WINDOW = 16, 1_024
"""The sample for detection: this many pieces of this many bytes, each begun at a byte that is not ASCII."""

STRAY = 0.02
"""Share of bytes up to which what does not belong may be chance. Of random bytes, a twelfth are control characters."""

CONTROLS = 8
"""Control characters that a text in a legacy encoding may hold whatever its length."""

_CONTROL = re.compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f]")  # not NUL, which dumps hold, nor the seven-bit escape
_HIGH = re.compile(rb"[\x80-\xff]")
_SAFE_START = re.compile(rb"[\x00-\x20]")  # never the second byte of a character in the multi-byte encodings
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE)


class Decoded(NamedTuple):
    """`text` begins behind a byte order mark. `warnings` tell of bytes that no character could be found for."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded:
    """The text of some bytes. Raises InputError for what is plainly no text, and nothing else.

    >>> decode(b"\\xef\\xbb\\xbfRain fell.")
    Decoded(text='Rain fell.', encoding='utf-8', warnings=())
    >>> decode("Où étaient-ils ?".encode("cp1252")).text
    'Où étaient-ils ?'
    """
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding)
    refuse_binary(raw)
    wide = wide_encoding(raw)
    if wide:
        return _decoded(raw, wide)
    try:
        return _seven_bit(raw) or Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        _refuse_control_characters(raw)
        return _declared(raw) or _damaged_utf_8(raw) or _decoded(raw, _detect(raw))


def refuse_binary(raw: bytes) -> None:
    """Raise InputError, with the remedy, where the first bytes are those of a binary format."""
    for offset, magic, what, remedy in BINARY:
        if raw.startswith(magic, offset):
            raise InputError(f"the input is no text but {what}; {remedy}")


def _decoded(raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, "replace")
    lost = text.count("\ufffd") - _honest_replacements(raw, encoding)
    if lost <= 0:
        return Decoded(text, encoding)
    places = "1 place is no valid {} and was" if lost == 1 else f"{lost} places are no valid {{}} and were"
    return Decoded(text, encoding, (f"{places.format(encoding)} read as U+FFFD",))


def _honest_replacements(raw: bytes, encoding: str) -> int:
    """How often the input itself holds U+FFFD."""
    return raw.count("\ufffd".encode(encoding)) if encoding.startswith(("utf-", "gb18030")) else 0


def _refuse_control_characters(raw: bytes) -> None:
    """Raise InputError for bytes that are no UTF-8 and hold more control characters than any text."""
    head = raw[: HEAD * 4]
    controls = len(_CONTROL.findall(head))
    if controls >= CONTROLS and controls > STRAY * len(head):
        remedy = "pass the text or the HTML of the page, or save its text as UTF-8"
        found = f"{controls:,} of its first {len(head):,} bytes are control characters"
        raise InputError(f"the input is no text: {found}; {remedy}")


def _seven_bit(raw: bytes) -> Decoded | None:
    """ISO-2022-JP, which is ASCII but for its escapes."""
    if b"\x1b" not in raw or (b"\x1b$B" not in raw and b"\x1b$@" not in raw):  # the first alone is found at once
        return None
    try:
        return Decoded(raw.decode("iso2022_jp_ext"), "iso2022_jp_ext")
    except UnicodeDecodeError:
        return None


def _declared(raw: bytes) -> Decoded | None:
    """The encoding that a page names, if the page is legal in it."""
    head = raw[:HEAD]
    if not head.lstrip().startswith(b"<"):
        return None
    found = _DECLARED.search(head)
    codec = LABELS.get(found[1].decode("ascii").lower()) if found else None
    if codec is None or codec == "utf-8":
        return None
    if codec in (*LATIN, *CANDIDATES) and contradicts(_sample(raw), codec):
        return None
    decoded = _decoded(raw, codec)
    return None if decoded.warnings else decoded


def _damaged_utf_8(raw: bytes) -> Decoded | None:
    """UTF-8 in which a few bytes are wrong: characters that cannot be chance outnumber the wrong places by far."""
    decoded = _decoded(raw, "utf-8")
    lost = decoded.text.count("\ufffd")
    sound = len(decoded.text) - len(decoded.text.encode("ascii", "ignore")) - lost
    return decoded if sound > 4 * lost else None


def _detect(raw: bytes) -> str:
    sample = _sample(raw)
    if in_latin_script(sample):
        return best_latin(sample)
    head = raw[: WINDOWS * WINDOW]
    script = best_script(sample) or best_script(head)
    if script:
        return script
    from charset_normalizer import from_bytes  # heavy: only for legacy encodings

    for attempt in (sample, *(head[: len(head) - cut] for cut in range(4))):  # a cut character fails them all
        best = from_bytes(attempt, cp_isolation=[*CANDIDATES, *MULTIBYTE], enable_fallback=False).best()
        if best is not None:
            return best.encoding
    return best_latin(sample)


def _sample(raw: bytes) -> bytes:
    """Pieces from all over the input, each round a byte that is not ASCII and cut where a character begins."""
    if len(raw) <= WINDOWS * WINDOW:
        return raw
    pieces: list[bytes] = []
    position = 0
    for number in range(WINDOWS):
        found = _HIGH.search(raw, max(position, number * len(raw) // WINDOWS))
        if found is None:
            break
        near = found.start()
        breaks = [match.end() for match in _SAFE_START.finditer(raw, max(position, near - WINDOW), near)]
        start = breaks[0] if breaks else near
        last = [match.end() for match in _SAFE_START.finditer(raw, near, near + WINDOW)]
        position = last[-1] if last else near + WINDOW
        pieces.append(raw[start:position])
    return b"\n".join(pieces)
