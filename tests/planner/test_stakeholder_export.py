"""The org tree for other programs: read back by readers of our own, labels are what they were.

The readers follow the grammars of Mermaid (its own entities first, then flowchart statements) and
of DOT (quoted strings, then escapes of labels, then entities) and refuse every other statement.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.stakeholder_export import dot, label_lines, mermaid
from planner.stakeholders import Stakeholder
from planner.text import visible
from planner.vocabulary import ROLES, STANCES
from tests.strategies import HOSTILE, hostile_text

TODAY = date(2026, 3, 12)
Boxes = dict[str, list[str]]
Edges = list[tuple[str, str, str]]

PEOPLE = (
    Stakeholder(1, 'Ann "the [boss]"', "CEO", roles=("sponsor",), influence=3, stance="neutral"),
    Stakeholder(2, "Bob\nNewline", "R&D", reports_to_id=1, left_on=date(2026, 1, 2)),
    Stakeholder(3, "林", reports_to_id=9, reports_to_name="Group; CEO"),
    Stakeholder(4, "A", reports_to_id=5),
    Stakeholder(5, "B", reports_to_id=4),
)
ATTACKS = (
    '"]; click A href "https://bad.example"', 'x"] --> y["', "end", "%%{init: {}}%%", "%% comment",
    "style: x #f00; y", "classDef a:#f00;", "#quot;", "&quot;&amp;#34;", "ﬂ°°34¶ß", "`**bold**`",
    "1. list", "- list", "<script>alert(1)</script>", "<br/>", "\\", 'a\\"', "\\N \\G \\l", "\\\\n",
    '"];}', "/* */ // #", "subgraph", "", " ", "javascript:alert(1)", "```", "fa:fa-bell", "|x|",
)  # fmt: skip


def test_the_mermaid_chart_is_exactly_this() -> None:
    assert (
        mermaid(PEOPLE, TODAY)
        == """\
graph TD
    p1["Ann #34;the #91;boss#93;#34;<br/>CEO<br/>sponsor<br/>influence 3, neutral"]
    p2["Bob␊Newline<br/>R#38;D<br/>left 2026#45;01#45;02"]:::gone
    p3["林"]
    p4["A"]
    p5["B"]
    boss9["Group#59; CEO<br/>not of this account"]
    p1 --> p2
    boss9 --> p3
    p5 -.-> p4
    p4 --> p5
    classDef gone stroke-dasharray: 4 4
"""
    )


def test_the_dot_graph_is_exactly_this() -> None:
    assert (
        dot(PEOPLE, TODAY)
        == """\
