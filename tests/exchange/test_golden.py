"""Files of every released version are read for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gzdesk.exchange.enrolment import open_join_file
from gzdesk.exchange.keys import OwnKeys, PublicKeys, is_join_proof
from gzdesk.exchange.package import open_package, unseal_payload
from tests.exchange.golden import FOLDER

RELEASES = sorted(item for item in FOLDER.iterdir() if item.is_dir())


def test_there_are_golden_files() -> None:
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_package_of_a_released_version_is_read(release: Path) -> None:
    expected = json.loads((release / "expected.json").read_text(encoding="utf-8"))
    town = OwnKeys.from_data(expected["town_keys"])
    with (
        open_package(release / "package.gzp") as envelope,
        unseal_payload(envelope, secrets=[town.sealing], folder=None) as payload,
    ):
        manifest = envelope.manifest
        assert envelope.id == expected["manifest_sha256"]
        revisions = payload.revisions(
            scopes=manifest.scopes,
            make=lambda id_, _header, text, salt, body, _values: [id_, text, salt, body],
        )
        assert list(revisions) == expected["revisions"]
        files = {sha256: payload.attachment(sha256).hex() for sha256 in payload.attachments}
        assert files == expected["files"]
    assert manifest.authority == town.public().signing
    assert manifest.tips["gusi"][0].id == expected["revisions"][-1][0]
    shown = manifest.introduction
    assert shown is not None
    keys = PublicKeys(signing=shown.signing, sealing=shown.sealing)
    assert keys.fingerprint == expected["fingerprint"]
    assert is_join_proof(shown.proof, secret=expected["join"]["secret"], unit="gusi", keys=keys)


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_join_file_of_a_released_version_is_read(release: Path) -> None:
    expected = json.loads((release / "expected.json").read_text(encoding="utf-8"))
    town = OwnKeys.from_data(expected["town_keys"])
    with open_join_file(release / "join.gzj") as join:
        assert join.keys == town.public()
        assert (join.manifest.unit, join.manifest.secret) == (
            expected["join"]["unit"],
            expected["join"]["secret"],
        )
        ids = list(join.payload.revisions(scopes=join.manifest.scopes, make=lambda id_, *_rest: id_))
        assert ids == expected["join"]["revisions"]
