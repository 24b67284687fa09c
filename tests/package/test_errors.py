"""Errors: one root, fitting builtins, data as attributes, a message that helps, safe to copy and send."""

from __future__ import annotations

import copy
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import pytest

import natoburden as nb
from natoburden import errors
from natoburden.errors import (
    AmbiguousCountryError,
    CollinearVariablesWarning,
    CurrentPricesWarning,
    DataIntegrityError,
    DocumentError,
    DocumentFault,
    DoubleCountingWarning,
    FewRecordsWarning,
    FrameError,
    GasBasisError,
    InexactNumberError,
    InvalidNumberError,
    InvalidYearError,
    MissingExtraError,
    MissingFiguresError,
    MissingFontWarning,
    MissingSourceError,
    MixedCurrenciesError,
    MixedDefinitionsWarning,
    MixedEditionsError,
    MixedPriceBasesError,
    MixedQuantitiesError,
    MixedReportersError,
    MixedSetsWarning,
    NatoBurdenError,
    NatoBurdenWarning,
    NoCodeError,
    NoObservationError,
    NotAContractError,
    NotAMemberError,
    OppositeSignsWarning,
    ReaderError,
    ShareOutOfRangeError,
    TargetMismatchError,
    TooFewError,
    UnexpectedValueError,
    UnknownCountryError,
    UnknownNameError,
    UnmatchedNamesWarning,
    UnreachableError,
)

FAULTS = [DocumentFault("targets[0].share", "unknown key"), DocumentFault("targets[1].key", "required key missing")]

