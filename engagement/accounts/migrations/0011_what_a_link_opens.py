from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_last_looked_at")]

    operations = [
        migrations.AddField(
            model_name="calendarlink",
            name="opens",
            field=models.CharField(
                choices=[("calendars", "Calendars"), ("activity", "Activity feeds")],
                default="calendars",
                editable=False,
                max_length=10,
                verbose_name="what it opens",
            ),
        )
    ]
