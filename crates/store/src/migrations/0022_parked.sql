-- The few places of the queue that are set apart: each command that is queued asks whether it hangs on one of them.
CREATE INDEX queue_parked ON queue (epoch, seq) WHERE state = 'parked';
