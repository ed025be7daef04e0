"""Publication rules as records, and the day on which a meeting was published here."""

from zoneinfo import ZoneInfo

import datetime
import django.core.validators
import django.db.models.deletion
import engagement.core.models.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from engagement.core.models.days import settle
from engagement.core.models.sort_keys import SortKeyField
from engagement.core.updating import update_rows


BATCH = 2_000


def fill(apps, schema_editor):
    """The day, where the meeting is, of the moment at which it was published; in its history too."""
    alias = schema_editor.connection.alias
    for name in ("Meeting", "HistoricalMeeting"):
        model = apps.get_model("meetings", name)
        rows = model._base_manager.using(alias).exclude(published_at=None).filter(published_on=None).order_by("pk")
        rows, last = rows.values_list("pk", "published_at", "time_zone"), 0
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            last = batch[-1][0]
            days = [(key, at.astimezone(ZoneInfo(zone)).date()) for key, at, zone in batch]
            update_rows(model, ["published_on"], days, alias)
    settle(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0014_agenda_proposals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('name', models.CharField(max_length=120, verbose_name='short name')),
                ('text', models.TextField(blank=True, help_text='As the rule says it.', verbose_name='text')),
            ],
            options={
                'verbose_name': 'ground of exemption',
                'verbose_name_plural': 'grounds of exemption',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGround',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('root_version', models.PositiveIntegerField(editable=False, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='short name')),
                ('text', models.TextField(blank=True, help_text='As the rule says it.', verbose_name='text')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical ground of exemption',
                'verbose_name_plural': 'historical grounds of exemption',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMeeting_regimes',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'HistoricalMeeting_regimes',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRegime',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('root_version', models.PositiveIntegerField(editable=False, null=True)),
                ('code', models.SlugField(editable=False, verbose_name='code')),
                ('name', models.CharField(db_index=True, max_length=120, verbose_name='name')),
                ('covers', models.TextField(blank=True, help_text='Whose meetings, with whom. Citizens read it on the page About.', verbose_name='who is covered')),
                ('counts_from', models.CharField(choices=[('meeting', 'The meeting'), ('period', 'The end of a period')], default='meeting', max_length=8, verbose_name='counted from')),
                ('period', models.CharField(blank=True, choices=[('month', 'Month'), ('quarter', 'Quarter'), ('four_months', 'Four months'), ('half_year', 'Half-year')], help_text='Only if counted from its end.', max_length=12, verbose_name='period')),
                ('days', models.PositiveSmallIntegerField(blank=True, help_text='Leave empty if the rule sets no deadline.', null=True, validators=[django.core.validators.MaxValueValidator(400)], verbose_name='days')),
                ('working_days', models.CharField(choices=[('any', 'Any day, weekends too'), ('next', 'From a weekend to the next Monday')], default='any', max_length=4, verbose_name='if the last day is on a weekend')),
                ('is_with_minutes', models.BooleanField(default=False, verbose_name='minutes are required')),
                ('required_fields', engagement.core.models.fields.SeveralChoicesField(blank=True, default=list, verbose_name='what must be shown')),
                ('meeting_kinds', engagement.core.models.fields.SeveralChoicesField(blank=True, default=list, help_text='Select none if it covers all.', verbose_name='kinds of meeting covered')),
                ('organization_kinds', engagement.core.models.fields.SeveralChoicesField(blank=True, default=list, help_text='Select none if it covers all.', verbose_name='kinds of organization covered')),
                ('is_by_second_person', models.BooleanField(default=True, help_text='Whoever prepared a meeting does not publish it.', verbose_name='a second person publishes')),
                ('is_in_use', models.BooleanField(default=False, help_text='Can be chosen for meetings and is explained on the page About.', verbose_name='in use')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='link to source')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical publication rule',
                'verbose_name_plural': 'historical publication rules',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSeries_regimes',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'HistoricalSeries_regimes',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Regime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.SlugField(editable=False, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('covers', models.TextField(blank=True, help_text='Whose meetings, with whom. Citizens read it on the page About.', verbose_name='who is covered')),
                ('counts_from', models.CharField(choices=[('meeting', 'The meeting'), ('period', 'The end of a period')], default='meeting', max_length=8, verbose_name='counted from')),
                ('period', models.CharField(blank=True, choices=[('month', 'Month'), ('quarter', 'Quarter'), ('four_months', 'Four months'), ('half_year', 'Half-year')], help_text='Only if counted from its end.', max_length=12, verbose_name='period')),
                ('days', models.PositiveSmallIntegerField(blank=True, help_text='Leave empty if the rule sets no deadline.', null=True, validators=[django.core.validators.MaxValueValidator(400)], verbose_name='days')),
                ('working_days', models.CharField(choices=[('any', 'Any day, weekends too'), ('next', 'From a weekend to the next Monday')], default='any', max_length=4, verbose_name='if the last day is on a weekend')),
                ('is_with_minutes', models.BooleanField(default=False, verbose_name='minutes are required')),
                ('required_fields', engagement.core.models.fields.SeveralChoicesField(blank=True, default=list, verbose_name='what must be shown')),
                ('meeting_kinds', engagement.core.models.fields.SeveralChoicesField(blank=True, default=list, help_text='Select none if it covers all.', verbose_name='kinds of meeting covered')),
                ('organization_kinds', engagement.core.models.fields.SeveralChoicesField(blank=True, default=list, help_text='Select none if it covers all.', verbose_name='kinds of organization covered')),
                ('is_by_second_person', models.BooleanField(default=True, help_text='Whoever prepared a meeting does not publish it.', verbose_name='a second person publishes')),
                ('is_in_use', models.BooleanField(default=False, help_text='Can be chosen for meetings and is explained on the page About.', verbose_name='in use')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='link to source')),
                ('sort_key', SortKeyField('name', default='', editable=False, max_length=300)),
            ],
            options={
                'verbose_name': 'publication rule',
                'verbose_name_plural': 'publication rules',
                'ordering': ['sort_key', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meeting_years',
        ),
        migrations.AddField(
            model_name='historicalmeeting',
            name='published_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='published on'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='published_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='published on'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='historicalmeeting',
            name='publication_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='to be published by'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='publication_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='to be published by'),
        ),
        migrations.AddField(
            model_name='historicalground',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalmeeting_regimes',
            name='history',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='meetings.historicalmeeting'),
        ),
        migrations.AddField(
            model_name='historicalmeeting_regimes',
            name='meeting',
            field=models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.meeting'),
        ),
        migrations.AddField(
            model_name='historicalregime',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalseries_regimes',
            name='history',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='meetings.historicalseries'),
        ),
        migrations.AddField(
            model_name='historicalseries_regimes',
            name='series',
            field=models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.series'),
        ),
        migrations.AddConstraint(
            model_name='regime',
            constraint=models.CheckConstraint(condition=models.Q(('days', None), ('days__lte', 400), _connector='OR'), name='regime_days_bounded', violation_error_message='A deadline is at most 400 days away.'),
        ),
        migrations.AddConstraint(
            model_name='regime',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counts_from', 'meeting'), ('period', '')), models.Q(('counts_from', 'period'), ('period__in', ['month', 'quarter', 'four_months', 'half_year'])), _connector='OR'), name='regime_period_if_counted_from_it', violation_error_message='Choose a period if the days are counted from its end, and leave it empty if not.'),
        ),
        migrations.AddConstraint(
            model_name='regime',
            constraint=models.CheckConstraint(condition=models.Q(('working_days__in', ['any', 'next'])), name='regime_working_days_known', violation_error_message='Choose from the list what happens on a weekend.'),
        ),
        migrations.AddField(
            model_name='historicalseries_regimes',
            name='regime',
            field=models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.regime'),
        ),
        migrations.AddField(
            model_name='historicalmeeting_regimes',
            name='regime',
            field=models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.regime'),
        ),
        migrations.AddField(
            model_name='historicalground',
            name='regime',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='meetings.regime', verbose_name='publication rule'),
        ),
        migrations.AddField(
            model_name='ground',
            name='regime',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grounds', to='meetings.regime', verbose_name='publication rule'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='regimes',
            field=models.ManyToManyField(blank=True, help_text='The deadline follows from them. Select none for those of the series.', related_name='%(class)ss', to='meetings.regime', verbose_name='publication rules'),
        ),
        migrations.AddField(
            model_name='series',
            name='regimes',
            field=models.ManyToManyField(blank=True, help_text='For each meeting of the series that has none of its own.', related_name='series', to='meetings.regime', verbose_name='publication rules'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('publication_due_on__isnull', False)), fields=['publication_due_on', 'published_on', 'effective_visibility'], name='meeting_publication_clock'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('starts_on', None), models.Q(('starts_on__gte', datetime.date(1900, 1, 1)), ('starts_on__lte', datetime.date(2199, 12, 31))), _connector='OR'), models.Q(('ends_on', None), models.Q(('ends_on__gte', datetime.date(1900, 1, 1)), ('ends_on__lte', datetime.date(2199, 12, 31))), _connector='OR'), models.Q(('publication_due_on', None), models.Q(('publication_due_on__gte', datetime.date(1900, 1, 1)), ('publication_due_on__lte', datetime.date(2199, 12, 31))), _connector='OR'), models.Q(('published_on', None), models.Q(('published_on__gte', datetime.date(1900, 1, 1)), ('published_on__lte', datetime.date(2199, 12, 31))), _connector='OR'), models.Q(('public_since', None), models.Q(('public_since__gte', datetime.date(1900, 1, 1)), ('public_since__lte', datetime.date(2199, 12, 31))), _connector='OR')), name='meeting_years', violation_error_message='Every day lies between the years 1900 and 2199.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_on', None)), models.Q(('published_at__isnull', False), ('published_on__isnull', False)), _connector='OR'), name='meeting_published_on_a_day', violation_error_message='A published meeting has a day of publication, and no other has one.'),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.UniqueConstraint(fields=('regime', 'name'), name='ground_once_in_regime', violation_error_message='This rule already has a ground of this name.'),
        ),
    ]
