from django.db import migrations


class Migration(migrations.Migration):
    """The manager has words of its own; migrations need none of them."""

    dependencies = [("accounts", "0006_rows_of_an_export_as_they_left")]

    operations = [migrations.AlterModelManagers(name="user", managers=[])]
