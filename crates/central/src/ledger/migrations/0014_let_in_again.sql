-- A code may be for one desk alone, which has lost what it shows and gets another token. Without a desk it is for a new one.
ALTER TABLE enrol_code ADD COLUMN desk uuid;
