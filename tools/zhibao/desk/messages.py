"""The news of a unit in words that are ready to be pasted into a chat: the unit's name first, one line an item, no jargon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from zhibao.desk.news import Event, Happening, News, Told, UnitNews
from zhibao.model.finding import printable
from zhibao.model.registry import Registry
from zhibao.model.submission import Reason


def message(found: UnitNews, registry: Registry, today: date, about: str = "") -> str:
    """The words to one unit; `about` says of which days they are, where they are of days."""
    name = registry.unit_name(found.unit, today)
    lines = [_sentence(one, registry, today) for one in found.news]
    if not about and len(lines) == 1:
        return f"{name}：\n您好！{lines[0]}谢谢支持。\n"
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, 1)] if len(lines) > 1 else lines
    return "\n".join([f"{name}：", f"您好！{about or ''}信息情况如下：", *numbered, "谢谢支持。", ""])


def _sentence(news: News, registry: Registry, today: date) -> str:
    """One item and what happened to it, a day's events in their order."""
    subject = _subject(news.items, today) + ("编入综合稿，" if news.compiled else "")
    return subject + "；".join(phrases(news.events, registry, today)) + "。"


def _subject(items: Iterable[Told], today: date) -> str:
    return "、".join(
        f"《{printable(one.title)}》"
        if one.title
        else f"{day_words(one.submitted, today)}报送的一条信息（{one.id}）"
        for one in items
    )


def phrases(events: Iterable[Event], registry: Registry, today: date) -> Iterator[str]:
    """What happened, a clause an event."""
    for event in events:
        day = day_words(event.day, today)
        where = f"（{printable(event.publication)}，{printable(event.form)}）"
        reason = _reason(event.reason, registry)
        match event.happening:
            case Happening.RETURNED:
                yield f"请再改一改{reason and f'：{reason}'}。改好后在原来那份上再报一次"
            case Happening.WITHDRAWN:
                yield f"{day}撤下" + (f"，原因：{printable(event.words)}" if event.words else "")
            case Happening.ADOPTED:
                yield f"{day}采用{where}"
            case Happening.SENT_UP:
                yield f"{day}采用并上报{where}"
            case Happening.USED_ABOVE:
                yield f"{day}{event.level}级采用{where}"
            case Happening.INSTRUCTED:
                yield f"{day}得到{event.level}级领导批示"
            case Happening.HELD:
                yield f"先留用，以后再定{reason and f'（{reason}）'}"
            case Happening.DECLINED:
                yield f"这次没有采用{reason and f'，原因：{reason}'}"
            case Happening.FILED:
                yield f"留作备查{reason and f'（{reason}）'}"
            case Happening.WAITING:
                yield "已经收到，正在办理"


def _reason(reason: Reason | None, registry: Registry) -> str:
    """The office's code, with the editor's words, else with those of the office."""
    if reason is None:
        return ""
    usual = next((one.words for one in registry.office.reasons if one.code == reason.code), "")
    words = (reason.words or usual).strip("。；;.")
    return printable(f"{reason.code}，{words}" if words else reason.code)


def day_words(day: date, today: date) -> str:
    """A day as it is said today: without the year where it is this one."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
