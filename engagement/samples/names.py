"""Vocabulary of the fictional secretariat. Nothing here names anybody or anything that exists."""

from engagement.topics.models import Reference
from meetings.models import Document
from organizations.models import Organization

HOST = "Agency for Sample Products (fictional)"  # also the mark by which the sample knows that it is there
HOST_ACRONYM = "ASP"
REPRESENTED = "Sample Association of Cell Tinkerers"

_Kind = Organization.Kind

# Each kind with the ways its organizations are called; industry comes first and often.
PATTERNS: tuple[tuple[_Kind, tuple[str, ...]], ...] = (
    (_Kind.INDUSTRY, ("Sample Association of {people}", "Federation of Imaginary {people}")),
    (_Kind.PATIENT, ("Alliance of Invented Patients of {people}", "Sample Patients for {people}")),
    (_Kind.COMPANY, ("Placeholder {things} Ltd", "Fictional {things} GmbH", "Lorem {things} NV")),
    (_Kind.HEALTHCARE, ("Imaginary Society of {people}", "Sample College of {people}")),
    (_Kind.COMPANY, ("Made-up {things} SA", "Nowhere {things} Oy", "Example {things} Inc")),
    (_Kind.ACADEMIA, ("Invented University, Faculty of {things}", "Sample Institute of {things}")),
    (_Kind.INDUSTRY, ("Pretend Council of {people}", "Fictional Union of {people}")),
    (_Kind.NGO, ("Make-Believe Watch on {things}", "Imaginary Action on {things}")),
    (_Kind.CONSUMER, ("Sample Consumers of {things}", "Invented Users of {things}")),
    (_Kind.REGULATOR, ("Fictional Regulator of {things}", "Imaginary Inspectorate of {things}")),
    (_Kind.COMPANY, ("Dummy {things} BV", "Ipsum {things} plc", "Test Tube {things} AB")),
    (_Kind.PUBLIC_AUTHORITY, ("Sample Ministry of {things}", "Made-up Office for {things}")),
    (_Kind.INTERNATIONAL, ("Imaginary World Forum on {things}", "Fictional Compact on {things}")),
    (_Kind.PATIENT, ("Pretend Carers of {people}", "Imaginary Voices of {people}")),
    (_Kind.OTHER, ("Sample Club of {people}", "Invented Circle of {people}")),
)
UMBRELLAS = {_Kind.COMPANY: _Kind.INDUSTRY, _Kind.PATIENT: _Kind.PATIENT, _Kind.CONSUMER: _Kind.NGO}

PEOPLE = (
    "Cell Tinkerers", "Vaccine Bakers", "Leaflet Folders", "Gene Whisperers", "Pill Polishers", "Data Gardeners",
    "Trial Pilots", "Batch Keepers", "Enzyme Tamers", "Label Readers", "Ampoule Blowers", "Dose Counters",
    "Protein Knitters", "Cold Chain Skaters", "Signal Spotters", "Herb Gatherers",
)  # fmt: skip
THINGS = (
    "Cell Tinkering", "Vaccine Baking", "Leaflet Folding", "Gene Whispering", "Pill Polishing", "Data Gardening",
    "Trial Piloting", "Batch Keeping", "Enzyme Taming", "Label Reading", "Ampoule Blowing", "Dose Counting",
    "Protein Knitting", "Cold Chain Skating", "Signal Spotting", "Herb Gathering",
)  # fmt: skip
PLACES = (
    "", " in Samplia", " in Loremland", " in Upper Ipsum", " in Lower Ipsum", " in Dolorsit", " in Ametia",
    " in Exemplary", " in Northern Nowhere", " in Southern Nowhere",
)  # fmt: skip
COUNTRIES = ("BE", "DE", "FR", "NL", "IE", "ES", "IT", "PL", "SE", "PT", "AT", "DK", "FI", "CZ", "US", "CH")

