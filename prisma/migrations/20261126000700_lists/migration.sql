-- Lists by name: a name that was given up may be given again.
ALTER TABLE "todo_list"
  ADD COLUMN "key" TEXT,
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'kept',
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
-- Nobody could make one yet but the one that everybody begins with.
UPDATE "todo_list" SET "key" = 'todo';
DROP INDEX "todo_list_owner_id_name_key";
CREATE UNIQUE INDEX "todo_list_owner_id_key_key" ON "todo_list"("owner_id", "key");

CREATE TABLE "folder" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT,
    "state" TEXT NOT NULL DEFAULT 'kept',
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "folder_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "folder_owner_id_key_key" ON "folder"("owner_id", "key");
ALTER TABLE "folder" ADD CONSTRAINT "folder_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "note"
  ADD COLUMN "folder_id" UUID,
  ADD COLUMN "folded_title" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "folded_body" TEXT NOT NULL DEFAULT '';
UPDATE "note" SET "folded_title" = lower("title"), "folded_body" = lower(left("body", 8000));
ALTER TABLE "note"
  ADD COLUMN "search" TSVECTOR GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', "folded_title"), 'A') || setweight(to_tsvector('simple', "folded_body"), 'B')
  ) STORED,
  ADD CONSTRAINT "note_folder_id_fkey" FOREIGN KEY ("folder_id") REFERENCES "folder"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "note_folder_id_idx" ON "note"("folder_id");
-- Found by whole words and their beginnings, and by words that are nearly right.
CREATE INDEX "note_search" ON "note" USING gin ("owner_id", "search");
CREATE INDEX "note_trigrams" ON "note" USING gin ("owner_id", "folded_title" gin_trgm_ops, "folded_body" gin_trgm_ops);
