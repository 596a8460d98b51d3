-- Whether somebody was there, said afterwards.
ALTER TABLE "attendee" ADD COLUMN "attended" BOOLEAN;
