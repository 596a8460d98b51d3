CREATE EXTENSION IF NOT EXISTS "pg_trgm";
CREATE EXTENSION IF NOT EXISTS "btree_gin";

-- Calendars of channels and spaces, their feeds, and who else may see them.
ALTER TABLE "calendar"
  ALTER COLUMN "owner_id" DROP NOT NULL,
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'personal',
  ADD COLUMN "channel" TEXT,
  ADD COLUMN "colour" TEXT,
  ADD COLUMN "feed_secret_hash" TEXT,
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'kept',
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX "calendar_feed_secret_hash_key" ON "calendar"("feed_secret_hash");
CREATE UNIQUE INDEX "calendar_space_id_channel_key" ON "calendar"("space_id", "channel");

CREATE TABLE "calendar_share" (
    "calendar_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "access" TEXT NOT NULL,
    "hidden" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "calendar_share_pkey" PRIMARY KEY ("calendar_id","person_id"),
    CONSTRAINT "calendar_share_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "calendar"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "calendar_share_person_id_idx" ON "calendar_share"("person_id");

-- Events complete.
ALTER TABLE "event"
  ADD COLUMN "recurrence_id" TIMESTAMP(0),
  ADD COLUMN "sequence" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "meeting_link" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "colour" TEXT,
  ADD COLUMN "visibility" TEXT NOT NULL DEFAULT 'public',
  ADD COLUMN "transparency" TEXT NOT NULL DEFAULT 'opaque',
  ADD COLUMN "rdates" TIMESTAMP(0)[],
  ADD COLUMN "folded_title" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "folded_rest" TEXT NOT NULL DEFAULT '';
UPDATE "event" SET "rdates" = '{}', "folded_title" = lower("title"), "folded_rest" = lower("location" || ' ' || "description");
ALTER TABLE "event"
  ADD COLUMN "search" TSVECTOR GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', "folded_title"), 'A') || setweight(to_tsvector('simple', "folded_rest"), 'B')
  ) STORED,
  ADD CONSTRAINT "event_in_order" CHECK ("duration_seconds" >= 0 AND "ends_at" >= "starts_at" AND "covers_until" >= "starts_at");

DROP INDEX "event_space_id_organiser_id_covers_until_starts_at_idx";
DROP INDEX "event_calendar_id_uid_key";
-- An event is the same when its UID is, and its RECURRENCE-ID where it has one.
CREATE UNIQUE INDEX "event_identity" ON "event"("calendar_id", "uid", coalesce("recurrence_id", '-infinity'));
CREATE INDEX "event_calendar_id_covers_until_starts_at_idx" ON "event"("calendar_id", "covers_until", "starts_at");
CREATE INDEX "event_calendar_id_starts_at_covers_until_idx" ON "event"("calendar_id", "starts_at", "covers_until");
-- Found by whole words and their beginnings, and by words that are nearly right.
CREATE INDEX "event_search" ON "event" USING gin ("calendar_id", "search");
CREATE INDEX "event_trigrams" ON "event" USING gin ("calendar_id", "folded_title" gin_trgm_ops);

CREATE TABLE "event_override" (
    "event_id" UUID NOT NULL,
    "recurrence_id" TIMESTAMP(0) NOT NULL,
    "start_wall" TIMESTAMP(0),
    "duration_seconds" INTEGER,
    "time_zone" TEXT,
    "title" TEXT,
    "description" TEXT,
    "location" TEXT,
    "meeting_link" TEXT,
    "colour" TEXT,
    "status" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_override_pkey" PRIMARY KEY ("event_id","recurrence_id"),
    CONSTRAINT "event_override_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "alert" (
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "seconds_before" INTEGER NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("event_id","person_id","seconds_before"),
    CONSTRAINT "alert_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "attendee" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "person_id" UUID,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "recurrence_id" TIMESTAMP(0),
    "response" TEXT NOT NULL DEFAULT 'needs-action',
    "comment" TEXT NOT NULL DEFAULT '',
    "waiting" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'invited',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "attendee_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "attendee_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "attendee_person_id_event_id_idx" ON "attendee"("person_id", "event_id");
-- Nobody is invited twice to the same occurrence. Finds the attendees of an event as well.
CREATE UNIQUE INDEX "attendee_identity" ON "attendee"("event_id", coalesce("person_id"::text, lower("email"), "name"), coalesce("recurrence_id", '-infinity'));

CREATE TABLE "group" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "member_ids" UUID[],
    "state" TEXT NOT NULL DEFAULT 'kept',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "group_space_id_name_idx" ON "group"("space_id", "name");
