"""Items carried by hand: a bundle made without a network, received as data, proposed by the editor, and never more than an item."""

from __future__ import annotations

import hashlib
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from bases import put
from workflow.desk import Office, item_text, path_of, run
from zhibao.repo import bundles
from zhibao.repo.bundles import CARRIED, MOST_CARRIED

ID = "20261124-1231-daba"
OTHER = "20261124-1240-daba"
WHEN = "2026-11-24T12:40:00+08:00"


class Carried(Office):
    """An office, and an officer's own clone that has no network."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__(folder, capsys)
        self.own = folder / "own"
        run(folder, "clone", "-q", str(self.origin), str(self.own))
        run(self.own, "remote", "remove", "origin")
        self.act_as("wangmin", self.own)
        self.bundle = folder / "daba.bundle"

    def carry(self, *ids: str) -> tuple[int, str]:
        for id_ in ids or (ID,):
            put(self.own, path_of(id_), item_text(id_))
        return self.call("submit", "--bundle", str(self.bundle), root=self.own)

    def forge_one(self, files: dict[str, str | None], by: str = "wangmin", name: str = ID) -> None:
        """A bundle made by hand, with a commit that holds more than it should."""
        run(self.own, "checkout", "-q", "-B", "work", "main")
        for path, text in files.items():
            if text is None:
                run(self.own, "rm", "-q", path)
            else:
                put(self.own, path, text)
        run(self.own, "add", "-A")
        self.act_as(by, self.own)
        run(self.own, "commit", "-q", "-m", "一份")
        self.pack({name: "work"})

    def pack(self, references: dict[str, str], *more: str) -> None:
        for name, revision in references.items():
            run(self.own, "update-ref", f"{CARRIED}/{name}", revision)
        names = [f"{CARRIED}/{name}" for name in references]
        run(self.own, "bundle", "create", "-q", str(self.bundle), *names, *(more or ("^main",)))

    def state(self) -> str:
        return run(self.origin, "for-each-ref") + run(self.root, "for-each-ref")

    def refused(self, *words: str, status: int = 1) -> str:
        """Receive it, and see that nothing of it came in and why is said."""
        before = self.state()
        found, said = self.call("receive", str(self.bundle))
        assert (found, [word for word in words if word not in said]) == (status, []), said
        assert "Traceback" not in said
        assert self.state() == before
        return said


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Carried:
    return Carried(tmp_path, capsys)


def test_from_the_officer_s_machine_to_the_decision(office: Carried) -> None:
    status, said = office.carry()
    assert status == 0
    assert said.splitlines()[-1].startswith(f"写好了 {office.bundle}（1 条，")
    assert CARRIED not in run(office.own, "for-each-ref")
    status, said = office.call(
        "receive", str(office.bundle), "--via", "光盘", "--received", "2026-11-24 12:55"
    )
    assert (status, said) == (
        0,
        f"{ID}（自称 wangmin <wangmin@t.example>，没有核对）：收下了，在分支 received/{ID}；"
        f"看过以后 zhibao adopt {ID}，或别的决定\n",
    )
    whole = item_text(ID).replace(
        "submitted: 2026-11-24 12:31\n",
        "submitted: 2026-11-24 12:31\nreceived: {via: 光盘, date: 2026-11-24 12:55}\n",
    )
    assert office.text(ID, f"received/{ID}") + "\n" == whole
    assert office.log("%an", f"received/{ID}") == "lisi"
    assert office.call("adopt", ID) == (0, f"{ID}：采用\n")
    assert "received" in office.text(ID)


def test_twice_changes_nothing_and_the_first_arrival_stays(office: Carried) -> None:
    office.carry()
    office.call("receive", str(office.bundle), "--received", "2026-11-24 12:50")
    before = run(office.origin, "rev-parse", f"received/{ID}")
    assert f"已经收过，在分支 received/{ID}" in office.call("receive", str(office.bundle))[1]
    assert run(office.origin, "rev-parse", f"received/{ID}") == before
    put(office.own, path_of(ID), item_text(ID) + "\n又补了一句，供水点都装上了水表。\n")
    assert office.call("submit", "--bundle", str(office.bundle), root=office.own)[0] == 0
    assert "收下了" in office.call("receive", str(office.bundle))[1]
    text = office.text(ID, f"received/{ID}")
    assert "12:50" in text
    assert "水表" in text
    office.call("adopt", ID)
    assert "不用再收" in office.call("receive", str(office.bundle))[1] or office.text(ID)


def test_several_items_a_branch_each_and_a_bad_one_keeps_no_other_out(office: Carried) -> None:
    office.carry(ID, OTHER)
    run(office.own, "clean", "-qfd", "submissions")
    run(office.own, "fetch", "-q", str(office.bundle), f"{CARRIED}/*:{CARRIED}/*")
    run(office.own, "checkout", "-q", "-B", "work", f"{CARRIED}/{OTHER}")
    put(office.own, "registry/units.yml", "[]\n")
    run(office.own, "commit", "-qam", "名册")
    office.pack({ID: f"{CARRIED}/{ID}", OTHER: "work"})
    status, said = office.call("receive", str(office.bundle))
    assert status == 1
    assert "收下了" in said
    assert f"{OTHER}（自称" in said
    references = run(office.origin, "for-each-ref")
    assert (f"received/{ID}" in references, f"received/{OTHER}" in references) == (True, False)


def test_without_an_origin_the_branch_is_here(office: Carried) -> None:
    office.carry()
    run(office.root, "remote", "remove", "origin")
    assert office.call("receive", str(office.bundle))[0] == 0
    assert run(office.root, "rev-parse", f"refs/heads/received/{ID}")
    assert office.call("adopt", ID)[0] == 0


def test_only_an_editor_receives(office: Carried) -> None:
    office.carry()
    office.act_as("wangmin")
    office.refused("没有办成。", "不是编辑")


def test_the_officer_s_own_errors_stop_it_before_it_is_carried(office: Carried) -> None:
    put(office.own, path_of(ID), item_text(ID).replace("kind: 经验", "kind: 经念"))
    assert office.call("submit", "--bundle", str(office.bundle), root=office.own)[0] == 1
    assert not office.bundle.exists()


@pytest.mark.parametrize("by", ["wangmin", "lisi", "wuhao"])
def test_an_editor_s_key_inside_is_refused_whoever_signed(office: Carried, by: str) -> None:
    text = item_text(ID, review="  decision: adopted\n  by: lisi\n  date: 2026-11-24")
    office.forge_one({path_of(ID): text}, by)
    office.refused("item-permission", "review")


@pytest.mark.parametrize("by", ["wangmin", "wuhao"])
def test_registry_and_code_are_refused_whoever_signed(office: Carried, by: str) -> None:
    office.forge_one({path_of(ID): item_text(ID), "registry/editors.yml": "[]\n"}, by)
    office.refused("除了信息和附图还改了别的")


def test_a_revision_of_an_item_that_arrived_before_keeps_its_arrival_and_is_told(office: Carried) -> None:
    office.propose(ID)
    office.county.git("merge", "-q", "--no-ff", "-m", "直接合入", f"origin/{ID}", by="wuhao", at=WHEN)
    office.county.git("push", "-q", "origin", "main")
    run(office.own, "pull", "-q", str(office.origin), "main")
    put(office.own, path_of(ID), item_text(ID).replace("八户", "九户"))
    assert office.call("submit", "--bundle", str(office.bundle), root=office.own)[0] == 0
    status, said = office.call("receive", str(office.bundle), "--received", "2026-11-24 12:55")
    assert status == 0
    assert "改的是已有的" in said
    text = run(office.origin, "show", f"received/{ID}:{path_of(ID)}")
    assert "九户" in text
    assert "received:" not in text


def test_another_name_two_items_and_no_item_are_refused(office: Carried) -> None:
    office.forge_one({path_of(OTHER): item_text(OTHER)})
    office.refused("里面改了 1 条信息", f"要正好是 {ID}")
    office.forge_one({path_of(ID): item_text(ID), path_of(OTHER): item_text(OTHER)})
    office.refused("里面改了 2 条信息")
    office.forge_one({path_of(ID): item_text(ID)}, name="heads/main")
    office.refused("不是信息的编号")


def test_a_link_is_refused(office: Carried) -> None:
    run(office.own, "checkout", "-q", "-B", "work", "main")
    target = office.own / path_of(ID)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to("../../../.git/config")
    run(office.own, "add", "-A")
    run(office.own, "commit", "-qm", "链接")
    office.pack({ID: "work"})
    office.refused("plain-file")


def test_a_tree_that_git_itself_forbids_is_refused(office: Carried) -> None:
    blob = run(office.own, "hash-object", "-w", "--stdin", given="[core]\n")
    inner = run(office.own, "mktree", given=f"100644 blob {blob}\tconfig\n")
    tree = run(office.own, "mktree", given=f"040000 tree {inner}\t.git\n")
    commit = run(office.own, "commit-tree", tree, "-p", "main", "-m", "x")
    office.pack({ID: commit})
    office.refused("包坏了", status=2)


def test_what_is_no_bundle_or_a_broken_one(office: Carried, tmp_path: Path) -> None:
    office.carry()
    whole = office.bundle.read_bytes()
    for data, words in [
        (b"", "不是 zhibao submit --bundle 做的包"),
        (b"PK\x03\x04" + whole, "不是 zhibao submit --bundle 做的包"),
        (whole[:40], "包坏了"),
        (whole[:-30], "包坏了"),
        (whole[:250] + b"\0" * 20 + whole[270:], "包坏了"),
    ]:
        office.bundle.write_bytes(data)
        office.refused(words, status=2)
    office.bundle.unlink()
    office.refused("没有", status=2)


def test_a_base_that_is_not_here_is_told(office: Carried) -> None:
    run(office.own, "commit", "-q", "--allow-empty", "-m", "只在这里")
    run(office.own, "checkout", "-q", "-B", "work")
    put(office.own, path_of(ID), item_text(ID))
    run(office.own, "add", "-A")
    run(office.own, "commit", "-qm", "一条")
    office.pack({ID: "work"}, "^work~1")
    office.refused("请先 git pull 再收", status=2)


def test_sizes_and_numbers_are_bounded(office: Carried, monkeypatch: pytest.MonkeyPatch) -> None:
    office.carry()
    monkeypatch.setattr(bundles, "LARGEST_BUNDLE", 100)
    office.refused("上限", status=2)
    monkeypatch.undo()
    run(office.own, "fetch", "-q", str(office.bundle), f"{CARRIED}/*:{CARRIED}/*")
    names = [f"20261124-{n // 60:02}{n % 60:02}-daba" for n in range(MOST_CARRIED + 1)]
    office.pack(dict.fromkeys(names, f"{CARRIED}/{ID}"))
    office.refused(f"最多 {MOST_CARRIED} 条", status=2)


def delta_bomb(times: int) -> bytes:
    """A pack of a few thousand bytes: 16 MB of one letter, and a delta that repeats them."""
    base = b"a" * 0xFFFFFF
    name = hashlib.sha1(b"blob %d\0" % len(base) + base, usedforsecurity=False).digest()
    delta = varint(len(base)) + varint(len(base) * times) + b"\xf0\xff\xff\xff" * times
    objects = (
        entry(3, len(base)) + zlib.compress(base, 9) + entry(7, len(delta)) + name + zlib.compress(delta, 9)
    )
    pack = b"PACK" + struct.pack(">II", 2, 2) + objects
    return pack + hashlib.sha1(pack, usedforsecurity=False).digest()


def entry(kind: int, size: int) -> bytes:
    return varint(size >> 4, kind << 4 | size & 15) if size > 15 else bytes([kind << 4 | size])


def varint(number: int, first: int | None = None) -> bytes:
    found = [] if first is None else [first | 0x80]
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def test_a_few_bytes_that_unpack_to_gigabytes_are_not_unpacked(office: Carried) -> None:
    tip = run(office.root, "rev-parse", "main").strip()
    head = f"# v2 git bundle\n{tip} {CARRIED}/{ID}\n\n".encode()
    office.bundle.write_bytes(head + delta_bomb(2))
    assert office.call("receive", str(office.bundle))[0] == 0
    office.bundle.write_bytes(head + delta_bomb(40))
    assert office.bundle.stat().st_size < 20_000
    office.refused("包坏了", status=2)


def test_a_time_to_come_or_written_oddly_is_told(office: Carried) -> None:
    office.carry()
    for moment, words in (("2026-11-30 09:00", "还没有到"), ("昨天", "写法不对")):
        status, said = office.call("receive", str(office.bundle), "--received", moment)
        assert (status, words in said) == (2, True)


def test_nothing_is_checked_out_and_no_hook_runs(office: Carried, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for name in ("post-checkout", "post-merge", "reference-transaction", "pre-push"):
        path = office.root / ".git/hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"#!/bin/sh\ncat >/dev/null; test {name} = reference-transaction || touch {mark}\n", "utf-8"
        )
        path.chmod(0o755)
    office.carry()
    (office.root / ".git/hooks/pre-push").unlink()
    before = subprocess.run(
        ["ls", "-AR", "submissions"], cwd=office.root, capture_output=True, check=True
    ).stdout
    assert office.call("receive", str(office.bundle))[0] == 0
    assert not mark.exists()
    after = subprocess.run(
        ["ls", "-AR", "submissions"], cwd=office.root, capture_output=True, check=True
    ).stdout
    assert after == before
