-- Until when people vote, and where they were asked.
ALTER TABLE "poll" ADD COLUMN "closes_at" TIMESTAMPTZ(3);
ALTER TABLE "poll" ADD COLUMN "origin" JSONB;
CREATE INDEX "poll_closes_at_idx" ON "poll"("closes_at");
