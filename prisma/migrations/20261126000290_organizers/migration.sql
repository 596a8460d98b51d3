-- What files say of an event that is not ours to change: who organises it, what kind it is, and what single occurrences have of their own.
ALTER TABLE "event" ADD COLUMN "organizer_name" TEXT;
ALTER TABLE "event" ADD COLUMN "organizer_email" TEXT;
ALTER TABLE "event" ADD COLUMN "categories" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "event_override" ADD COLUMN "alarms" JSONB;
