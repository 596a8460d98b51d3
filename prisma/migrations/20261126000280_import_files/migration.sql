-- A file that was sent in chat is taken from the platform that keeps it.
ALTER TABLE "import" ADD COLUMN "platform" TEXT;
