-- Answers in channels and ballots of polls are shown anew as well: they are found by their mark once they have to be.
ALTER TABLE "card" ALTER COLUMN "event_id" DROP NOT NULL,
    ADD COLUMN "poll_id" UUID,
    ADD COLUMN "mark" TEXT,
    ADD COLUMN "channel" TEXT,
    ADD COLUMN "thread" TEXT,
    ADD COLUMN "message" TEXT,
    ADD COLUMN "public" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD CONSTRAINT "card_poll_id_fkey" FOREIGN KEY ("poll_id") REFERENCES "poll"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "card_poll_id_idx" ON "card"("poll_id");