# Each error with what it says and the builtin that a caller would catch.
EXAMPLES: list[tuple[Exception, type[Exception], str]] = [
    (
        MixedQuantitiesError("Energy in TWh (net)", "Energy in TWh (gross)"),
        ValueError,
        "cannot combine Energy in TWh (net) with Energy in TWh (gross); valid: one kind, one unit and one basis on "
        "both sides; nothing converts implicitly: natoburden.units converts, and names its factors",
    ),
    (
        NotAContractError("CAN 17-49"),
        TypeError,
        "CAN 17-49 is a notice of what may be sold at most, not a contract; valid: contracts; ceilings are counted "
        "apart, and never add to what was agreed on or paid",
    ),
    (
        FrameError(("no column 'amount'", "column 'year' is String"), ("supplier", "year"), "fill them"),
        ValueError,
        "no column 'amount'; column 'year' is String; the columns are supplier, year; fill them",
    ),
    (
        GasBasisError("4.00 bcm", "a volume with its basis", "say assuming(basis)"),
        ValueError,
        "4.00 bcm does not say what is needed; valid: a volume with its basis; say assuming(basis)",
    ),
    (
        ReaderError("a.tsv", "line 3", "7 cells", "6 cells, as in the header"),
        ValueError,
        "a.tsv, line 3: 7 cells; valid: 6 cells, as in the header",
    ),
    (
        MissingFiguresError("aid", ("Albania", "Belgium")),
        LookupError,
        "no aid of Albania, Belgium; give a figure for every member of the group in that year, zero where there is "
        "none, or another group",
    ),
    (
        TooFewError("a rank correlation", 2, 3),
        ValueError,
        "a rank correlation of 2; valid: at least 3; take a wider group, more years or more editions",
    ),
    (
        TooFewError("a chart of allies", 0, 1),
        ValueError,
        "a chart of allies of 0; valid: at least 1; look what there is: another group or year may have some",
    ),
    (NatoBurdenError("what happened"), Exception, "what happened"),
    (
        InvalidNumberError("share", "1,5", hint="write a point"),
        ValueError,
        "share: '1,5' is not usable; valid: a finite decimal number; write a point",
    ),
    (
        InexactNumberError("share", "2.2", "float"),
        TypeError,
        "share: 2.2 is a float; valid: str, int or Decimal; write the figure as a string, as it was published: '2.22'",
    ),
    (InvalidYearError("'2025'", "a year"), ValueError, "'2025' is not a usable year; valid: a year"),
    (
        ShareOutOfRangeError("350"),
        ValueError,
        "350 % is not a share of a whole; valid: 0 % to 100 %; Share.percent('3.5') and Share.fraction('0.035') are "
        "the same share; use Rate for growth, PercentagePoints for differences",
    ),
    (
        MixedCurrenciesError("USD", "EUR"),
        ValueError,
        "USD and EUR are different currencies; valid: one currency on both sides; "
        "nothing converts implicitly: exchange one side first, at a rate you can name",
    ),
    (
        MixedPriceBasesError("current prices", "constant 2021 prices"),
        ValueError,
        "current prices and constant 2021 prices are different price bases; valid: one basis on both sides; "
        "nothing deflates implicitly: read both figures at the same basis",
    ),
    (
        MixedEditionsError("a share (2024-06)", "GDP (2026-07)"),
        ValueError,
        "a share (2024-06) and GDP (2026-07) are of different editions; valid: figures of one edition; look both up in "
        "one table, or say mixed_editions_ok=True if you mean to mix them",
    ),
    (
        MixedReportersError("LNG into Spain (importer)", "LNG into Spain (exporter)"),
        ValueError,
        "LNG into Spain (importer) and LNG into Spain (exporter) are reported by different sides; valid: flows that "
        "one side reports; one cargo stands in both, and cargoes are diverted: keep two tables, and show them "
        "side by side",
    ),
    (
        MixedPriceBasesError("unstated prices", "current prices"),
        ValueError,
        "unstated prices and current prices are perhaps different price bases; valid: one basis on both sides; "
        "assuming(basis) says at which prices an amount without a stated basis is taken",
    ),
    (
        UnknownNameError("edition", "2026-08", ("2024-06", "2026-07"), ("2026-07",)),
        LookupError,
        "unknown edition '2026-08'; valid: 2024-06, 2026-07; did you mean '2026-07'?",
    ),
    (
        UnknownCountryError("Germny", ("Germany (DEU)", "Jersey (JEY)")),
        LookupError,
        "no country is called 'Germny'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World Bank, "
        "the IMF or CLDR writes it; did you mean Germany (DEU) or Jersey (JEY)?",
    ),
    (
        AmbiguousCountryError("X", ("SVK (Slovakia)", "SVN (Slovenia)")),
        LookupError,
        "'X' names 2 countries; valid: SVK (Slovakia) or SVN (Slovenia); use a code",
    ),
    (
        NotAMemberError("Finland", "NATO Total", "2020", "NATO from 2023-04-04"),
        LookupError,
        "Finland is not in NATO Total in 2020; valid: NATO from 2023-04-04",
    ),
    (
        NoObservationError("GDP", "Iceland", 2025, "2026-07", "33 other rows", "not printed"),
        LookupError,
        "edition 2026-07 has no GDP of Iceland for 2025; valid: 33 other rows; not printed",
    ),
    (
        NoObservationError("notices", "Israel", 2026, "the record collected 2026-11-27", "10 allies"),
        LookupError,
        "the record collected 2026-11-27: no notices of Israel for 2026; valid: 10 allies",
    ),
    (
        TargetMismatchError("Hague total", "a target of core"),
        ValueError,
        "Hague total cannot be measured here; valid: a target of core",
    ),
    (
        UnexpectedValueError("a date", "2025.7", "write it as 2025-06-25"),
        ValueError,
        "2025.7 is not usable as a date; write it as 2025-06-25",
    ),
    (UnreachableError("no path leads there", "start later"), ValueError, "no path leads there; start later"),
    (
        MissingSourceError("Tables"),
        ValueError,
        "Tables names no source; valid: a title, and a publisher or an address",
    ),
    (
        DataIntegrityError("a.csv", "its hash differs"),
        RuntimeError,
        "packaged file a.csv: its hash differs; reinstall natoburden",
    ),
    (FAULTS[0], ValueError, "targets[0].share: unknown key"),
    (
        DocumentError("mine.toml", FAULTS),
        ExceptionGroup,
        "mine.toml: 2 faults\n  targets[0].share: unknown key\n  targets[1].key: required key missing",
    ),
    (
        ReaderError("register.csv", "line 14", "12 of 16 fields", "one record per line"),
        ValueError,
        "register.csv, line 14: 12 of 16 fields; valid: one record per line",
    ),
    (ReaderError("register.csv", "", "the file is empty"), ValueError, "register.csv: the file is empty"),
    (
        MissingExtraError("a chart", "matplotlib", "plots"),
        ImportError,
        "a chart needs matplotlib; pip install 'natoburden[plots]' provides it",
    ),
    (NatoBurdenWarning("careful"), UserWarning, "careful"),
    (CollinearVariablesWarning("careful"), NatoBurdenWarning, "careful"),
    (CurrentPricesWarning("careful"), NatoBurdenWarning, "careful"),
    (FewRecordsWarning("careful"), NatoBurdenWarning, "careful"),
    (MissingFontWarning("careful"), NatoBurdenWarning, "careful"),
    (OppositeSignsWarning("careful"), NatoBurdenWarning, "careful"),
    (MixedDefinitionsWarning("careful"), NatoBurdenWarning, "careful"),
    (DoubleCountingWarning("careful"), NatoBurdenWarning, "careful"),
    (UnmatchedNamesWarning("careful"), NatoBurdenWarning, "careful"),
    (
        NoCodeError("Grenada", "Gleditsch and Ward, number"),
        LookupError,
        "Grenada has no code in the scheme: Gleditsch and Ward, number; its list has no such state",
    ),
    (MixedSetsWarning("careful"), NatoBurdenWarning, "careful"),
]
COPIES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    *(lambda error, protocol=protocol: pickle.loads(pickle.dumps(error, protocol)) for protocol in range(6)),
]


