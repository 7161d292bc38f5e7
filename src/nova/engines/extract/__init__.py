"""A file's bytes and media type -> a `Document`. Pure functions: they are meant to run in a child process (`runner`)."""

from collections.abc import Mapping
from typing import Any

from nova.engines.extract.wire import pack
from nova.errors import UnreadableFile, UnsupportedFile
from nova.records import Document


def read_document(data: bytes, media_type: str, filename: str) -> Document:
    """The document, in this process. Raises UnreadableFile or UnsupportedFile; a parser's own errors may pass."""
    from nova.engines.extract import sniff as kinds
    from nova.engines.extract.writer import MAX_BLOCKS, too_many

    if media_type == kinds.MARKDOWN:
        from nova.engines.extract.markdown import read_markdown

        document = read_markdown(data)
    elif media_type in (kinds.PLAIN, kinds.CSV):
        from nova.engines.extract.plain import read_csv, read_plain

        document = read_csv(data) if media_type == kinds.CSV else read_plain(data)
    elif media_type == kinds.HTML:
        from nova.engines.extract.hypertext import read_html

        document = read_html(data, filename)
    elif media_type == kinds.PDF:
        from nova.engines.extract.pdf import read_pdf

        document = read_pdf(data, filename)
    elif media_type in (kinds.PNG, kinds.JPEG, kinds.TIFF):
        from nova.engines.extract.scan import read_image

        document = read_image(data, media_type, filename)
    else:
        document = _read_office(data, media_type, filename)
    if len(document.blocks) > MAX_BLOCKS:
        raise too_many()
    if not document.text.strip():
        raise UnreadableFile(f"„{filename}“ enthält keinen lesbaren Text.")
    return document


def _read_office(data: bytes, media_type: str, filename: str) -> Document:
    from nova.engines.extract import sniff as kinds
    from nova.engines.extract.package import check_package

    if media_type not in (kinds.DOCX, kinds.PPTX, kinds.XLSX):
        raise UnsupportedFile(f"Die Art „{media_type}“ liest Nova nicht. {kinds.READS}")
    check_package(data, media_type, filename)
    if media_type == kinds.DOCX:
        from nova.engines.extract.word import read_docx

        return read_docx(data, filename)
    if media_type == kinds.PPTX:
        from nova.engines.extract.slides import read_pptx

        return read_pptx(data, filename)
    from nova.engines.extract.sheets import read_xlsx

    return read_xlsx(data, filename)


def extract_task(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """`read_document` as a child's task: `media_type` and `filename` in, the document as `wire` packs it out."""
    return pack(read_document(body, str(args["media_type"]), str(args["filename"])))
