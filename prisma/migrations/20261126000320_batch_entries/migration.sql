-- AlterTable
ALTER TABLE "batch" ADD COLUMN     "audit_id" UUID;

-- Until now the entry had the id of its batch.
UPDATE "batch" SET "audit_id" = "id" WHERE "state" <> 'draft' AND "undoes" IS NULL;

-- CreateIndex
CREATE UNIQUE INDEX "batch_audit_id_key" ON "batch"("audit_id");
