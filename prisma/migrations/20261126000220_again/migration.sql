-- AlterTable
ALTER TABLE "space" ADD COLUMN     "rules" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "alert_seconds" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "catch_up_days" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "seen_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "reminder" ADD COLUMN     "nag_seconds" INTEGER,
ADD COLUMN     "nagged" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "answers" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "digest" JSONB;
