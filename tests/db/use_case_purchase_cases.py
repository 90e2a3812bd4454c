"""One call of every use case about purchases on the filled book."""

from __future__ import annotations

import csv
from io import StringIO

from planner.importing.options import ImportOptions
from planner.importing.purchases import PurchaseFile, read_purchases
from planner.use_cases import import_purchases, purchases
from tests.db.use_case_cases import Call, after, call
from tests.makers import TODAY, World, day


def file_of(text: str) -> PurchaseFile:
    """A read file of two purchases, one of an account that is not known."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("account", "date", "product", "note", "shelf"))
    rows.writerow(("Acme", "2026-01-02", f"x{text}", text, text))
    rows.writerow((f"new {text}", "2026-01-02", "hat", "", ""))
    data = out.getvalue().encode("utf-8", "replace").replace(b"\x00", b"")
    return read_purchases(data, ImportOptions("EUR"), TODAY)


def purchase_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    bought = call(purchases.log_purchase, w.account, product="Hat", purchased_on=day(4))
    return (
        call(purchases.log_purchase, w.account, kind="return", product=f"x{text}", note=text,
             amount_minor=5, person_id=w.joe, external_id=f"x{text}"),
        after(bought, call(purchases.change_purchase, -1, product=f"y{text}", amount_minor=9)),
        after(bought, call(purchases.archive_purchase, -1)),
        call(import_purchases.import_purchases, file_of(text), title="f.csv"),
    )  # fmt: skip
