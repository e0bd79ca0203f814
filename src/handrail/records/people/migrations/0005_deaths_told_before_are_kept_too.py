"""Whoever was recorded as dead before deaths had a table of their own gets the row that they lack.

Who recorded it, and when, is in the ledger: its last line of that death. Days that were put right before are
in neither place, and are not made up. A row takes its person's id for its own, so that no dice are needed.
"""

from django.db import migrations

SQL = """
INSERT INTO people_death (id, person_id, died_on, why_put_right, recorded_by, recorded_at)
SELECT person.id, person.id, person.died_on, NULL, line."by", line."at"
FROM people_person AS person
JOIN audit_line AS line ON line.number = (
    SELECT MAX(number) FROM audit_line WHERE event = 'death_recorded' AND about = person.id
)
WHERE person.died_on IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM people_death AS death WHERE death.person_id = person.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_what_was_recorded_of_a_death_is_kept"),
        ("audit", "0001_initial"),
    ]

    operations = [migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop)]
