-- An answer to one occurrence may be for all later ones as well.
ALTER TABLE "attendee" ADD COLUMN "following" BOOLEAN NOT NULL DEFAULT false;
DROP INDEX "attendee_identity";
-- Nobody is invited twice to the same occurrences. Finds the attendees of an event as well.
CREATE UNIQUE INDEX "attendee_identity" ON "attendee"("event_id", coalesce("person_id"::text, lower("email"), "name"), coalesce("recurrence_id", '-infinity'), "following");
