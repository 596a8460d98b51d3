-- What an import made and changed, so that it can be taken back as a whole.
CREATE TABLE "import_event" (
    "import_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "before" JSONB,

    CONSTRAINT "import_event_pkey" PRIMARY KEY ("import_id","event_id"),
    CONSTRAINT "import_event_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "import_event_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "import_event_event_id_idx" ON "import_event"("event_id");
