-- Addresses of feeds may hold secrets: they are kept encrypted, and told apart by a keyed hash.
ALTER TABLE "subscription" ADD COLUMN "url_mark" TEXT;
DROP INDEX "subscription_person_id_url_key";
CREATE UNIQUE INDEX "subscription_person_id_url_mark_key" ON "subscription"("person_id", "url_mark");
