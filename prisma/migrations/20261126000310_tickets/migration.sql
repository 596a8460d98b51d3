-- CreateTable
CREATE TABLE "spent_ticket" (
    "id" TEXT NOT NULL,
    "spent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spent_ticket_pkey" PRIMARY KEY ("id")
);
