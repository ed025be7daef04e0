"""The shared kit of every noun: versions, history, visibility, addresses, references, archiving, folded search.

It knows no noun of the domain.
"""

from . import lookups as lookups
from .archiving import Archivable, ArchivableQuerySet
from .counters import Counter
from .findable import Findable, FindableQuerySet
from .lineage import Lineaged, rebuild_lineage
from .ordered import Ordered
from .records import Record, RecordQuerySet, RowError, StaleRecord
from .sent_forms import SentForm
from .slugs import FormerSlug, Slugged, SluggedQuerySet
from .sort_keys import SortKeyField
from .stamps import Stamp
from .visibility import Leveled, LeveledQuerySet, SeenThroughQuerySet, Visibility, sees_all

__all__ = [
    "Archivable",
    "ArchivableQuerySet",
    "Counter",
    "Findable",
    "FindableQuerySet",
    "FormerSlug",
    "Leveled",
    "LeveledQuerySet",
    "Lineaged",
    "Ordered",
    "Record",
    "RecordQuerySet",
    "RowError",
    "SeenThroughQuerySet",
    "SentForm",
    "Slugged",
    "SluggedQuerySet",
    "SortKeyField",
    "StaleRecord",
    "Stamp",
    "Visibility",
    "rebuild_lineage",
    "sees_all",
]