FIRST_NAMES = [
    "Ada", "Bo", "Chiara", "Dov", "Elif", "Femke", "Goran", "Hanna", "Ivo", "Jola", "Kaarel", "Lotte", "Marek",
    "Nadia", "Olle", "Petra", "Quirin", "Rosa", "Sven", "Tereza", "Ugo", "Vera", "Wim", "Xenia", "Yannis", "Zita",
]  # fmt: skip
LAST_NAMES = [
    "Placeholder", "Sampleton", "Exemplar", "Lorem", "Ipsumova", "Dolor", "Mockley", "Testovsky", "Fictionsen",
    "Vorbild", "Musterfrau", "Dummer", "Nemo", "Niemand", "Personne", "Anonimo", "Pretendez", "Blankenstein",
]  # fmt: skip
FUNCTIONS = (
    "Director general", "Head of policy", "Regulatory affairs manager", "Scientific officer", "Policy adviser",
    "Communications officer",
)  # fmt: skip
STAFF = (("sample-ada", "Ada", "Exemplar"), ("sample-bo", "Bo", "Sampleton"), ("sample-vera", "Vera", "Mockley"))

# Three levels: broad, narrower, narrowest.
THEMES: dict[str, dict[str, tuple[str, ...]]] = {
    "Sample products and safety": {
        "Safety signals": ("Reports from patients",),
        "Clinical trials": ("Trial protocols", "Small populations"),
    },
    "Data and digital": {"Electronic submission": ("Format checks",), "Registries": ("Registry quality",)},
    "Access and supply": {"Shortages": ("Early warnings",), "Parallel advice": ()},
    "Procedures and fees": {"Timetables": ("Clock stops",), "Fees for small companies": ()},
    "Working together": {"Expert groups": (), "Plain language": ("Readability tests",)},
}
RETIRED_THEME = "Submission on paper"

TOPICS = (
    "Electronic product leaflets", "Shared review of trial protocols", "Early warnings of shortages",
    "Reports of side effects by patients", "Registries for rare conditions", "Fees for small companies",
    "Clock stops in assessment", "Plain summaries of decisions", "Joint scientific advice",
    "Experts without conflicts of interest", "Formats for electronic submission", "Trials in small populations",
    "Inspections at a distance", "Reuse of hospital data", "Stocks kept in reserve", "Timetables for variations",
    "Readability tests with users", "Companion tests", "Environmental risk of sample products",
    "Training for new applicants", "Labels in several languages", "Patient panels in assessment",
    "Publication of inspection results", "Platform technologies",
)  # fmt: skip
TOPIC_SCOPES = ("", " for vaccines", " for children", " for rare conditions", " for animals", " for devices")

REFERENCES = (
    (Reference.Kind.LEGISLATION, "Sample Regulation on imaginary products", "SAMPLE-2021-001"),
    (Reference.Kind.LEGISLATION, "Sample Directive on placeholder labelling", "SAMPLE-2022-014"),
    (Reference.Kind.AGREEMENT, "Mutual recognition agreement with Loremland", "SAMPLE-MRA-3"),
    (Reference.Kind.GUIDELINE, "Guideline on invented trials", "SAMPLE-GL-12"),
    (Reference.Kind.GUIDELINE, "Guideline on leaflets nobody prints", "SAMPLE-GL-19"),
    (Reference.Kind.INITIATIVE, "Fewer forms initiative", ""),
    (Reference.Kind.EXPERT_GROUP, "Imaginary expert group on small populations", ""),
    (Reference.Kind.PUBLICATION, "Annual report of the Agency for Sample Products", "SAMPLE-AR-5"),
)

STATEMENTS = {
    "proposes": (
        "Proposes a pilot on {topic} with three volunteers and a report after six months.",
        "Suggests one working group on {topic} instead of three.",
    ),
    "requests": (
        "Asks for a timetable for {topic} and for one place where questions are answered.",
        "Would like the draft on {topic} before it is final.",
    ),
    "supports": (
        "Is in favour of {topic}; the trial run saved its members about two weeks.",
        "Backs the plan for {topic} and offers to test it.",
    ),
    "opposes": (
        "Sees the plan for {topic} as a burden without benefit and wants no change.",
        "Is against {topic} until the costs have been worked out.",
    ),
    "concerned": (
        "Fears that work on {topic} comes too early for its smaller members and wants a longer transition.",
        "Worries who will pay for {topic}.",
    ),
    "welcomes": (
        "Is glad of the progress on {topic} since the last meeting.",
        "Welcomes the plan for {topic} and the order of its steps.",
    ),
    "acknowledges": (
        "Accepts that work on {topic} is needed, provided that guidance comes first.",
        "Understands why work on {topic} takes longer than planned.",
    ),
    "informs": (
        "Reports on {topic}: a survey of members is under way.",
        "Has finished its own review of {topic} and will share the findings.",
    ),
    "commits": ("Will send two experts to the work on {topic}.", "Will publish its data on {topic} within the year."),
}
# How an attitude moves from one meeting to the next; the last one stays.
PATHS = (
    ("opposes", "concerned", "acknowledges", "supports", "welcomes"),
    ("concerned", "requests", "supports", "commits"),
    ("supports", "requests", "concerned", "opposes"),
    ("requests", "proposes", "supports"),
    ("informs", "welcomes", "commits"),
)
HOST_STANCES = ("informs", "acknowledges", "welcomes", "commits", "requests")

