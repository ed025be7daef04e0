"""Abstract models of the shared kit: versions, history, visibility, addresses, references, archiving, folded search.

It knows no noun of the domain.
"""

from . import lookups as lookups
from .append_only import AppendOnly, AppendOnlyQuerySet, SealedContent
from .archiving import Archivable, ArchivableQuerySet
from .counters import Counter
from .lookup_text import Findable, FindableQuerySet
from .ordered import Ordered
from .sent_forms import SentForm
from .slugs import FormerSlug, Slugged, SluggedQuerySet
from .sort_keys import SortKeyField
from .stamps import Stamp
from .tree import Lineaged, rebuild_lineage
from .versioned import Record, RowError, StaleRecord
from .visibility import Leveled, LeveledQuerySet, SecretariatQuerySet, SeenThroughQuerySet, Visibility, sees_all

__all__ = [
    "AppendOnly",
    "AppendOnlyQuerySet",
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
    "RowError",
    "SealedContent",
    "SecretariatQuerySet",
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
