"""Which sector a trade word of a company's name belongs to, and what such customers talk about."""

from __future__ import annotations

from functools import lru_cache

from planner.sampling.locales import words

OTHER = "services"
SECTORS: tuple[tuple[str, str], ...] = (
    ("food", "livs elintarvike mejeri fisk sjomat feinkost gida aceites bodegas conservas foods"
     " brewing laiteries vergers zuivel"),
    ("logistics", "frakt logistiikka shipping rederi logistik lojistik distribution logistics"
     " transportes freight messageries transport vervoer"),
    ("construction", "bygg rakennus byg holzbau kensetsu joinery"),
    ("energy", "energi energia vind enerji energias energy"),
    ("health", "vard terveys apotek helse pharma medizintechnik saglik clinicas dental pharmacie"
     " zdrowie zorg"),
    ("optics", "optik optikk optics optique optyka optiek"),
    ("furniture", "mobler puu kaluste mobel mobilya furniture meble meubels maison"),
    ("machinery", "verkstad kone maskiner mekanikk maschinenbau werkzeuge makine industries seiki"
     " instruments fonderie ateliers narzedzia techniek tekniikka scheepsbouw"),
    ("software", "data yazilim technology elektronik denshi"),
    ("textiles", "textil tekstil textile carpets calzados textiles"),
    ("printing", "kirjat tryk papir verlag publishing imprenta press papeterie editions druk"
     " printing"),
    ("garden", "gartneri viveros ogrody bloemen"),
    ("ceramics", "seramik ceramicas szklo verpackung"),
    ("retail", "trading sport turizm perfumes fietsen"),
)  # fmt: skip
AREAS: dict[str, tuple[str, ...]] = {
    "food": words("returns shelf_life delivery_windows order_lists cold_chain"),
    "logistics": words("tracking customs_papers night_runs freight_invoices depot_access"),
    "construction": words("site_access delivery_notes change_orders spare_parts the_tender"),
    "energy": words("meter_data outage_notices the_grid_audit maintenance_slots"),
    "health": words("the_audit_trail stock_levels training_records appointment_data"),
    "optics": words("lens_orders the_price_file warranty_cases shop_roll-out"),
    "furniture": words("the_catalogue returns assembly_visits order_lists"),
    "machinery": words("spare_parts service_visits the_price_file line_downtime"),
    "software": words("the_interface single_sign-on ticket_routing the_data_export"),
    "textiles": words("colour_cards order_lists returns the_season_plan"),
    "printing": words("proofs paper_stock the_price_file delivery_windows"),
    "garden": words("the_season_plan delivery_windows labels order_lists"),
    "ceramics": words("breakage export_papers the_catalogue order_lists"),
    "retail": words("the_season_plan store_reports the_loyalty_cards returns"),
    OTHER: words("reporting invoices onboarding order_lists"),
}


@lru_cache(maxsize=512)
def sector_of(trade: str) -> str:
    """The sector of a trade word spelled in small Latin letters."""
    for sector, trades in SECTORS:
        if trade in trades.split():
            return sector
    return OTHER
