"""Speaking with a forge over HTTP: bounded answers, bounded patience, and a token that goes to the forge's own server only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from time import monotonic, sleep, time
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase

from zhibao import __version__
from zhibao.door.facts import ForgeError, text_at
from zhibao.model.finding import printable

TIMEOUTS = (10, 30)
"""Seconds to connect, and to wait for the next bytes."""
LONGEST_READING = 60
"""Seconds that one answer may take to arrive."""
LARGEST_ANSWER = 10_000_000
"""Bytes of one answer."""
TRIES = 4
"""How often one request is sent."""
MOST_PATIENCE = 60
"""Seconds that are waited before a request is sent again, whatever the forge asks for."""
PAGE, MOST_PAGES = 50, 40
"""Entries of one page of a list (Gitea gives no more), and pages that are read."""
MOST_REDIRECTS = 3

_HINTS = {
    401: "令牌不对或者过期了",
    403: "令牌没有这个权限",
    404: "没有这个地址，或者令牌看不到它",
    409: "与别的改动冲突",
    422: "平台不接受这个内容",
}


class LostError(ForgeError):
    """The answer to something that must not be done twice did not arrive: whether it was done is not known."""


class _Token(AuthBase):
    """Puts the token into each request; requests then asks no .netrc for another."""

    def __init__(self, header: str, value: str) -> None:
        self._header, self._value = header, value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._value:
            request.headers[self._header] = self._value
        return request


class Rest:
    """A forge's REST interface below `base`. Every method raises ForgeError, and LostError for a POST without an answer."""

    def __init__(self, base: str, header: str, value: str) -> None:
        self.base = base.rstrip("/") + "/"
        self._session = requests.Session()
        self._session.auth = _Token(header, value)
        self._session.headers["User-Agent"] = f"zhibao/{__version__}"
        self._session.headers["Accept"] = "application/json"

    def get(self, path: str, **params: str | int) -> Any:
        """The values at a path."""
        return self._send("GET", path, params=params)[0]

    def entries(self, path: str, **params: str | int) -> Iterator[Any]:
        """Every entry of a list, page after page."""
        for number in range(1, MOST_PAGES + 1):
            found, more = self._send("GET", path, params={**params, "page": number})
            if not isinstance(found, list):
                raise ForgeError(f"平台在 {path} 没有给出一列")
            yield from found
            if not more:
                return
        raise ForgeError(f"平台在 {path} 给出的超过 {MOST_PAGES * PAGE} 项")

    def post(self, path: str, *, harmless: bool = False, **values: str) -> Any:
        """Make something. Only where doing it twice is `harmless` is it sent again without knowing whether it was done."""
        return self._send("POST", path, values=values, repeatable=harmless)[0]

    def patch(self, path: str, **values: str) -> Any:
        """Change something."""
        return self._send("PATCH", path, values=values)[0]

    def put(self, path: str, **values: str) -> Any:
        """Change something."""
        return self._send("PUT", path, values=values)[0]

    def download(self, address: str, is_fine: Callable[[str], bool]) -> bytes:
        """The bytes at an address, redirected only to others that are fine; the token goes no further than the address's own server."""
        server = urlsplit(address)[:2]

        def answer() -> requests.Response:
            url = address
            for _ in range(MOST_REDIRECTS + 1):
                auth = None if urlsplit(url)[:2] == server else _Token("", "")
                found = self._session.get(
                    url, auth=auth, timeout=TIMEOUTS, allow_redirects=False, stream=True
                )
                target = _redirected(found, url)
                if not target:
                    return found
                url = target
                if not is_fine(url):
                    raise ForgeError("附件要转到不认得的主机，没有跟去")
            raise ForgeError("附件的地址转来转去")

        return self._patiently("GET 附件", answer, repeatable=True)[0]

    def _send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        values: Mapping[str, str] | None = None,
        repeatable: bool = True,
    ) -> tuple[Any, bool]:
        """The values of the answer, and whether the forge names a next page."""
        what = f"{method} {path}"
        data, more = self._patiently(
            what, lambda: self._answer(method, path, params, values), repeatable=repeatable
        )
        return _values(data, what), more

    def _patiently(
        self, what: str, ask: Callable[[], requests.Response], *, repeatable: bool
    ) -> tuple[bytes, bool]:
        """The bytes of the answer, asked for again while that may help, and whether the forge names a next page."""
        number = 0
        while True:
            number += 1
            last = number == TRIES
            try:
                with ask() as answer:
                    status, wait = answer.status_code, _patience(answer, number)
                    data = _body(answer, what)
                    more = "next" in answer.links
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
                if not repeatable:
                    raise LostError(f"平台没有回音（{what}），不知道办成没有") from None
                if last:
                    raise ForgeError(f"连不上平台（{what}），试了 {TRIES} 次") from None
                sleep(2**number)
                continue
            except (requests.RequestException, ValueError) as error:
                raise ForgeError(f"和平台说不上话（{what}）：{type(error).__name__}") from None
            if status < 300:
                return data, more
            if status >= 500 and status != 503 and not repeatable:
                raise LostError(f"平台出了错（{what} → {status}），不知道办成没有", status)
            if wait is None or last:
                raise ForgeError(_refusal(what, status, data), status)
            sleep(wait)

    def _answer(
        self,
        method: str,
        path: str,
        params: Mapping[str, str | int] | None,
        values: Mapping[str, str] | None,
    ) -> requests.Response:
        """The answer, after redirections within the forge's own server: nowhere else may the token go."""
        url = urljoin(self.base, path.lstrip("/"))
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._session.request(
                method,
                url,
                params=params,
                json=values,
                timeout=TIMEOUTS,
                allow_redirects=False,
                stream=True,
            )
            target = _redirected(answer, url)
            if not target:
                return answer
            url, params = target, None
            if urlsplit(url)[:2] != urlsplit(self.base)[:2]:
                raise ForgeError(f"平台要转到别的主机（{method} {path}），没有跟去")
        raise ForgeError(f"平台转来转去（{method} {path}）")


