-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "mark" UUID;

-- What was told so far was told alone, and carries its own id as mark.
UPDATE "delivery" SET "mark" = "id";

ALTER TABLE "delivery" ALTER COLUMN "mark" SET NOT NULL;

-- CreateIndex
CREATE INDEX "delivery_mark_idx" ON "delivery"("mark");
