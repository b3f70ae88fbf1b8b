-- Up to which entry a desk is known to have followed this feed: what it had come to there is what it comes to here. In a
-- copy from which the centre is restored that is what both have of the feed for sure.
ALTER TABLE desk ADD COLUMN followed bigint NOT NULL DEFAULT 0 CHECK (followed >= 0);
