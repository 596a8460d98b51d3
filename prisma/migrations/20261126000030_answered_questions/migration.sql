-- Words answer only the question that was asked last, so an answered one stays until it expires.
ALTER TABLE "question" ADD COLUMN "answered_at" TIMESTAMPTZ(3);
