-- Imports are looked at first and wait for their person: what would come in, and the message that says so.
ALTER TABLE "import" ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "preview" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "first_day" TEXT,
    ADD COLUMN "last_day" TEXT,
    ADD COLUMN "sample" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "origin" JSONB,
    ADD COLUMN "user_id" TEXT,
    ADD COLUMN "mark" TEXT,
    ADD COLUMN "marked_at" TIMESTAMPTZ(3),
    ADD COLUMN "shown_channel" TEXT,
    ADD COLUMN "shown_message" TEXT,
    ADD COLUMN "shown_at" TIMESTAMPTZ(3),
    ADD COLUMN "reported" BOOLEAN NOT NULL DEFAULT true;
UPDATE "import" SET "queued_at" = "created_at";
CREATE INDEX "import_unreported" ON "import"("queued_at") WHERE NOT "reported";

-- What was confirmed in words is shown in the answer to them.
ALTER TABLE "batch" ADD COLUMN "mark" TEXT,
    ADD COLUMN "marked_at" TIMESTAMPTZ(3);
