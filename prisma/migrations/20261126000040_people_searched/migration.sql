-- Who comes is searched as well.
ALTER TABLE "event" DROP COLUMN "search";
ALTER TABLE "event" ADD COLUMN "folded_people" TEXT NOT NULL DEFAULT '';
ALTER TABLE "event" ADD COLUMN "search" TSVECTOR GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', "folded_title"), 'A')
    || setweight(to_tsvector('simple', "folded_people"), 'B')
    || setweight(to_tsvector('simple', "folded_rest"), 'C')
) STORED;
CREATE INDEX "event_search" ON "event" USING gin ("calendar_id", "search");
