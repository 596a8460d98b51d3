-- CreateTable
CREATE TABLE "batch" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "origin" JSONB NOT NULL,
    "author" JSONB NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "parts" INTEGER NOT NULL,
    "fingerprint" TEXT,
    "undoes" UUID,
    "shown_channel" TEXT,
    "shown_message" TEXT,
    "shown_at" TIMESTAMPTZ(3),
    "reported" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "held_until" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_item" (
    "batch_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "space_id" UUID NOT NULL,
    "part" INTEGER NOT NULL,
    "operation" JSONB NOT NULL,
    "title" TEXT NOT NULL,
    "subject_id" UUID,
    "version" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "left_at" INTEGER,
    "result_id" UUID,
    "changes" JSONB,
    "code" TEXT,
    "reason" TEXT,

    CONSTRAINT "batch_item_pkey" PRIMARY KEY ("batch_id","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "batch_undoes_key" ON "batch"("undoes");

-- CreateIndex
CREATE INDEX "batch_state_held_until_idx" ON "batch"("state", "held_until");

-- CreateIndex
CREATE INDEX "batch_person_id_created_at_idx" ON "batch"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "batch_created_at_idx" ON "batch"("created_at");

-- CreateIndex
CREATE INDEX "batch_item_batch_id_part_state_position_idx" ON "batch_item"("batch_id", "part", "state", "position");

-- CreateIndex
CREATE INDEX "batch_item_batch_id_subject_id_idx" ON "batch_item"("batch_id", "subject_id");

-- AddForeignKey
ALTER TABLE "batch_item" ADD CONSTRAINT "batch_item_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;
