-- AlterTable
ALTER TABLE "person" ADD COLUMN     "mutes" TEXT[];
