-- What somebody was told lately.
CREATE INDEX "delivery_space_id_recipient_occurrence_idx" ON "delivery"("space_id", "recipient", "occurrence");
