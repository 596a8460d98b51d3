-- What there is for a channel or for a person, whoever made it: of a hundred thousand in a space the few that are theirs.
CREATE INDEX "reminder_recipients" ON "reminder" USING gin ("space_id", "recipients" jsonb_path_ops) WHERE "notice" IS NULL AND "digest" IS NULL AND "event_id" IS NULL;
-- The calendars that a whole space sees.
CREATE INDEX "calendar_space_id_kind_idx" ON "calendar"("space_id", "kind");
-- How many imports a person has under way.
CREATE INDEX "import_person_id_state_idx" ON "import"("person_id", "state");
-- What goes with a calendar and with a list that are deleted.
CREATE INDEX "import_calendar_id_idx" ON "import"("calendar_id");
CREATE INDEX "todo_list_id_idx" ON "todo"("list_id");
-- Batches that nobody was told the end of.
CREATE INDEX "batch_unreported" ON "batch"("ended_at") WHERE NOT "reported";
