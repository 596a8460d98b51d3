-- A token may be somebody's of the page, by the name that others there call them.
ALTER TABLE "api_token" ADD COLUMN "person" TEXT;

CREATE TABLE "page_link" (
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "page_link_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "page_link_hash_key" ON "page_link"("hash");
CREATE INDEX "page_link_account_idx" ON "page_link"("account");