digraph stakeholders {
    rankdir=TB;
    node [shape=box];
    p1 [label="Ann \\"the [boss]\\"\\nCEO\\nsponsor\\ninfluence 3, neutral"];
    p2 [label="Bob␊Newline\\nR&amp;D\\nleft 2026-01-02", style=dashed];
    p3 [label="林"];
    p4 [label="A"];
    p5 [label="B"];
    boss9 [label="Group; CEO\\nnot of this account"];
    p1 -> p2;
    boss9 -> p3;
    p5 -> p4 [style=dotted];
    p4 -> p5;
}
"""
    )


def test_nobody_makes_an_empty_graph() -> None:
    assert read_mermaid(mermaid([], TODAY)) == ({}, [])
    assert read_dot(dot([], TODAY)) == ({}, [])


def read_mermaid(text: str) -> tuple[Boxes, Edges]:
    """Boxes with the lines of their labels, and edges, as Mermaid reads a flowchart."""
    text = re.sub(r"(?:style|classDef).*:\S*#.*;", lambda m: m[0][:-1], text)
    text = re.sub(r"#\w+;", lambda m: f"ﬂ°°{m[0][1:-1]}¶ß", text, flags=re.ASCII)
    assert "%%" not in text
    first, *statements, end = text.split("\n")
    assert (first, statements[-1], end) == (
        "graph TD", "    classDef gone stroke-dasharray: 4 4", "",
    )  # fmt: skip
    boxes: Boxes = {}
    edges: Edges = []
    for statement in statements[:-1]:
        box = re.fullmatch(r' {4}(\w+)\["([^"`]+)"\](?::::gone)?', statement)
        if box:
            told = box[2].replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";")
            assert set(re.findall("<.*?>|[<>]", told)) <= {"<br/>"}
            boxes[box[1]] = [html.unescape(line) for line in told.split("<br/>")]
            continue
        edge = re.fullmatch(r" {4}(\w+) (-->|-\.->) (\w+)", statement)
        assert edge, statement
        edges.append((edge[1], edge[2], edge[3]))
    return boxes, edges


def dot_tokens(text: str) -> Iterator[tuple[str, str]]:
    """Tokens of DOT as (kind, text): a quoted string, a word, or a sign."""
    at = 0
    while at < len(text):
        if text[at] == '"':
            string, at = "", at + 1
            while text[at] != '"':
                pair = text[at : at + 2]
                step = 2 if pair in ('\\"', "\\\\") else 1
                string += '"' if pair == '\\"' else text[at : at + step]
                at += step
            at += 1
            yield "string", string
            continue
        token = re.compile(r"\s+|->|\w+|[{}\[\]=;,]").match(text, at)
        assert token, text[at:]
        at = token.end()
        if not token[0].isspace():
            yield "word", token[0]


def dot_label(string: str) -> list[str]:
    """The lines of a label: escapes, then entities."""
    lines = [""]
    for part in re.findall(r"\\.|[^\\]+", string, re.DOTALL):
        if part == "\\n":
            lines.append("")
        else:
            assert part[0] != "\\" or part == "\\\\", part
            lines[-1] += "\\" if part == "\\\\" else part
    return [html.unescape(line) for line in lines]


def read_dot(text: str) -> tuple[Boxes, Edges]:
    """Boxes with the lines of their labels, and edges, as Graphviz reads a digraph."""
    tokens = list(dot_tokens(text))
    words = [word if kind == "word" else f'"{word}' for kind, word in tokens]
    head = "digraph stakeholders { rankdir = TB ; node [ shape = box ] ;"
    start = head.count(" ") + 1
    assert (" ".join(words[:start]), words[-1]) == (head, "}")
    boxes: Boxes = {}
    edges: Edges = []
    statement: list[str] = []
    for word in words[start:-1]:
        if word != ";":
            statement.append(word)
            continue
        if statement[1] == "->":
            assert statement[3:] in ([], ["[", "style", "=", "dotted", "]"])
            edges.append((statement[0], "-.->" if statement[3:] else "-->", statement[2]))
        else:
            assert statement[1:4] == ["[", "label", "="]
            assert statement[5:] in (["]"], [",", "style", "=", "dashed", "]"])
            boxes[statement[0]] = dot_label(statement[4].removeprefix('"'))
        statement = []
    assert not statement
    return boxes, edges


def expected(people: list[Stakeholder]) -> tuple[Boxes, set[tuple[str, str]]]:
    ids = {p.id for p in people}
    boxes = {f"p{p.id}": label_lines(p, TODAY) for p in people}
    edges = {
        (f"{'p' if p.reports_to_id in ids else 'boss'}{p.reports_to_id}", f"p{p.id}")
        for p in people
        if p.reports_to_id is not None
    }
    return boxes, edges


TEXT = st.sampled_from((*ATTACKS, *HOSTILE)) | hostile_text | st.text('"\\[]();:#&%<>`n| \nﬂ°¶ß')
PEOPLE_ANYHOW = st.lists(
    st.builds(
        Stakeholder,
        id=st.integers(1, 9),
        name=TEXT,
        title=TEXT,
        roles=st.lists(st.sampled_from(ROLES), max_size=2, unique=True).map(tuple),
        influence=st.none() | st.integers(1, 3),
        stance=st.none() | st.sampled_from(STANCES),
        reports_to_id=st.none() | st.integers(1, 11),
        reports_to_name=TEXT,
        left_on=st.none() | st.just(TODAY),
    ),
    max_size=7,
    unique_by=lambda row: row.id,
)


@given(PEOPLE_ANYHOW)
@example([Stakeholder(n, text, text) for n, text in enumerate(ATTACKS, 1)])
@example([Stakeholder(1, "a", reports_to_id=2, reports_to_name=ATTACKS[0])])
def test_what_is_written_is_read_back_equal_whatever_the_names_hold(
    people: list[Stakeholder],
) -> None:
    boxes, edges = expected(people)
    for found, lines in (read_mermaid(mermaid(people, TODAY)), read_dot(dot(people, TODAY))):
        outside = {name: label for name, label in found.items() if name.startswith("boss")}
        assert {name: label for name, label in found.items() if name not in outside} == boxes
        assert {(boss, report) for boss, _line, report in lines} == edges
        assert outside.keys() == {boss for boss, _report in edges if boss.startswith("boss")}
        assert all(label[-1] == "not of this account" for label in outside.values())


@pytest.mark.parametrize("attack", [*ATTACKS, "two\nlines\x1b"])
def test_a_boss_from_elsewhere_is_shown_under_the_name_that_was_written(attack: str) -> None:
    people = [Stakeholder(1, "Ann", reports_to_id=7, reports_to_name=attack)]
    for found, _lines in (read_mermaid(mermaid(people, TODAY)), read_dot(dot(people, TODAY))):
        assert found["boss7"] == [visible(attack) or "somebody", "not of this account"]


def test_a_circle_is_closed_by_one_dotted_line() -> None:
    people = [Stakeholder(n, f"p{n}", reports_to_id=n % 3 + 1) for n in (1, 2, 3)]
    for _found, lines in (read_mermaid(mermaid(people, TODAY)), read_dot(dot(people, TODAY))):
        assert sorted(line for _boss, line, _report in lines) == ["-->", "-->", "-.->"]
