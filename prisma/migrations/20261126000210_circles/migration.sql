-- Who alone may come to an event.
ALTER TABLE "invitation" ADD COLUMN "only" JSONB;
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");
