"""`python -m tests.exchange.golden NAME`: make the golden files of a release, once; they are never made again.

Run it when a release changes what the program writes, commit the new folder, and leave the older ones alone.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from gzdesk.domain.revision import Revision
from gzdesk.exchange.enrolment import write_join_file
from gzdesk.exchange.keys import PublicKeys, join_proof
from gzdesk.exchange.lines import line_of
from gzdesk.exchange.manifest import ABILITIES, ChainTip, Introduction, UnitEntry
from tests.exchange.making import WRITER, Chain, build, new_keys

FOLDER = Path(__file__).parents[1] / "golden" / "packages"
SECRET = "5e" * 32
PHOTO = b"\xff\xd8 a photo stands here"


def revisions() -> list[Revision]:
    """A new record, its correction and deletion, one erased, one of a type and with items nobody knows yet."""
    chain = Chain()
    photo = {"name": "现场.jpg", "sha256": hashlib.sha256(PHOTO).hexdigest(), "size_bytes": len(PHOTO)}
    first = chain.add({"audience": 136, "date": "2019-10-05", "evidence": [photo], "place": "古四村文化广场"})
    second = chain.add(
        {"audience": 140, "date": "2019-10-05", "evidence": [photo], "remark": '"晴"\n𠮷䶮'},
        record=first.header.record,
        parents=(first.id,),
        generation=2,
    )
    chain.add({}, record=first.header.record, parents=(second.id,), generation=3, deleted=True)
    erased = chain.add({"name": "forgotten"}, type="volunteer")
    chain.add({"nested": [{"deep": [True, None, -1]}], "new_item": "x"}, type="kiosk_visit", type_version=9)
    made = list(chain.made)
    made[3] = Revision(
        id=erased.id, header=erased.header, header_text=erased.header_text, salt=None, body_text=None
    )
    return made


def make(name: str) -> None:
    folder = FOLDER / name
    folder.mkdir(parents=True)
    village, town = new_keys(), new_keys()
    made = revisions()
    introduction = Introduction(
        proof=join_proof(secret=SECRET, unit="gusi", keys=village.public()),
        sealing=village.public().sealing,
        signing=village.public().signing,
    )
    (part,) = build(
        folder,
        made,
        files=[PHOTO],
        sender=village,
        receiver=town,
        introduction=introduction,
        tips={"gusi": (ChainTip(WRITER, len(made), made[-1].id),), "guzhen": ()},
        wants=("ab" * 32,),
        scopes=("guzhen", "gusi"),
    )
    part.path.rename(folder / "package.gzp")
    units = [
        UnitEntry(code=None, id=name, kind=kind, name=zh, name_en=en, short=short)
        for name, kind, zh, en, short in (
            ("guzhen", "town", "古镇镇", "Guzhen Town", "GZ"),
            ("gusi", "village", "古四村", "Gusi Village", "GS4"),
        )
    ]
    catalogue = Chain(scope="guzhen", writer="f" * 32)
    catalogue.add({"title": "流浪地球"}, type="film")
    public: PublicKeys = town.public()
    write_join_file(
        folder / "join.gzj",
        lines=map(line_of, catalogue.made),
        secret_key=town.signing,
        abilities=ABILITIES,
        made_on="2019-11-01",
        program="golden",
        scopes=("guzhen",),
        sealing=public.sealing,
        secret=SECRET,
        signing=public.signing,
        tips={"guzhen": (ChainTip("f" * 32, 1, catalogue.made[0].id),)},
        town=units[0],
        unit="gusi",
        units=(units[1],),
        writer="f" * 32,
    )
    expected = {
        "town_keys": town.to_data(),
        "manifest_sha256": part.id,
        "fingerprint": village.public().fingerprint,
        "revisions": [[item.id, item.header_text, item.salt, item.body_text] for item in made],
        "files": {hashlib.sha256(PHOTO).hexdigest(): PHOTO.hex()},
        "join": {"unit": "gusi", "secret": SECRET, "revisions": [catalogue.made[0].id]},
    }
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(sys.argv[1])
