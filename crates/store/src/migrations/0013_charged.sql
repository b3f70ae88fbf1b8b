-- The total of a booking is of what is charged: a stay that was cancelled, or whose guest did not come, is not.
UPDATE reservation SET total = (SELECT coalesce(sum(price * (leaves_on - arrival)), 0) FROM stay
    WHERE reservation = id AND status NOT IN ('cancelled', 'no_show'));
-- Guests who are late are expected on another date than that of their arrival.
CREATE INDEX stay_kept ON stay (kept_on) WHERE kept_on IS NOT NULL;
