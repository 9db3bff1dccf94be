"""The page on the format says what the program does: every vector on it is computed anew."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.revision import Revision, body_hash, header_fault, revision_id
from gzdesk.exchange import limits
from gzdesk.exchange.keys import OwnKeys, join_proof
from gzdesk.exchange.lines import line_of, read_lines
from gzdesk.exchange.manifest import (
    PACKAGE_FORMAT,
    JoinManifest,
    PackageManifest,
    manifest_id,
    read_manifest,
    write_manifest,
)
from gzdesk.exchange.signing import is_signed_by, sign
from gzdesk.storage.wire import header_from_text

PAGE = (Path(__file__).parents[2] / "docs" / "package-format.md").read_text(encoding="utf-8")


def vector(name: str) -> dict[str, str]:
    block = re.search(rf"<!-- vector: {name} -->\n```\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None, name
    return dict(line.split(maxsplit=1) for line in block[1].splitlines())


def keys() -> OwnKeys:
    told = vector("keys")
    return OwnKeys(signing=told["signing_seed"], sealing=told["sealing_secret"])


def test_revision() -> None:
    told = vector("revision")
    assert canonical_json(json.loads(told["body"])) == told["body"]
    assert body_hash(salt=told["salt"], body_text=told["body"]) == told["body_hash"]
    assert revision_id(told["header"]) == told["id"]
    header = header_from_text(told["header"])
    assert header.canonical() == told["header"]
    assert header.body_hash == told["body_hash"]
    assert header_fault(header) is None


def test_line() -> None:
    told = vector("revision")
    block = re.search(r"<!-- vector: line -->\n```\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    revision = Revision(
        id=told["id"],
        header=header_from_text(told["header"]),
        header_text=told["header"],
        salt=told["salt"],
        body_text=told["body"],
    )
    assert line_of(revision) == block[1]
    (got,) = read_lines([block[1].encode()], scopes=["gusi"], make=lambda *made: made)
    assert got[0] == told["id"]


def test_keys() -> None:
    told = vector("keys")
    public = keys().public()
    assert (public.signing, public.sealing, public.fingerprint) == (
        told["signing"],
        told["sealing"],
        told["fingerprint"],
    )


def test_proof() -> None:
    told = vector("proof")
    assert join_proof(secret=told["secret"], unit="gusi", keys=keys().public()) == told["proof"]


def test_manifest() -> None:
    told = vector("manifest")
    content = told["manifest"].encode()
    manifest = read_manifest(content, PackageManifest, expected_format=PACKAGE_FORMAT)
    assert write_manifest(manifest) == content
    assert manifest_id(content) == told["id"]
    assert sign(content, secret=keys().signing).decode() == told["signature"]
    assert is_signed_by(content, told["signature"].encode(), public=manifest.signer)
    assert manifest.introduction is not None
    assert manifest.introduction.proof == vector("proof")["proof"]


@pytest.mark.parametrize(("kind", "section"), [(PackageManifest, "## 7."), (JoinManifest, "## 9.")])
def test_every_key_of_a_manifest_is_told(kind: type, section: str) -> None:
    start = PAGE.index(section)
    table = PAGE[start : PAGE.index("\n## ", start + 1)]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(kind.__struct_fields__)


def test_the_limits_on_the_page_are_those_of_the_program() -> None:
    told = {
        "a file (part)": f"{limits.PART_BYTES // limits.MIB} MiB",
        "`manifest.json`": f"{limits.MANIFEST_BYTES // limits.MIB} MiB",
        "members of a payload": f"{limits.MEMBERS:,}",
        "an attachment": f"{limits.ATTACHMENT_BYTES // limits.MIB} MiB",
        "a line": f"{limits.LINE_BYTES // limits.MIB} MiB",
    }
    for what, most in told.items():
        assert f"| {what} | {most} |" in PAGE
    assert f"{limits.REVISIONS_BYTES // limits.MIB} MiB; 200 times" in PAGE
