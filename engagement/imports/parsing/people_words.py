"""Controlled vocabulary of people: titles, letters behind a name, words of posts and of fields of government."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOBLE = _words(" lord lady baroness baron viscount viscountess earl countess duke")
TITLES = NOBLE | _words(
    " the rt right hon honourable honorable his her excellency he mr mrs ms miss mx dr prof professor sir dame rev"
    " reverend cllr councillor herr frau m mme mlle monsieur madame mag ing dipl dipling sr sra don dona sig dott"
    " dottssa on sen dhr mevr drs ir pan pani h e hrh hm rthon rtehon"
)
LETTERS_BEHIND = _words(
    " mp msp mep ms mla td mdb mdep phd md msc mba llm kc qc sc cb cbe obe mbe kbe dbe kcb dcb gcb cmg kcmg pc dl"
    " frs fmedsci fba frse freng frcgp frcp esq senator bcl"
)
PARTICLES = _words(
    " de del della der den di da do dos du des el la le van von zu zum ten ter af av bin bint al ap of y e"
)
FUNCTIONS = _words(
    " minister ministers secretary undersecretary chancellor president chair chairman chairwoman chairperson"
    " cochair head director officer official adviser advisor commissioner commissaire kommissar member cabinet"
    " chief deputy permanent state assistant counsellor ambassador governor treasurer spokesperson spad special"
    " senior executive ceo cfo cto coo manager parliamentary private lead leader policy analyst partner founder"
    " vice general dpo mayor ministre ministerin secretaire staatssekretar staatssekretarin direktor direktorin"
    " directeur directrice chef leiter leiterin referent referentin berater beraterin prasident prasidentin"
    " bm bmin bmn pst psts pstn pstin sts stsin stn stm stmin mdirig tesoriere sottosegretario viceministro"
    " viceministra"
    " staatssecretaris statssekretaer statssekreterare sekretarz podsekretarz wiceminister ministrstwo onorevole"
    " vorsitzender vorsitzende premier prime attorney solicitor taoiseach tanaiste ministro ministra secretario"
    " secretaria presidente representative delegation speaker clerk principal group"
)
BODIES = _words(
    " ltd limited plc inc gmbh association federation institute university union society group council trust foundation"
    " services office authority network bank company partners alliance"
)
POSTS = _words(
    " bm bmin pst psts pstn sts stsin"
    " minister secretary undersecretary chancellor commissioner adviser advisor director ministre ministerin ministro"
    " ministra secretario secretaria sekretarz wiceminister staatssekretar staatssekretarin staatssecretaris premier"
    " attorney solicitor taoiseach tanaiste speaker chair president viceministro viceministra sottosegretario"
)
POST_HEADS = _words(
    " vorstandsvorsitzender vorstandsvorsitzende vorstandschef"
    " chair mayor chairman chairwoman chairperson cochair president director directors secretary manager officer head"
    " leader editor adviser advisor commissioner ambassador minister governor treasurer spokesperson spokesman"
    " partner founder cofounder principal ceo cfo coo cto executive convener correspondent representative"
    " representatives md counsel directeur directrice prasident prasidentin vorsitzende vorsitzender geschaftsfuhrer"
    " evp svp vp pdg dg dirigeant dirigeante"
    " producer producers presenter journalist journalists columnist reporter editors"
    " correspondents geschaftsfuhrerin vorstand consultant campaigner academic activist author blogger leiter leiterin"
    " direktor direktorin secretaire presidente chef directora direttore presidenta"
)
POST_LEADS = _words(
    " eu the a chief deputy managing executive senior vice general policy political news group assistant associate"
    " joint co national regional finance external public affairs acting interim former ex founding non"
    " communications government relations independent business city economics technical scientific medical"
    " commercial operations operating financial legal lord stellvertretender stellvertretende geschaftsfuhrender"
    " delegue deleguee adjoint international european global uk"
)
NO_NAMES = _words(
    " for and with affairs reform change strategy growth trade business energy health education government climate"
    " environment transport housing communities culture media sport digital science innovation technology industry"
    " defence justice finance treasury agriculture food rural work pensions skills employment security economy"
    " economic department ministry office council agency authority commission committee unit team board ministers"
    " officials ltd limited plc inc gmbh association federation institute university company union society"
    " services service development international foreign home interior social care labour equality regional nil"
    " none various all other return fur pour und et des"
)
PARTS = {
    **dict.fromkeys(["chair", "chairman", "chairwoman", "chairperson", "in the chair", "the chair"], "chair"),
    **dict.fromkeys(["chair of the meeting", "vorsitz", "president de seance", "presidente de seance"], "chair"),
    **dict.fromkeys(["head", "head of delegation", "delegation head", "leader of the delegation"], "head"),
    **dict.fromkeys(["chef de delegation", "delegationsleiter", "delegationsleiterin"], "head"),
}