def _redirected(answer: requests.Response, url: str) -> str:
    """Where an answer leads on to, closed then; empty where it is the answer itself."""
    target = answer.headers.get("Location", "")
    if answer.status_code not in (301, 302, 307, 308) or not target:
        return ""
    answer.close()
    return urljoin(url, target)


def _patience(answer: requests.Response, number: int) -> float | None:
    """Seconds to wait before asking again; None where asking again is no use."""
    status, headers = answer.status_code, answer.headers
    limited = status == 429 or (
        status == 403 and ("Retry-After" in headers or headers.get("X-RateLimit-Remaining") == "0")
    )
    if not limited and status < 500:
        return None
    asked = headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return min(int(asked), MOST_PATIENCE)
    reset = headers.get("X-RateLimit-Reset", "")
    if limited and reset.isascii() and reset.isdigit():
        return min(max(int(reset) - time(), 1), MOST_PATIENCE)
    return float(2**number)


def _body(answer: requests.Response, what: str) -> bytes:
    started, found = monotonic(), bytearray()
    for chunk in answer.iter_content(65_536):
        found += chunk
        if len(found) > LARGEST_ANSWER:
            raise ForgeError(f"平台的回答超过 {LARGEST_ANSWER // 1_000_000} MB（{what}）")
        if monotonic() - started > LONGEST_READING:
            raise ForgeError(f"平台的回答 {LONGEST_READING} 秒还没有说完（{what}）")
    return bytes(found)


def _values(data: bytes, what: str) -> Any:
    if not data.strip():
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise ForgeError(f"平台的回答不是 JSON（{what}）") from None


def _refusal(what: str, status: int, data: bytes) -> str:
    """Why it was not done: what the status means, and the forge's own words."""
    try:
        values = json.loads(data)
        said = text_at(values, "message") or text_at(values, "error")
    except (ValueError, RecursionError):
        said = ""
    words = "；".join(part for part in (_HINTS.get(status, ""), printable(said[:200])) if part)
    return f"平台没有答应（{what} → {status}）" + (f"：{words}" if words else "")
