-- Single events and series are found in different ways, so each has an index of its own, and no event is in two.
-- A single event that starts in a window or shortly before it may touch it, and the few that last longer than a month
-- are found by their end. A series may touch any window until its last occurrence has ended.
DROP INDEX "event_calendar_id_covers_until_starts_at_idx";
DROP INDEX "event_calendar_id_starts_at_covers_until_idx";
CREATE INDEX "event_single" ON "event"("calendar_id", "starts_at", "covers_until") WHERE "rrule" IS NULL AND "rdates" = '{}' AND "duration_seconds" <= 2678400;
CREATE INDEX "event_long" ON "event"("calendar_id", "covers_until", "starts_at") WHERE "rrule" IS NULL AND "rdates" = '{}' AND "duration_seconds" > 2678400;
CREATE INDEX "event_series" ON "event"("calendar_id", "covers_until", "starts_at") WHERE "rrule" IS NOT NULL OR "rdates" <> '{}';
