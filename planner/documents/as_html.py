"""A document as one self-contained HTML file that prints well on A4.

The template escapes everything; nothing outside the file is asked for.
"""

from __future__ import annotations

from planner.documents.blocks import Document, Facts, Grid, Paragraph
from planner.language import code, is_right_to_left
from planner.text import visible, visible_lines

STYLE = """
@page { size: A4; margin: 15mm 14mm 16mm 14mm; }
@page dense { size: A4; margin: 9mm 12mm; }
:root { --ink: #1b1f24; --soft: #5b6470; --line: #d5d9de; --ground: #f4f5f7; }
* { box-sizing: border-box; }
body { color: var(--ink); background: #fff; margin: 0 auto; padding: 10mm; max-width: 210mm;
  font: 9.5pt/1.4 "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, sans-serif; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 2mm; overflow-wrap: anywhere; }
h2 { font-size: 11.5pt; margin: 6mm 0 1.5mm; padding-bottom: 1mm;
  border-bottom: 1.5pt solid var(--ink); break-after: avoid; }
h2 small { font-weight: normal; font-size: 8.5pt; color: var(--soft); }
h3 { font-size: 9.5pt; margin: 3mm 0 1mm; break-after: avoid; }
p { margin: 0 0 1.5mm; white-space: pre-line; overflow-wrap: anywhere; }
.lead { color: var(--soft); }
.muted { color: var(--soft); font-style: italic; }
.badge { display: inline-block; font-weight: 600; padding: .8mm 2.5mm; margin: 0 0 2mm;
  border: 1pt solid currentColor; border-radius: 1mm; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
.red { color: #a3121b; background: #fdecec; }
.yellow { color: #7a5200; background: #fff6dd; }
.green { color: #0f6131; background: #e7f6ec; }
.grey { color: #4a525c; background: var(--ground); }
dl { display: grid; grid-template-columns: minmax(28mm, max-content) 1fr; margin: 0 0 2mm;
  column-gap: 4mm; }
dt { color: var(--soft); break-after: avoid; }
dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; margin: 0 0 2.5mm; font-size: 8.5pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: start; font-weight: 600; color: var(--soft); background: var(--ground);
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
th, td { padding: .9mm 1.6mm; vertical-align: top; border-bottom: .5pt solid var(--line); }
td { white-space: pre-line; overflow-wrap: break-word; }
th.main, td.main { min-width: 36mm; }
footer { margin-top: 6mm; padding-top: 1.5mm; border-top: .5pt solid var(--line);
  color: var(--soft); font-size: 8pt; }
.dense { page: dense; font-size: 8.5pt; line-height: 1.3; }
.dense footer { margin-top: 2mm; padding-top: .8mm; }
.dense section { display: grid; grid-template-columns: 19mm 1fr; column-gap: 2mm;
  border-top: .75pt solid var(--ink); padding-top: .8mm; margin-top: 1.4mm; }
.dense section > * { grid-column: 2; }
.dense h2 { font-size: 9pt; margin: 0; padding: 0; border: 0; grid-column: 1;
  grid-row: 1 / span 9; }
.dense table { font-size: 7.5pt; margin-bottom: 1mm; }
.dense th, .dense td { padding: .45mm 1.4mm; }
.dense p, .dense dl { margin-bottom: .8mm; }
@media print { body { padding: 0; max-width: none; } }
"""
TEMPLATE = """<!DOCTYPE html>
<html lang="{{ lang }}" dir="{{ dir }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ document.title|line }}</title>
<style>{{ style|safe }}</style>
</head>
<body{% if document.dense %} class="dense"{% endif %}>
<header>
<h1 dir="auto">{{ document.title|line }}</h1>
{% if document.badge %}<div class="badge {{ document.badge.band }}">\
{{ document.badge.text|line }}</div>
{% endif %}{% for text in document.lead %}<p class="lead" dir="auto">{{ text|lines }}</p>
{% endfor %}</header>
<main>
{% for part in document.parts %}<section>
<h2>{{ part.title|line }}{% if part.aside %} <small>{{ part.aside|line }}</small>{% endif %}</h2>
{% for kind, block in part.blocks|kinds %}{% if kind == "text" %}\
<p{% if block.muted %} class="muted"{% endif %} dir="auto">{{ block.text|lines }}</p>
{% elif kind == "facts" %}<dl>
{% for name, value in block.pairs %}<dt>{{ name|line }}</dt><dd dir="auto">{{ value|lines }}</dd>
{% endfor %}</dl>
{% else %}{% if block.title %}<h3>{{ block.title|line }}</h3>
{% endif %}<table>
<thead><tr>{% for word in block.head %}\
<th{% if loop.index0 == block.main %} class="main"{% endif %}>{{ word|line }}</th>\
{% endfor %}</tr></thead>
<tbody>
{% for row in block.rows %}<tr>{% for text in row %}\
<td{% if loop.index0 == block.main %} class="main"{% endif %} dir="auto">{{ text|lines }}</td>\
{% endfor %}</tr>
{% endfor %}</tbody>
</table>
{% endif %}{% endfor %}</section>
{% endfor %}</main>
{% if document.foot %}<footer dir="auto">{{ document.foot|line }}</footer>
{% endif %}</body>
</html>
"""


def page_of(document: Document) -> str:
    """The whole file. Loads jinja2."""
    from jinja2 import Environment, StrictUndefined

    engine = Environment(autoescape=True, undefined=StrictUndefined)
    engine.filters |= {"line": visible, "lines": visible_lines, "kinds": _kinds}
    return engine.from_string(TEMPLATE).render(
        document=document,
        style=STYLE,
        lang=code(),
        dir="rtl" if is_right_to_left() else "ltr",
    )


def _kinds(blocks: tuple[Paragraph | Facts | Grid, ...]) -> list[tuple[str, object]]:
    names = {Paragraph: "text", Facts: "facts", Grid: "grid"}
    return [(names[type(block)], block) for block in blocks]
