-- Where somebody's calls are, and those of everybody in the space: addresses by service.
ALTER TABLE "person" ADD COLUMN "meeting_links" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "space" ADD COLUMN "meeting_links" JSONB NOT NULL DEFAULT '{}';
