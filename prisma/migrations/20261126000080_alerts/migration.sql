-- AlterTable
ALTER TABLE "reminder" ADD COLUMN     "event_id" UUID;

-- CreateIndex
CREATE INDEX "reminder_event_id_idx" ON "reminder"("event_id");
