-- Why the last exchange with the centre failed, as JSON; nothing where it went through.
ALTER TABLE centre ADD COLUMN failing TEXT;
