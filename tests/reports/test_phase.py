"""The phase map in letters and as a figure, from the command line."""

import json
from fractions import Fraction
from io import StringIO

import pytest
from click.testing import CliRunner

from verifier.cli.commands.phase import command
from verifier.dynamics.phase import PhaseMap, Regime, Threshold
from verifier.errors import VerifierError
from verifier.reports.figures import Sheet
from verifier.reports.figures.phase import NAMES, PANEL, SHADES, draw
from verifier.reports.phase import lines, show

R = Regime
FOUND = PhaseMap(
    2, 5, Fraction(1), 0.85, 20000, (0.3, 0.5, 0.7), (0.001, 0.1),
    ((R.WINNER, R.REBALANCED, R.TWO_CYCLE), (R.SHARED, R.SHARED, R.DIVERGED)),
    (Threshold("2/S_1", 0.39, "stability-window"), Threshold("2/S_H", 0.58, "stability-window"),
     Threshold("eta_WCR", 0.9, "worst-case-return")),
)  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(command, arguments, standalone_mode=False)


def test_letters_stand_above_their_step_sizes():
    first, top, bottom, marks, names, axis = lines(FOUND)
    assert first == "start"
    assert top == "0.1       ssD" and bottom == "0.001     wR2"
    assert marks == " " * 10 + "^^ " and names == " " * 10 + "2/S_1 2/S_H"
    assert axis.startswith("eta") and axis.endswith("0.7")


def test_tables_count_the_cells():
    out = StringIO()
    show(FOUND, file=out)
    text = out.getvalue()
    assert "33.3 %" in text and "stays shared" in text and "chaos" not in text
    assert "eta_WCR" in text and "worst-case-return" in text
    out = StringIO()
    show(FOUND, letters=False, file=out)
    assert "start" not in out.getvalue()


def test_the_figure_names_what_it_shows():
    pytest.importorskip("matplotlib")
    sheet = Sheet(panel=PANEL)
    sheet.draw(lambda axes: draw(axes[0], FOUND))
    (legend,) = sheet.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "winner takes all", "stays shared", "re-balances", "two-cycle", "diverges",
    ]  # fmt: skip
    labels = [text.get_text().partition("\n")[0] for text in sheet.axes[0].texts]
    assert labels == [NAMES["2/S_1"], NAMES["2/S_H"]]  # the third lies outside
    assert set(SHADES) == set(Regime) and len(set(SHADES.values())) == len(Regime)


def test_the_command_prints_and_draws(tmp_path):
    small = ("--paths", "2", "--depth", "3", "--cells", "12x3", "--steps", "300")
    found = run(*small)
    assert found.return_value == 0 and found.output.startswith("start\n")
    pytest.importorskip("matplotlib")
    path = tmp_path / "map.png"
    found = run(*small, "--output", str(path), "--eta", "0.1:0.5", "--start", "1/100:0.3")
    assert found.return_value == 0 and path.read_bytes().startswith(b"\x89PNG")


def test_json_says_the_same():
    found = run(
        "--paths", "2", "--depth", "3", "--cells", "5x3", "--steps", "300", "--format", "json"
    )
    content = json.loads(found.output)
    assert [len(row) for row in content["cells"]] == [5] * 3 == [len(content["etas"])] * 3
    assert content["starts"] == sorted(content["starts"])
    assert set("".join(content["cells"])) <= set(content["regimes"])
    assert content["thresholds"][0]["theorem"] == "stability-window"


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (("--output", "map.txt"), "names no picture"),
        (("--cells", "10"), "--cells '10'"),
        (("--cells", "1x9"), "--cells '1x9'"),
        (("--eta", "0.5"), "--eta '0.5' is no range"),
        (("--eta", "0:1"), "--eta '0:1' is no range"),
        (("--eta", "-1:1"), "--eta '-1:1' is no range"),
        (("--eta", "nan:1"), "an end of --eta is 'nan'"),
        (("--start", "0.3:0.1"), "--start '0.3:0.1' is no range"),
        (("--start", "0.3:2"), "between 0 and the target"),
        (("--target", "0"), "target is 0"),
        (("--target", "x"), "target is 'x'"),
        (("--ratio", "nan"), "ratio is nan"),
        (("--ratio", "-1"), "ratio is -1"),
        (("--steps", "5"), "5 steps"),
        (("--paths", "100"), "100 pathways"),
    ],
)
def test_bad_input_is_refused(arguments, cause):
    found = run("--paths", "2", "--depth", "3", *arguments)
    assert isinstance(found.exception, VerifierError)
    assert cause in str(found.exception) and found.exception.remedy
