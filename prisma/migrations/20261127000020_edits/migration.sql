-- An edited message takes back what its first words did.
ALTER TABLE "inbound_message" ADD COLUMN "audit_id" UUID;
