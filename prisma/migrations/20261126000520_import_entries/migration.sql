-- What "undo" finds of an import: what it brought is kept beside it.
ALTER TABLE "import" ADD COLUMN "audit_id" UUID;
CREATE UNIQUE INDEX "import_audit_id_key" ON "import"("audit_id");
