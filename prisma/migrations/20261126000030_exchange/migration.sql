-- Files and feeds that come in, and the feeds that go out.
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "source" BYTEA,
    "url" TEXT,
    "time_zone" TEXT NOT NULL,
    "day_first" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "held_until" TIMESTAMPTZ(3) NOT NULL,
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "same" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "remarks" JSONB NOT NULL DEFAULT '[]',
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "import_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "calendar"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "import_state_held_until_idx" ON "import"("state", "held_until");
CREATE INDEX "import_created_at_idx" ON "import"("created_at");

CREATE TABLE "subscription" (
    "calendar_id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "etag" TEXT,
    "last_modified" TEXT,
    "state" TEXT NOT NULL DEFAULT 'kept',
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "fetched_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("calendar_id"),
    CONSTRAINT "subscription_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "calendar"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "subscription_person_id_url_key" ON "subscription"("person_id", "url");
CREATE INDEX "subscription_state_next_at_idx" ON "subscription"("state", "next_at");

CREATE TABLE "calendar_feed" (
    "calendar_id" UUID NOT NULL,
    "mark" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("calendar_id"),
    CONSTRAINT "calendar_feed_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "calendar"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
