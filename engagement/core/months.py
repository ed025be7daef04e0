"""Month names in English, French and German, folded, with their usual abbreviations."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv januar janner",
            "february feb fevrier fevr fev februar",
            "march mar mars marz maerz mrz",
            "april apr avril avr",
            "may mai",
            "june jun juin juni",
            "july jul juillet juil juli",
            "august aug aout",
            "september sept sep septembre",
            "october oct octobre oktober okt",
            "november nov novembre",
            "december dec decembre dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
"""Months in the order of the year; each has its English name first."""
NAMES = {number: name for name, number in reversed(MONTHS.items())}
"""The English name of each month."""
