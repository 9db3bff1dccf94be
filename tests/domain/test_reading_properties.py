"""Every reader, on anything: it understands what people write for a value, and otherwise refuses in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.period import Month
from gzdesk.domain.reading import FieldProblem, ParseContext, tidy
from gzdesk.domain.reading.dates import read_date, read_month, read_partial_date, read_quarter
from gzdesk.domain.reading.numbers import read_decimal, read_integer
from gzdesk.domain.reading.slots import read_slots, read_span, show_slots
from gzdesk.domain.reading.times import is_time, read_time

TODAY = date(2019, 11, 8)
CONTEXTS = st.sampled_from(
    [
        ParseContext(today=TODAY),
        ParseContext(today=TODAY, month=Month(2019, 2)),
        ParseContext(today=TODAY, month=Month(2020, 12)),
    ]
)
# Mostly what dates, times and numbers are made of, so that half of the texts nearly mean something.
SINGLE = (
    "0123456789０１９年月日号点半时分:：.-/~至到约余万千百十两人次晚上下午早周一二三四五六天 ,，;；、()（）"
)
PIECES = st.sampled_from([*SINGLE, "晚上", "下午", "约", "周六", "2019"])
NEARLY = st.lists(PIECES, max_size=12).map("".join)
ANYTHING = st.text(max_size=60) | NEARLY
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
TIMES = st.times().map(lambda moment: (moment.hour, moment.minute))

READERS: dict[str, Callable[[str, ParseContext], object]] = {
    "date": read_date,
    "partial date": read_partial_date,
    "month": read_month,
    "quarter": read_quarter,
    "time": lambda text, _context: read_time(text),
    "span": lambda text, _context: read_span(text),
    "times of the week": lambda text, _context: read_slots(text),
    "integer": lambda text, _context: read_integer(text),
    "decimal": lambda text, _context: read_decimal(text, decimals=1),
    "tidy": lambda text, _context: tidy(text),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(text=ANYTHING, context=CONTEXTS)
def test_any_text_is_read_or_refused_in_words(
    reader: Callable[[str, ParseContext], object], text: str, context: ParseContext
) -> None:
    try:
        reader(text, context)
        message = "read"
    except FieldProblem as problem:
        message = problem.message
    assert message


def wide(text: str) -> str:
    """Digits as an input method for Chinese leaves them."""
    return text.translate({ord(digit): ord(digit) - ord("0") + ord("０") for digit in "0123456789"})


@given(
    day=DAYS,
    form=st.sampled_from(
        [
            "{y}-{m}-{d}",
            "{y}.{m}.{d}",
            "{y}/{m}/{d}",
            "{y}年{m}月{d}日",
            "{y}年{m}月{d}号",
            "{y}{m:02}{d:02}",
            " {y}。{m}。{d} ",
        ]
    ),
    full=st.booleans(),
)
def test_a_day_is_read_in_every_usual_form(day: date, form: str, full: bool) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    assert read_date(wide(text) if full else text, ParseContext(today=TODAY)) == day


@given(day=DAYS)
def test_a_weekday_that_fits_is_passed_over_and_a_wrong_one_refused(day: date) -> None:
    names = "一二三四五六日"
    text = f"{day.year}年{day.month}月{day.day}日（星期{names[day.weekday()]}）"
    assert read_date(text, ParseContext(today=TODAY)) == day
    with pytest.raises(FieldProblem):
        read_date(
            text.replace(names[day.weekday()], names[(day.weekday() + 1) % 7]), ParseContext(today=TODAY)
        )


@given(
    year=st.integers(1900, 2199),
    month=st.integers(1, 12),
    form=st.sampled_from(["{y}-{m:02}", "{y}.{m}", "{y}年{m}月", "{y}年{m}月份", "{y}{m:02}"]),
)
def test_a_month_is_read_in_every_usual_form(year: int, month: int, form: str) -> None:
    text = form.format(y=year, m=month)
    assert read_month(text, ParseContext(today=TODAY)) == f"{year}-{month:02}"
    assert read_partial_date(text, ParseContext(today=TODAY)) == f"{year}-{month:02}"


@given(
    moment=TIMES,
    form=st.sampled_from(
        ["{h}:{m:02}", "{h:02}：{m:02}", "{h}点{m:02}分", "{h}时{m:02}", "{h:02}{m:02}", "{h}.{m:02}"]
    ),
)
def test_a_time_is_read_in_every_usual_form(moment: tuple[int, int], form: str) -> None:
    hour, minute = moment
    assert read_time(form.format(h=hour, m=minute)) == f"{hour:02}:{minute:02}"


@given(
    hour=st.integers(1, 11), minute=st.integers(0, 59), part=st.sampled_from(["下午", "晚上", "傍晚", "晚"])
)
def test_an_hour_of_the_evening_is_past_noon(hour: int, minute: int, part: str) -> None:
    assert read_time(f"{part}{hour}:{minute:02}") == f"{hour + 12:02}:{minute:02}"


@given(first=TIMES, last=TIMES, mark=st.sampled_from(["-", "—", "～", "~", "至", " - ", "——"]))
def test_a_span_gives_both_its_ends(first: tuple[int, int], last: tuple[int, int], mark: str) -> None:
    start, end = (f"{hour}:{minute:02}" for hour, minute in (first, last))
    assert read_span(f"{start}{mark}{end}") == (read_time(start), read_time(end))


def test_the_part_of_the_day_is_said_once_for_a_span() -> None:
    assert read_span("下午2:30-5:30") == ("14:30", "17:30")
    assert read_span("晚上7点半至9点") == ("19:30", "21:00")
    assert read_span("19:30") is None


@given(
    number=st.integers(0, 10**9),
    form=st.sampled_from(
        ["{n}", "{n:,}", "约{n}人", "{n}余人", "{n}人次", "大约{n}左右", "共{n}人", "{n}多人", "+{n}"]
    ),
    full=st.booleans(),
)
def test_a_count_is_read_in_every_usual_form(number: int, form: str, full: bool) -> None:
    text = form.format(n=number)
    assert read_integer(wide(text) if full else text) == number


@given(tenths=st.integers(0, 10**7))
def test_a_number_with_a_tenth_keeps_it(tenths: int) -> None:
    whole, part = divmod(tenths, 10)
    assert read_decimal(f"{whole}.{part}", decimals=1) == (f"{whole}.{part}" if part else str(whole))


@given(text=NEARLY)
def test_what_is_read_as_a_time_can_be_stored(text: str) -> None:
    try:
        assert is_time(read_time(text))
    except FieldProblem:
        return


@given(
    slots=st.dictionaries(
        st.integers(1, 8),
        st.tuples(st.integers(0, 700), st.integers(701, 1439)),
        min_size=1,
    )
)
def test_times_of_the_week_come_back_from_their_words(slots: dict[int, tuple[int, int]]) -> None:
    made = [
        {"weekday": day, "from": f"{a // 60:02}:{a % 60:02}", "to": f"{b // 60:02}:{b % 60:02}"}
        for day, (a, b) in sorted(slots.items())
    ]
    assert read_slots(show_slots(made)) == made
