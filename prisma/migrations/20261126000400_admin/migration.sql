-- AlterTable
ALTER TABLE "api_token" ADD COLUMN     "admin" BOOLEAN NOT NULL DEFAULT false;

-- What was given up on, latest first.
CREATE INDEX "delivery_failed" ON "delivery"("id") WHERE "state" = 'failed';