def data_of(error: Exception) -> object:
    """Give what an error carries, as its author declared it."""
    if isinstance(error, DocumentError):
        return error.document, [data_of(fault) for fault in error.exceptions]
    return vars(error) if isinstance(error, NatoBurdenError) else error.args


def test_every_public_error_has_an_example_here() -> None:
    assert sorted({type(error).__name__ for error, _, _ in EXAMPLES}) == errors.__all__


@pytest.mark.parametrize(("error", "builtin", "message"), EXAMPLES)
def test_an_error_has_the_root_its_builtin_and_its_message(
    error: Exception, builtin: type[Exception], message: str
) -> None:
    assert isinstance(error, NatoBurdenWarning if isinstance(error, Warning) else NatoBurdenError)
    assert isinstance(error, builtin)
    assert str(error) == message


@pytest.mark.parametrize("error", [error for error, _, _ in EXAMPLES], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("copied", COPIES)
def test_an_error_survives_copying_and_sending(error: Exception, copied: Callable[[Any], Any]) -> None:
    same = copied(error)
    assert type(same) is type(error)
    assert (str(same), data_of(same)) == (str(error), data_of(error))


@pytest.mark.parametrize("error", [InvalidNumberError("share", "1,5"), DocumentError("d", FAULTS)])
@pytest.mark.parametrize("copied", COPIES)
def test_a_note_added_on_the_way_survives_copying_and_sending(error: Exception, copied: Callable[[Any], Any]) -> None:
    error = copied(error)
    error.add_note("in row 7")
    assert copied(error).__notes__ == ["in row 7"]


# --- parts of messages that may be missing ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (InvalidNumberError("share", ""), "share: '' is not usable; valid: a finite decimal number"),
        (UnknownNameError("group", "X", ("A", "B")), "unknown group 'X'; valid: A, B"),
        (UnknownNameError("group", "X", ()), "unknown group 'X'"),
        (UnknownNameError("group", "X", ("A",), ("A", "B")), "unknown group 'X'; valid: A; did you mean 'A' or 'B'?"),
        (NoObservationError("GDP", "X", 2025, "e", "nothing"), "edition e has no GDP of X for 2025; valid: nothing"),
        (DocumentError("d", FAULTS[:1]), "d: 1 fault\n  targets[0].share: unknown key"),
    ],
)
def test_a_message_leaves_out_what_it_does_not_know(error: Exception, message: str) -> None:
    assert str(error) == message


