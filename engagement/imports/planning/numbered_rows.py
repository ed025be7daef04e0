"""Rows of one number: a register that has a row for each organization gives them the number of their meeting."""

from collections.abc import Sequence

from engagement.core.folding import fold
from engagement.imports.parsing.rows import MeetingRow, OrgMention
from engagement.imports.planning.row_keys import mention_key


def join_numbered(rows: Sequence[MeetingRow]) -> None:
    """Later rows of a number, on the same day and about the same, give their parties to the first one.

    A row of such a register may be the host's own, as in our own export: the host is no counterpart of itself.
    """
    first: dict[tuple[object, ...], MeetingRow] = {}
    for row in rows:
        if not row.source_id or row.on is None or row.has_errors or row.is_remark or row.part_of:
            continue
        about = fold(row.purpose or row.title)
        head = first.setdefault((row.source_id, row.on, row.start_time, about), row)
        if head is row or head.cells == row.cells:
            continue
        row.part_of = head.number
        for mine, others in ((head.hosts, row.hosts), (head.counterparts, row.counterparts)):
            _add(mine, others)
        hosts = {mention_key(mention) for mention in head.hosts}
        head.counterparts = [one for one in head.counterparts if mention_key(one) not in hosts] or head.counterparts
        head.representatives += [one for one in row.representatives if one not in head.representatives]
        for people, more in ((head.our_people, row.our_people), (head.their_people, row.their_people)):
            people += [one for one in more if one not in people]
        head.counterpart_people += [one for one in row.counterpart_people if one not in head.counterpart_people]


def _add(mine: list[OrgMention], others: list[OrgMention]) -> None:
    there = {mention_key(mention) for mention in mine}
    mine += [mention for mention in others if mention_key(mention) not in there]
