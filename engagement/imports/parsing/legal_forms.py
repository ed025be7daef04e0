"""Legal forms at the end of names: which there are, and whether two names differ by theirs."""

import re
from functools import lru_cache

from engagement.core.folding import fold_key

# Each by its usual abbreviation, other spellings after "="; folded, several words as words.
_FORMS = """
ltd=limited=ltda|plc=public limited company|llp=limited liability partnership|llc=l l c|lp|inc=incorporated
cic=community interest company|corp=corporation|co=company|co ltd=company limited|pty=pty ltd
dac=designated activity company|clg=company limited by guarantee|gmbh=mbh|ggmbh|ag co kg=ag and co kg
gmbh co kg=gmbh and co kg=gmbh und co kg=gmbh co kgaa|ag|kg|kgaa|ohg|ug=ug haftungsbeschrankt|ev=e v|eg
sa=s a|sas=sasu|sarl=s a r l|sca|scrl|srl=s r l|spa=s p a|sl=s l|slu|nv=n v|bv=b v|bvba=sprl
vzw=asbl=ivzw=aisbl|eeig=geie|se|sce|ab|aps|as=a s|asa|oy|oyj=abp|sro=s r o|zoo=z o o=sp z o o=sp z oo=z oo
doo|dd|kft|zrt|nyrt|ood|ead|kk|ou|uab|sia|ehf|hf
"""
_CANON = {
    spelling: spellings.split("=")[0]
    for spellings in re.split(r"[|\n]", _FORMS.strip())
    for spelling in spellings.split("=")
}
_LONGEST = max(len(words.split()) for words in _CANON)
_AT_START = frozenset(["ab", "ag", "as", "ev", "kg", "sa", "sas", "se", "spa", "nv", "bv", "co"])


def is_legal_form(text: str) -> bool:
    """Whether a text says a legal form and nothing else."""
    return fold_key(text) in _CANON


@lru_cache(maxsize=50_000)
def legal_form(name: str) -> str:
    """The form that ends a name, in its usual abbreviation; ``Co-op`` has none, and a form alone is a name."""
    words = fold_key(name).split()
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        form = _CANON.get(" ".join(words[-size:]), "")
        if form and not (size == 1 and form == "co" and name.rstrip().lower().endswith("-co")):
            return form
    return ""


def ends_in_legal_form(name: str) -> bool:
    return bool(legal_form(name))


def differ(name: str, other: str) -> bool:
    """Whether two names that are otherwise alike have two legal forms, or only one seems to begin with one."""
    forms = {legal_form(name), legal_form(other)} - {""}
    return len(forms) == 2 or _beginning(name) != _beginning(other)


def _beginning(name: str) -> str:
    words = fold_key(name).split()
    is_syllable = name.lower().removeprefix("the ").startswith("co-")  # “Co-operatives UK” is “Cooperatives UK”
    return words[0] if len(words) > 1 and words[0] in _AT_START and not is_syllable else ""
