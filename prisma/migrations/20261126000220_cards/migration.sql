-- Messages that show how things stand with an event, to be shown anew when that changes.
CREATE TABLE "card" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "recurrence_id" TIMESTAMP(0),
    "following" BOOLEAN NOT NULL DEFAULT false,
    "stale_at" TIMESTAMPTZ(3),
    "changes" INTEGER NOT NULL DEFAULT 0,
    "held_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "card_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "card_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "card_event_id_idx" ON "card"("event_id");
CREATE INDEX "card_stale_at_idx" ON "card"("stale_at");