OUTCOMES = {
    "conclusion": "Both sides see the next step on {topic} alike: first a pilot, then rules.",
    "decision": "Work on {topic} starts with the smallest case.",
    "agreement": "A joint note on {topic} will be written before the next meeting.",
    "invitation": "Invited to describe its experience with {topic} in writing.",
    "commitment": "Will bring figures on {topic} to the next meeting.",
    "request": "Asked to name a contact for {topic}.",
    "takeaway": "On {topic} the question is no longer whether but when.",
}

PROMISES = (
    "Send comments on the draft guidance for {topic}",
    "Name two experts for {topic}",
    "Share survey results on {topic}",
    "Write a one-page summary of {topic}",
    "Check the legal basis for {topic}",
    "Provide figures on {topic}",
    "Invite members to the workshop on {topic}",
    "Test the new form for {topic}",
)
JOINT_PROMISES = ("Prepare a workshop on {topic}", "Write a joint note on {topic}")
OWN_PROMISES = ("Answer the letter about {topic}", "Update the page on {topic}", "Plan staff for {topic}")
RESULTS = ("Sent by e-mail and filed.", "Presented at a later meeting.", "Published on the website.", "")
REPORTS = (
    "Sent to the secretariat last week.",
    "Our members have answered; see the summary.",
    "The draft is with our board.",
)
RETURN_REASON = "The figures of two members are missing."
MOVE_REASONS = ("The data came later than expected.", "The expert was ill.", "Moved to fit the work plan.")
WAIT_REASONS = ("Waits for the figures.", "Waits for an answer to our letter.", "Waits for a board decision.")
DROP_REASONS = ("Overtaken by events.", "Merged into another follow-up.", "No longer needed.")

CANCELLATIONS = ("The counterpart withdrew its request.", "Not enough to talk about yet.", "Illness on both sides.")
POSTPONEMENTS = ("The room was needed for an emergency.", "The draft is not ready.")
VENUES = ("Sample House, room 3", "Imaginary Tower, hall B", "Placeholder Centre", "")
CITIES = (("Exampleville", "BE"), ("Sampleton", "NL"), ("Port Lorem", "PT"), ("Mockstadt", "DE"))
RULE = "Policy of the Agency for Sample Products"
RULE_COVERS = "Every other series of the fictional agency."
GROUNDS = {
    "Inspection under way": "As long as the organization is inspected, what is said with it stays inside.",
    "Staff matters": "Meetings about people who work for the agency.",
}
CLIENTS = ("Pretend Remedies GmbH", "Mock Ampoules Ltd; Fictional Vials AG", "Invented Leaflets SA")
"""On whose behalf a consultancy or an association may come."""
NOTES = (
    "Ask the legal service before the next meeting.",
    "The counterpart was less firm in the break than at the table.",
    "Do not mention the budget.",
)
SENT = (Document.Kind.AGENDA, Document.Kind.MINUTES, Document.Kind.INVITATION)
"""By the host; what else there is came from the counterpart."""
DOCUMENTS = (
    (Document.Kind.AGENDA, "Agenda"),
    (Document.Kind.MINUTES, "Minutes"),
    (Document.Kind.PRESENTATION, "Presentation of the counterpart"),
    (Document.Kind.POSITION_PAPER, "Position paper"),
    (Document.Kind.LETTER, "Letter asking for the meeting"),
    (Document.Kind.INVITATION, "Invitation"),
)
