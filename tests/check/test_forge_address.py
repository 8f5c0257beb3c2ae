"""The forge that `registry/office.yml` names: which addresses are taken, and what is said of odd ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from bases import county_at, put
from zhibao.model.forges import ForgeAddress
from zhibao.review.examine import examine

ADDRESS = TypeAdapter(ForgeAddress)
OWN = "{kind: gitea, url: https://git.t.example/xianwei/xinxi}"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/xianwei/xinxi",
        "https://git.t.example:3000/git/xianwei/xinxi",
        "http://10.1.2.3:3000/xianwei/xinxi",
        "https://gitlab.t.example/xian/ban/xinxi.data",
    ],
)
def test_addresses_of_repositories_are_taken(url: str) -> None:
    assert ADDRESS.validate_python({"kind": "gitlab", "url": url}).url == url


@pytest.mark.parametrize(
    "url",
    [
        "git.t.example/xianwei/xinxi",
        "javascript:alert(1)//a/b",
        "https://user:word@git.t.example/xianwei/xinxi",
        "https://git.t.example/xinxi",
        "https://git.t.example/xianwei/xinxi/",
        "https://git.t.example/xianwei/xinxi.git",
        "https://git.t.example/xianwei/xinxi?a=b",
        'https://git.t.example/xianwei/x"onclick',
        "https://git.t.example/xianwei/../xinxi",
        "https://git.t.example/xianwei/xinxi\n",
        "ssh://git@git.t.example/xianwei/xinxi",
    ],
)
def test_anything_else_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValidationError, match=r"写仓库网页的地址，如 https://git\.shili\.example"):
        ADDRESS.validate_python({"kind": "gitea", "url": url})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (OWN, []),
        ("{kind: forgejo, url: http://192.168.8.20:3000/xianwei/xinxi}", []),
        ("{kind: forgejo, url: http://gitserver/xianwei/xinxi}", []),
        (
            "{kind: gitea, url: https://github.com/xianwei/xinxi}",
            [
                "registry/office.yml:8:15 错误[forge-address] 仓库在 github.com 上，平台却写了 gitea；请写 github"
            ],
        ),
        (
            "{kind: gitea, url: http://git.xian.gov.cn/xianwei/xinxi}",
            [
                "registry/office.yml:8:27 建议[forge-address] 网址用的是 http，填写的内容在去 git.xian.gov.cn 的路上没有加密；"
                "请改成 https；只在隔离的内网里用的，可以不改"
            ],
        ),
    ],
)
def test_kind_and_address_agree_and_the_way_there_is_encrypted(
    tmp_path: Path, written: str, said: list[str]
) -> None:
    root = county_at(tmp_path)
    settings = (root / "registry/office.yml").read_text("utf-8")
    put(root, "registry/office.yml", settings.replace(OWN, written))
    found = [str(one) for one in examine(root).findings if one.code == "forge-address"]
    assert found == said
