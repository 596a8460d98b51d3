-- What a platform's profile says of somebody's zone, and when they like to meet.
ALTER TABLE "person"
  ADD COLUMN "profile_zone" TEXT,
  ADD COLUMN "hours" JSONB,
  ADD COLUMN "buffer_minutes" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "person_space_id_idx" ON "person"("space_id");

-- What is told once and is no reminder goes the way of reminders.
ALTER TABLE "reminder" ADD COLUMN "notice" JSONB;

CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "capacity" INTEGER,
    "answer_by" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "invitation_id_fkey" FOREIGN KEY ("id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "poll" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "slots" TIMESTAMPTZ(3)[],
    "duration_seconds" INTEGER NOT NULL,
    "time_zone" TEXT NOT NULL,
    "person_ids" UUID[],
    "votes" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "poll_pkey" PRIMARY KEY ("id")
);
