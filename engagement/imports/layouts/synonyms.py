"""Synonyms of column headings: whole headings first, then telling words.

In English, French and German, and what every file needs in other languages of the Union.
"""

MEETING_WORDS = {
    "date": (
        "date of meeting|meeting date|date|date de la reunion|date de reunion|date du rendez vous|datum"
        "|sitzungsdatum|datum des treffens|termin|month|mois|monat|start date|held on|dates|day|jour|tag|when"
        "|date of the meeting|meeting held on|date de rencontre|date de la rencontre|datum der sitzung"
        "|tag des treffens|fecha|fecha de la reunion|data|data dell incontro|data della riunione|giorno"
        "|data da reuniao|data spotkania|date of external meeting|date of lobbying activity|comm date"
        "|date of communication|meeting day|datum van het gesprek|datum overleg|dato|modedato|motesdatum|paivamaara"
        "|paiva|kuupaev|datums|datum schuzky|datum jednani|datum sestanka|datum sastanka|idopont|imerominia"
        "|data intalnirii|fecha reunion|fecha de la audiencia|data incontro|data do encontro|data da audiencia"
        "|data reuniao|datum der besprechung|datum des gesprachs|gesprachstermin|datum afspraak|datum gesprek"
        "|dato for mote|datum for mote|dato for mode|tapaamispaiva|pvm|tapaamisen paivamaara|kohtumise kuupaev"
        "|tiksanas datums|susitikimo data|datas|targyalas datuma|termin spotkania|data i godzina|datum stretnutia"
        "|data intrunirii|data sedintei|datum srecanja|dateiro|imerominia synantisis|date s|date s of meeting"
        "|meeting date s|date and time|date time|date of engagement|engagement date|date of event|date of contact"
        "|contact date|communication date|date communication|activity date|jour de la rencontre|date du rdv"
        "|date of lobbying|date of visit",
        "date|datum|day|jour|tag|fecha|data|dato|paiva",
    ),
    "end_date": (
        "end date|date de fin|enddatum|until|bis|to date|last day|date to|end|fecha fin|data fine|einddatum"
        "|date end|meeting end date",
        "end date|date fin",
    ),
    "time": (
        "time|scheduled time|start time|heure|uhrzeit|beginn|hora|ora|tijd|tijdstip|godzina|cas|kl"
        "|klokkeslett|klokkeslet|tid|aika"
        "|kellonaika|orario|horario|time of meeting|zeit|ura|vrijeme|laiks|laikas|kellaaeg|heure de debut|hour"
        "|hours|meeting time|begin|von",
        "heure|uhrzeit",
    ),
    "host": (
        "name of cabinet|cabinet|minister|name of minister|ministre|ministerin|host|department|commissioner|member"
        "|directorate general|ministro|ministra|miembro|membro|bewindspersoon|senior official"
        "|senior official s name|name of senior official|name of official|special adviser|mep|official"
        "|public official|service|behorde|ministerium|ministere|name of member|government institution|institution"
        "|public body|name of public body|ministry|public authority|name of dg ea full name|name of dg|dg"
        "|directorate|host body|name of department|department agency|ministerio|ministero|ministerie|departement"
        "|bundesministerium|ressortministerium|authority|name of institution|organ|myndighet|urad|organe public",
        "cabinet|minister|ministre|commissioner|department|official|ministerium|ministere|host",
    ),
    "representatives": (
        "title of ec representative|title of representative|function|role|attended by|fonction|funktion"
        "|ministerial title|title of minister|minister s title|job title|position|post|cargo|carica|ruolo|funcion"
        "|funcao|functie|stanowisko|funkce|funkcja|amt|committee position|dpoh title|dpoh title titre tcpd"
        "|title of ec ea representative|position title|title of member|person lobbied roles|role of minister"
        "|official s title|official s role|grade|titulo|rang|stilling|titel des vertreters|fonction du representant",
        "title of|function|fonction|funktion",
    ),
    "our_people": (
        "minister|name of minister|minister s name|ministers|ministre|ministro|ministra|special adviser"
        "|special advisor|name of special adviser|senior official|senior official s name|name of senior official"
        "|official|name of official|public official|permanent secretary|name of permanent secretary|commissioner"
        "|member of cabinet|cabinet member|name of member|member|mep|dpo|dpos|dpos lobbied"
        "|designated public official|person lobbied|persons lobbied|name of ec representative"
        "|name of ec ea representative|our person|our people|host s representative|name of host s representative"
        "|bewindspersoon|designated public office holder|designated public office holders|dpoh|dpohs"
        "|public office holder|name of minister adviser|name of representative of the institution|minister s"
        "|name of minister s|full name|fullname|mep name|name of mep|name of commissioner|commissioner s"
        "|staatssekretar|staatssekretarin|minister in|leitung|hausleitung|vertreter der bundesregierung"
        "|mitglied der bundesregierung|mitglied der leitung|alto cargo|nombre del alto cargo|bewindspersonen"
        "|bewindslieden|minister staatssecretaris|statsrad|statsrad statssekretaer|ministri|ministeri|minister i"
        "|responsable public|responsables publics|membre du gouvernement|titular|politico|decisore"
        "|membro do governo|adviser|advisers|special advisers|ministers attending|minister attending"
        "|attended by ministers|name of public official|public officials|holder of office|mp|msp|td|name of msp"
        "|senior officials|permanent secretaries|name of senior officials|spad|spads|name of spad",
        "",
    ),
    "their_people": (
        "name|contact person|name of contact|their person|their people|persons met|people met|person met"
        "|name of representative|represented by|name of individual|representative s name|spoke with",
        "",
    ),
    "portfolio": (
        "portfolio|portefeuille|ressort|policy area|ministerial portfolio|ressort portfolio|cartera|portafoglio"
        "|bereich",
        "portfolio|portefeuille|ressort",
    ),
    "counterparts": (
        "name of interest representative|organisation|organization|name of organisation|name of organization|org|orgs"
        "|with|met with|who with|with whom|organisation individual met|organisations individuals met"
        "|externe teilnehmende"
        "|teilnehmende extern|externe teilnehmer innen|gesprachspartner extern|org name|orgs met|lobbyists"
        "|lobby organisation|organisation organization|organisation institution"
        "|organisation s met|organisations met|organisation nom|organisme|interest representative|lobbyist|company"
        "|entites rencontrees|representant d interets|organisationen|interessenvertreter|verband|stakeholder"
        "|met with|meeting with|name of external organisation|person or organisation that meeting was with"
        "|counterpart|counterparts|counterparty|name of organisation or individual"
        "|name of individual or organisation|organisation or individual|external organisation|organisation s"
        "|organisations|organizations|lobbyist name|registrant name|lobbyists|person or organisation"
        "|client org corp name|who was met|gesprachspartner|external organisations|external attendees|attendees"
        "|name of organisations|name of interest representatives|organisation name|unternehmen|teilnehmer"
        "|organizacion|entidad|organizzazione|ente|organizacao|entidade|organisatie|organisaties|organizacja"
        "|organisationer|jarjesto|organizace|szervezet|organizatie|organizacija|reunion con|reuniones con"
        "|reunido con|entidades|organizacion es|empresa|interlocutor|interlocutores|interlocutori|asistentes"
        "|soggetto incontrato|soggetti incontrati|soggetto|soggetti|portatore di interessi|portatori di interesse"
        "|rappresentante di interessi|entidade s|reuniao com|afspraak met|gesprek met|gesprekspartner"
        "|gesprekspartners|partij|organisatie s|podmiot|podmioty|nazwa podmiotu|spotkanie z|organisasjon"
        "|organisation foretag|mote med|moder med|virksomhed|organisaatio|osapuoli|yritys|organisatsioon"
        "|kohtumine kellega|organizacijos|tiksanas ar|subjekt|firma|firma organisation|schuzka s|stretnutie s"
        "|szervezet neve|entitate|organizatia|intalnire cu|sastanak s|entity|entities|entity met|entities met"
        "|entity ies met|entite s rencontree s|entite rencontree|met entities|name of entity|name of entities met"
        "|interest group|interest groups|organisme rencontre|organismes rencontres|organisation rencontree"
        "|organisations rencontrees|personne rencontree|personnes rencontrees|structure rencontree|interlocuteur"
        "|interlocuteurs|representants d interets|client|client name|clients|client org corp nm an"
        "|en client org corp nm an|name of client|lobbyist employer|visitor|visitors|guest|guests"
        "|company organisation|organisation company|media organisation represented|media organisation"
        "|name of media organisation|attendees external organisation|organisation met|organization met"
        "|organisations individuals|organisation individual|individual organisation|individuals organisations"
        "|individual s organisation s|external participants|third party|third parties|represented organisation"
        "|organisation represented|organization represented|name of company|name|name of person or organisation"
        "|who was met with|meeting held with|met|persons organisations met|person or organisation met"
        "|organisations represented|stakeholders|external party|external parties|organisation verband"
        "|verbande|organisation unternehmen|unternehmen verband|gesprachspartner in|gesprachspartner innen|externe"
        "|externe teilnehmer|lobbyorganisation|name of senior media figure|senior media figure|media figure"
        "|name of media figure|name of senior media executive|senior media executive|newspaper proprietor"
        "|met wie|gesproken met|genodigden|deelnemers|externe partij|externe partijen|avec qui|mit wem|con quien"
        "|con chi|com quem|med vem|med hvem|kenen kanssa|z kim|s kym|with who|met with whom|stakeholder name"
        "|name of stakeholder"
        "|senior media figures|name of newspaper|media outlet|name of media outlet",
        "organisation|organization|counterpart|interest|lobby|stakeholder|verband|organisme|entite|external"
        "|organizac|organizz|organizat|organisat|entid|entita|entit|empresa|podmiot|soggett|interlocut"
        "|gesprachspartner|attendees|client",
    ),
    "counterpart_numbers": (
        "transparency register id|transparency register number|register id|register number|registration number"
        "|tr number|numero registre|numero de registre|registernummer|identification number|lobbyregisternummer"
        "|transparency register|tr id|tr nr|register nr|lobby register id|lobbyregister nr"
        "|registernummer organisation|r number|registration no|numero de registro|numero di registro"
        "|numer w rejestrze|registreringsnummer|identification code|transparency id|eu transparency register number"
        "|transparency register no|tr identification number|numero d inscription|numero d identification",
        "register|registre|registernummer|transparency",
    ),
    "title": ("title|meeting title|titre|titel|bezeichnung|meeting|meeting name|event title", ""),
    "purpose": (
        "subject of the meeting|subject|purpose|purpose of meeting|purpose of the meeting|topic|topics|objet|sujet"
        "|objet de la reunion|thema|themen|gegenstand|betreff|zweck|issue discussed|matters discussed"
        "|subject matter|purpose of lobbying|subject matter s|intended results|dossier|specific details"
        "|relevant matter|details|asunto|tema|oggetto|argomento|assunto|onderwerp|temat|cel|amne|emne|aihe|predmet"
        "|targy|subiect|purpose subject|subject purpose|objet de la rencontre|objet du rendez vous|objet du rdv"
        "|motif|motivo|objeto|asunto tratado|asuntos tratados|tema de la reunion|materia|oggetto dell incontro"
        "|temi trattati|tema da reuniao|gespreksonderwerp|doel|temat spotkania|przedmiot spotkania|przedmiot"
        "|emne for motet|arende|amne for motet|tapaamisen aihe|tema schuzky|predmet jednani|predmet jednania"
        "|tema sastanka|tema srecanja|subiectul intalnirii|teema|tema tiksanas|tiksanas merkis|reason"
        "|reason for meeting|reason for the meeting|agenda|agenda item|subject matters|topic of the meeting|topic s"
        "|topic discussed|topics discussed|issues discussed|issues|description|subject s|subject of meeting"
        "|matter discussed|meeting purpose|meeting subject|nature of meeting|context|themes abordes|sujets abordes"
        "|purpose details|details of purpose|purpose of contact|meeting details|gesprachsthema"
        "|gesprachsthemen|gegenstand des gesprachs|anlass|inhalt|temos|thema des treffens|content",
        "subject|purpose|topic|objet|sujet|thema|gegenstand|zweck|betreff|discussed",
    ),
    "place": (
        "location|place|venue and location|lieu|lieu de la reunion|ort|tagungsort|where|meeting place"
        "|location of meeting|lugar|luogo|local|localizacao|locatie|plaats|plats|sted|paikka|koht|vieta|miejsce"
        "|miejsce spotkania|misto|miesto|hely|helyszin|locul|loc|mjesto|kraj|topos|ort des treffens|besprechungsort"
        "|meeting location|lieu de rencontre|lieu de la rencontre|lieu du rendez vous|sede|lieu du rdv"
        "|place of meeting|meeting venue|venue location|location venue|location city|lokalita",
        "location|place|lieu|ort|lugar|luogo|miejsce|locatie",
    ),
    "venue": ("venue|building|room|batiment|salle|gebaude|raum", "venue|salle|raum"),
    "city": (
        "city|town|ville|stadt|ciudad|citta|cidade|stad|miasto|by|kaupunki|mesto|oras|grad|town city|city of meeting",
        "city|ville|stadt",
    ),
    "country": (
        "country|pays|land|staat|country code|pais|paese|kraj panstwo|panstwo|maa|zeme|orszag|tara|drzava"
        "|country of meeting",
        "country|pays|land",
    ),
    "mode": (
        "mode|format|attendance mode|meeting format|meeting type|in person or online|modalite|communication type"
        "|type of communication|medium|mode of meeting|form des treffens|forme de la reunion|modalidad|modalita"
        "|vorm|sposob|means of communication|method of communication",
        "format|mode",
    ),
    "themes": ("theme|themes|category of subject|domaine|domaines|themenbereich|policy areas", "theme|domaine"),
    "source_id": (
        "id|meeting id|reference|ref|no|numero|nummer|identifiant|aktenzeichen|return id|record id|comlog id"
        "|entry id|row id|unique id|identifier|meeting number|record number|reference number|ref no|reference no"
        "|lfd nr|nr|communication id|activity id|meeting ref|meeting reference|lp|l p|lopenummer|diarienummer"
        "|meeting no|no de reunion|numero de reunion|row|row number|item|nro|communication number|comlog number"
        "|meeting uid|uuid|guid|event id",
        "",
    ),
    "source_url": ("url|link|source|lien|quelle|web page|webpage", "url|link|lien"),
    "published_on": (
        "publication date|published|date of publication|date de publication|veroffentlicht am|date published"
        "|published date|posted date|date posted|fecha de publicacion|data di pubblicazione|data de publicacao"
        "|publicatiedatum|datum publicatie|data publikacji|publiceringsdatum|veroffentlichungsdatum"
        "|posted date publication|date posted publication|publication|publicerad|date de mise en ligne"
        "|date made available",
        "publi",
    ),
}
ORGANIZATION_WORDS = {
    "name": (
        "name|organisation|organization|organisation name|organization name|name of organisation|legal name|nom"
        "|raison sociale|denomination|firma|firmenname|bezeichnung|company name|company|name der organisation"
        "|nombre|denominacion|denominazione|nome|naam|nazwa|navn|namn|nimi|nazev|nazov|nev|denumire|naziv|full name"
        "|name of organization|organisation s name|name der interessenvertretung|legal name of organisation"
        "|registrant name|company organisation name|organisationsname|titel der organisation|name of registrant"
        "|nom de l organisation|nom complet",
        "name|nom|raison sociale|denomination|firma",
    ),
    "acronym": (
        "acronym|abbreviation|short name|acronyme|sigle|abkurzung|kurzname|kurzel|siglas|sigla|afkorting|skrot"
        "|forkortelse|zkratka|abbreviated name|short form",
        "acrony|sigle|abkurz",
    ),
    "other_names": ("other names|also known as|trading name|former names|autres noms|nom d usage|weitere namen", ""),
    "identifier": (
        "id|identification number|identification code|register number|registration number|transparency register id"
        "|number|numero|identifiant|registernummer|nummer|siren|identifiant national|registration no|reg no"
        "|registry number|numero de registro|numero di registro|numer|register id|r number|id number|company number"
        "|identification no|tr number|transparency register number|organisation id"
        "|identifiant national de l organisation",
        "identif|register number|registre|registernummer",
    ),
    "identifier_status": ("status|statut|registration status|etat|stand", ""),
    "kind": (
        "category|type|kind|categorie|kategorie|art|type of organisation|categorie d organisation"
        "|category of registration|sector|categoria|categoria de registro|tipo|tipologia|soort|organisation type"
        "|type organisation|typ|rechtsform kategorie|main category|type of entity|type d organisation|kategoria"
        "|registrant category|level of interest category",
        "category|categorie|kategorie|type",
    ),
    "country": (
        "country|pays|land|head office country|country of head office|pays du siege|sitzland|pais|paese|kraj"
        "|country of establishment|registered country|country of registration|land des sitzes|hauptsitz land"
        "|pays d etablissement|country code|head office country code",
        "country|pays",
    ),
    "website": (
        "website|web site|website url|web|homepage|site internet|site web|url|webseite|internet|pagina web|sito web"
        "|sitio web|internetadresse|homepage url|strona internetowa|web page|web address|webpage|url du site"
        "|internetseite",
        "site|web",
    ),
    "description": (
        "description|goals|objectives|mission|goals remit|objectif et mission|objectifs|beschreibung|zweck|ziele"
        "|remit|objetivos|obiettivi|doelstellingen|cele|purpose|activities|activites|tatigkeitsbeschreibung"
        "|description of activities|fields of interest goals",
        "description|mission|objecti|beschreibung|goals",
    ),
    "parent": ("parent|member of|umbrella|parent organisation|membre de|mitglied von|societe mere", ""),
    "source_url": ("source|source url|register url|url registre|link|lien|profile", "url registre|url register"),
}
