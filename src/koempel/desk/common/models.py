"""Tables of the audit trail, and of the cache that all processes share.

The trail has one row per disclosure and per change, chained, never changed.
"""

from django.db import models

from koempel.desk.common.roles import Role


class AuditHead(models.Model):
    """The end of one chain: an organisation on a day. Locked while an event is added."""

    chain = models.CharField(max_length=60, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chain}: {self.length}"


class AuditEvent(models.Model):
    """What somebody saw or did. No field values and no search text, ever.

    Triggers in the database refuse every change and removal; `audit_verify` recomputes the chain.
    """

    at = models.DateTimeField()
    chain = models.CharField(max_length=60)
    number = models.PositiveBigIntegerField()
    actor = models.PositiveBigIntegerField(null=True)
    organisation = models.PositiveBigIntegerField(null=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    purpose = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, blank=True)
    objects_seen = models.JSONField(default=list)
    classes = models.JSONField(default=list)
    outcome = models.CharField(max_length=20)
    request_id = models.CharField(max_length=36, blank=True)
    version = models.CharField(max_length=20)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("chain", "number"), name="audit_event_once_per_number"),
        )
        indexes = (models.Index(fields=("organisation", "at"), name="audit_event_by_organisation"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class CacheEntry(models.Model):
    """A row of Django's cache in the database, which counts attempts for all processes.

    The table is Django's own, column for column; as a model it comes with the other tables.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "koempel_cache"

    def __str__(self) -> str:
        return self.cache_key


class SentForm(models.Model):
    """A form that was sent and done: sent again, it leads to what came of it the first time."""

    stamp = models.CharField(max_length=64, primary_key=True)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.url}"
