"""Brands, care projects, digital service, money and grade (tasks.json 4.1, 13.1, 14.4, 17.2, 23.1)."""

from __future__ import annotations

from gzdesk.domain.indicators.rows import Row
from tests.domain.indicators.world import STATION, World, codes, row, value

BRANDS, CARE, DIGITAL = (
    "brand_activity_count",
    "care_projects_per_institution",
    "town_library_digital_service",
)
MONEY, GRADE = "culture_funding_per_capita", "station_grade"
LIBRARY = row("facility", STATION, "lib", name="古镇图书馆", type="library")


def brand(record_id: str, **values: object) -> Row:
    return row("brand_activity", STATION, record_id, **{"name": record_id, "owner": "古镇文化站", **values})


def project(record_id: str, institution: str = "古镇文化站", unit: str = STATION, **values: object) -> Row:
    return row("care_project", unit, record_id, **{"name": record_id, "institution": institution, **values})


def event(record_id: str, day: str = "2019-03-10", **values: object) -> Row:
    return row("activity", "a", record_id, date=day, name=record_id, sessions=1, **values)


def spent(record_id: str, amount: str, **values: object) -> Row:
    given = {"entry": "spent", "year": 2019, "date": "2019-05-01", **values}
    return row("fund_use", STATION, record_id, amount=amount, **given)


class TestBrands:
    def test_brands_and_not_editions(self) -> None:
        world = World().having(brand("灯会"), event("1", brand_id="灯会"), event("2", brand_id="灯会"))
        result = world.year(BRANDS)
        assert (value(result), result.verdict) == ("1", "met")

    def test_a_brand_without_an_edition_and_one_of_the_city(self) -> None:
        rows = (
            brand("x"),
            brand("y", city_brand=True, editions=5),
            event("1", brand_id="x", status="planned"),
        )
        result = World().having(*rows).year(BRANDS)
        assert (value(result), codes(result)) == ("0", {"x": "no_edition", "y": "city_brand"})

    def test_editions_of_earlier_years_and_one_brand_written_twice(self) -> None:
        rows = (brand("1", name="古镇 灯会", editions=3), brand("2", name="古镇灯会", editions=3))
        result = World().having(*rows).year(BRANDS)
        assert (value(result), codes(result)) == ("1", {"2": "same_brand"})

    def test_an_edition_of_next_year_is_not_yet_one(self) -> None:
        assert value(World().having(brand("x"), event("1", "2020-01-03", brand_id="x")).year(BRANDS)) == "0"


class TestCare:
    def test_institutions_with_two_projects(self) -> None:
        rows = (project("x"), project("y"), project("z", "古镇图书馆"))
        events = [event(f"e{name}", care_project_id=name) for name in ("x", "y", "z")]
        result = World().having(*rows, *events, event("again", care_project_id="x")).year(CARE)
        assert (result.numerator, result.denominator) == (1, 2)
        assert {part.key: str(part.value) for part in result.parts} == {"古镇文化站": "2", "古镇图书馆": "1"}

    def test_a_project_needs_an_activity(self) -> None:
        result = World().having(project("x"), project("y"), event("e", care_project_id="x")).year(CARE)
        assert (result.numerator, codes(result)) == (0, {"y": "no_activity"})

    def test_a_village_centre_is_only_shown(self) -> None:
        rows = (project("x", "a村服务中心", "a"), event("e", care_project_id="x"))
        result = World().having(*rows).year(CARE)
        assert (result.value, [part.verdict for part in result.parts]) == (None, ["none"])


class TestDigitalService:
    def resource(self, unit: str = STATION, **values: object) -> Row:
        return row("digital_resource", unit, "d", **{"name": "电子书", "from": "2018-01-01", **values})

    def test_yes(self) -> None:
        result = World().having(LIBRARY, self.resource()).year(DIGITAL)
        assert (value(result), result.verdict) == ("1", "met")

    def test_expired_or_a_villages_own_is_no(self) -> None:
        expired = World().having(LIBRARY, self.resource(to="2019-06-30")).year(DIGITAL)
        assert (value(expired), codes(expired)) == ("0", {"d": "expired"})
        assert value(World().having(LIBRARY, self.resource("a")).year(DIGITAL)) == "0"

    def test_no_library_has_no_value(self) -> None:
        assert World().having(self.resource()).year(DIGITAL).verdict == "unknown"

    def test_both_deadlines_are_told_and_the_column_decides(self) -> None:
        result = World().having(LIBRARY).year(DIGITAL)
        assert (str(result.target.deadline), result.verdict) == ("2019-12-31", "not_met")
        assert "2020-12-31" in result.notes[0]


class TestMoney:
    def test_spent_without_building_and_no_verdict(self) -> None:
        rows = (
            spent("1", "1000.50"),
            spent("2", "9000", construction=True),
            spent("3", "3000", entry="granted"),
        )
        result = World().residents(100).having(*rows, spent("4", "7", year=2018)).year(MONEY)
        assert (result.numerator, result.verdict) == (2001 / 2, "none")
        assert codes(result) == {"2": "construction", "3": "granted"}
        assert result.notes[1] == "预算3000.00元"


class TestGrade:
    def test_the_word_of_the_grade_without_a_verdict(self) -> None:
        station = row(
            "facility", STATION, "st", name="文化站", type="culture_station", grade="special", files=1
        )
        result = World().having(station).year(GRADE)
        assert (result.text, result.verdict, result.with_evidence) == ("特级", "none", 1)

    def test_no_grade_is_known(self) -> None:
        assert World().year(GRADE).verdict == "unknown"
