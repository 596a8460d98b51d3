-- The time-zone data that the next ring was derived with.
ALTER TABLE "reminder" ADD COLUMN "tzdata" TEXT NOT NULL DEFAULT 'unknown';
