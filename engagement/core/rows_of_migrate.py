"""Registry of rows that `migrate` makes, told by the apps whose rows they are: they alone make no site one in use."""

made_by_migrate = ["contenttypes.contenttype", "auth.permission", "auth.group"]
"""Labels of models. Those told later may name rows of those told before."""


def comes_with_migrate(*labels: str) -> None:
    made_by_migrate.extend(label for label in labels if label not in made_by_migrate)