def test_an_explanation_comes_before_a_guess() -> None:
    error = UnknownCountryError("Kosovo", ("Comoros (COM)",), "ISO assigns no code")
    assert str(error).endswith("; ISO assigns no code")
    assert "did you mean" not in str(error)


@pytest.mark.parametrize(
    ("count", "end"), [(12, "n10, n11"), (13, "n10, n11 and 1 more"), (40, "n10, n11 and 28 more")]
)
def test_a_long_valid_set_is_cut_in_the_message_and_kept_in_the_data(count: int, end: str) -> None:
    error = UnknownNameError("measure", "x", tuple(f"n{number}" for number in range(count)))
    assert str(error).endswith(end)
    assert len(error.valid) == count


# --- documents -------------------------------------------------------------------------------------------


def test_a_documents_faults_can_be_handled_one_by_one() -> None:
    handled: list[str] = []
    with pytest.raises(DocumentError) as caught:  # noqa: PT012 # except* is what is tested
        try:
            raise DocumentError("mine.toml", [*FAULTS])
        except* DocumentFault as group:
            handled = [fault.path for fault in group.exceptions if isinstance(fault, DocumentFault)]
            raise
    assert handled == ["targets[0].share", "targets[1].key"]
    assert caught.value.document == "mine.toml"


def test_a_part_of_a_documents_faults_keeps_type_and_name() -> None:
    error = DocumentError("mine.toml", FAULTS)
    share, rest = error.split(lambda fault: isinstance(fault, DocumentFault) and fault.path.endswith("share"))
    assert isinstance(share, DocumentError)
    assert isinstance(rest, DocumentError)
    assert (share.document, rest.document) == ("mine.toml", "mine.toml")
    assert [str(part) for part in (share, rest)] == [
        "mine.toml: 1 fault\n  targets[0].share: unknown key",
        "mine.toml: 1 fault\n  targets[1].key: required key missing",
    ]


class UsersError(UnknownCountryError):
    """A user's error: it adds nothing."""


class UsersLineError(UnknownCountryError):
    """A user's error that adds a line."""

    line: int = 0


class UsersWarning(NatoBurdenWarning):
    """A user's warning."""


def test_a_users_subclass_keeps_the_data_of_its_base_and_may_add_to_them() -> None:
    error = UsersError("Germny", nearest=("Germany",))
    assert (error.name, error.nearest, error.explanation) == ("Germny", ("Germany",), "")
    assert str(error) == str(UnknownCountryError("Germny", ("Germany",)))
    assert UsersLineError("Germny", line=3).line == 3


@pytest.mark.parametrize("value", [UsersError("x"), UsersLineError("x", line=3), UsersWarning("x")], ids=repr)
def test_a_users_subclass_stands_in_its_own_module_and_can_be_sent(value: Exception) -> None:
    assert type(value).__module__ == __name__
    sent = pickle.loads(pickle.dumps(value))
    assert (type(sent), sent.args, sent.__dict__) == (type(value), value.args, value.__dict__)


# --- warnings --------------------------------------------------------------------------------------------


def test_the_librarys_warnings_can_be_made_fatal_at_once() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", NatoBurdenWarning)
        with pytest.raises(CurrentPricesWarning):
            warnings.warn(CurrentPricesWarning("careful"), stacklevel=1)


@pytest.mark.parametrize("name", [5, None, ["a"]])
def test_a_message_can_be_read_where_a_name_is_not_a_text(name: Any) -> None:
    result = nb.purchases.notified(nb.datasets.us_arms_notifications(), "DEU")
    with pytest.raises(UnknownNameError, match="unknown finding"):
        result.find(name)
