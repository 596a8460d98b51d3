CREATE TABLE "gateway_session" (
    "id" TEXT NOT NULL,
    "terms" TEXT NOT NULL,
    "shard" INTEGER NOT NULL,
    "resume_url" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "application_id" TEXT NOT NULL,
    "holder" UUID NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gateway_session_pkey" PRIMARY KEY ("id")
);
