"""The house: where things lie, sample books, backups, the check-up."""

from __future__ import annotations

from tui.cli.context import Session, command, pass_session


@command()
@pass_session
def paths(session: Session) -> None:
    """Print where the book, the settings, drafts and the error log lie."""
    import os

    from planner.text import visible
    from tui import paths as places

    book = session.book or os.environ.get(places.BOOK_VARIABLE) or places.default_book()
    document = {
        "book": str(book),
        "sample": str(places.sample_book()),
        "config": str(places.config_file()),
        "state": str(places.state_folder()),
        "log": str(places.state_folder() / "error.log"),
    }
    width = max(len(name) for name in document)
    session.show(
        document,
        lambda: [f"{name:<{width}}  {visible(path)}" for name, path in document.items()],
    )
