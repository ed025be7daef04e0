"""Synonyms of column headings: whole headings first, then telling words.

In English, French and German, and what every file needs in other languages of the Union.
"""

MEETING_WORDS = {
    "date": (
        "date of meeting|meeting date|date|date de la reunion|date de reunion|date du rendez vous|datum|sitzungsdatum"
        "|datum des treffens|termin|month|mois|monat|start date|held on|dates|day|jour|tag|when|date of the meeting"
        "|meeting held on|date de rencontre|date de la rencontre|datum der sitzung|tag des treffens|fecha"
        "|fecha de la reunion|data|data dell incontro|data della riunione|giorno|data da reuniao|data spotkania"
        "|date of external meeting|date of lobbying activity|comm date|date of communication|meeting day"
        "|datum van het gesprek|datum overleg|dato|modedato|motesdatum|paivamaara|paiva|kuupaev|datums|datum schuzky"
        "|datum jednani|datum sestanka|datum sastanka|idopont|imerominia|data intalnirii",
        "date|datum|day|jour|tag|fecha|data|dato|paiva",
    ),
    "end_date": ("end date|date de fin|enddatum|until|bis|to date", "end date|date fin"),
    "time": ("time|start time|heure|uhrzeit|beginn", "heure|uhrzeit"),
    "host": (
        "name of cabinet|cabinet|minister|name of minister|ministre|ministerin|host|department|commissioner|member"
        "|directorate general|ministro|ministra|miembro|membro|bewindspersoon"
        "|senior official|senior official s name|name of senior official|name of official|special adviser|mep"
        "|official|public official|service|behorde|ministerium|ministere|name of member",
        "cabinet|minister|ministre|commissioner|department|official|ministerium|ministere|host",
    ),
    "representatives": (
        "title of ec representative|title of representative|function|role|attended by|fonction|funktion",
        "title of|function|fonction|funktion",
    ),
    "our_people": (
        "minister|name of minister|minister s name|ministers|ministre|ministro|ministra|special adviser|special advisor"
        "|name of special adviser|senior official|senior official s name|name of senior official|official"
        "|name of official|public official|permanent secretary|name of permanent secretary|commissioner"
        "|member of cabinet|cabinet member|name of member|member|mep|dpo|dpos|dpos lobbied|designated public official"
        "|person lobbied|persons lobbied|name of ec representative|name of ec ea representative|our person"
        "|our people|host s representative|name of host s representative|bewindspersoon",
        "",
    ),
    "their_people": (
        "name|contact person|name of contact|their person|their people|persons met|people met|person met"
        "|name of representative|represented by|name of individual|representative s name|spoke with",
        "",
    ),
    "portfolio": ("portfolio|portefeuille|ressort|policy area", "portfolio|portefeuille|ressort"),
    "counterparts": (
        "name of interest representative|organisation|organization|name of organisation|name of organization"
        "|organisation s met|organisations met|organisation nom|organisme|interest representative|lobbyist|company"
        "|entites rencontrees|representant d interets|organisationen|interessenvertreter|verband|stakeholder"
        "|met with|meeting with|name of external organisation|person or organisation that meeting was with"
        "|counterpart|counterparts|counterparty|name of organisation or individual|name of individual or organisation"
        "|organisation or individual|external organisation|organisation s|organisations|organizations|lobbyist name"
        "|registrant name|lobbyists|person or organisation|client org corp name|who was met|gesprachspartner"
        "|external organisations|external attendees|attendees|name of organisations|name of interest representatives"
        "|organisation name|unternehmen|teilnehmer|organizacion|entidad|organizzazione|ente|organizacao|entidade"
        "|organisatie|organisaties|organizacja|organisationer|jarjesto|organizace|szervezet|organizatie|organizacija",
        "organisation|organization|counterpart|interest|lobby|stakeholder|verband|organisme|entite|external",
    ),
    "counterpart_numbers": (
        "transparency register id|transparency register number|register id|register number|registration number"
        "|tr number|numero registre|numero de registre|registernummer|identification number|lobbyregisternummer",
        "register|registre|registernummer|transparency",
    ),
    "title": ("title|meeting title|titre|titel|bezeichnung", ""),
    "purpose": (
        "subject of the meeting|subject|purpose|purpose of meeting|purpose of the meeting|topic|topics|objet|sujet"
        "|objet de la reunion|thema|themen|gegenstand|betreff|zweck|issue discussed|matters discussed|subject matter"
        "|purpose of lobbying|subject matter s|intended results|dossier|specific details|relevant matter|details"
        "|asunto|tema|oggetto|argomento|assunto|onderwerp|temat|cel|amne|emne|aihe|predmet|targy|subiect",
        "subject|purpose|topic|objet|sujet|thema|gegenstand|zweck|betreff|discussed",
    ),
    "place": (
        "location|place|venue and location|lieu|lieu de la reunion|ort|tagungsort|where|meeting place"
        "|location of meeting",
        "location|place|lieu|ort",
    ),
    "venue": ("venue|building|room|batiment|salle|gebaude|raum", "venue|salle|raum"),
    "city": ("city|town|ville|stadt", "city|ville|stadt"),
    "country": ("country|pays|land|staat|country code", "country|pays|land"),
    "mode": ("mode|format|attendance mode|meeting format|meeting type|in person or online|modalite", "format|mode"),
    "themes": ("theme|themes|category of subject|domaine|domaines|themenbereich|policy areas", "theme|domaine"),
    "source_id": (
        "id|meeting id|reference|ref|no|numero|nummer|identifiant|aktenzeichen|return id|record id|comlog id|entry id"
        "|row id|unique id|identifier|meeting number|record number|reference number|ref no|reference no|lfd nr|nr"
        "|communication id|activity id|meeting ref|meeting reference",
        "",
    ),
    "source_url": ("url|link|source|lien|quelle|web page|webpage", "url|link|lien"),
    "published_on": (
        "publication date|published|date of publication|date de publication|veroffentlicht am|date published"
        "|published date|posted date|date posted",
        "publi",
    ),
}
ORGANIZATION_WORDS = {
    "name": (
        "name|organisation|organization|organisation name|organization name|name of organisation|legal name|nom"
        "|raison sociale|denomination|firma|firmenname|bezeichnung|company name|company|name der organisation",
        "name|nom|raison sociale|denomination|firma",
    ),
    "acronym": ("acronym|abbreviation|short name|acronyme|sigle|abkurzung|kurzname|kurzel", "acrony|sigle|abkurz"),
    "other_names": ("other names|also known as|trading name|former names|autres noms|nom d usage|weitere namen", ""),
    "identifier": (
        "id|identification number|identification code|register number|registration number|transparency register id"
        "|number|numero|identifiant|registernummer|nummer|siren|identifiant national",
        "identif|register number|registre|registernummer",
    ),
    "identifier_status": ("status|statut|registration status|etat|stand", ""),
    "kind": (
        "category|type|kind|categorie|kategorie|art|type of organisation|categorie d organisation"
        "|category of registration|sector",
        "category|categorie|kategorie|type",
    ),
    "country": ("country|pays|land|head office country|country of head office|pays du siege|sitzland", "country|pays"),
    "website": ("website|web site|website url|web|homepage|site internet|site web|url|webseite|internet", "site|web"),
    "description": (
        "description|goals|objectives|mission|goals remit|objectif et mission|objectifs|beschreibung|zweck|ziele|remit",
        "description|mission|objecti|beschreibung|goals",
    ),
    "parent": ("parent|member of|umbrella|parent organisation|membre de|mitglied von|societe mere", ""),
    "source_url": ("source|source url|register url|url registre|link|lien|profile", "url registre|url register"),
}
