# What Keyrack says to people. Every language has the same messages with the same arguments; a test compares them.

the-house = The house
house = house
nights-span = { $from } to { $last }
rooms = { $count ->
    [one] 1 room
   *[other] { $count } rooms
}
nothing = nothing
none = none
list-end = { $rest } or { $last }
and-more = { $list } and more

# Refusals: why something was not done.
refused-no-availability = { $pool } { $available ->
    [0] has nothing left to sell on { $night }.
   *[other] has only { $available } of { $required } rooms left to sell on { $night }.
}{ $alternatives ->
    [0] {""}
   *[other] {" "}There are alternatives.
}
refused-allotment-exhausted = { $total ->
    [0] Group { $id } keeps no room of the type { $type } on { $night }. A night of its guest can be moved to that type, which takes a room of the house.
   *[other] Group { $id } keeps { $total } of the type { $type } on { $night }, of which { $picked } are picked up: { $required } more are not left. A booking without the group takes a room of the house; a manager can give the group more.
}
refused-allotment-below-picked-up = Group { $id } has { $picked } of the type { $type } picked up on { $night }: it cannot have fewer. Return or cancel the others first.
refused-unknown-allotment = There is no allotment "{ $id }".
refused-undecided = { $count } still to be decided before { $date } can end: { $list }.
refused-too-early = { $date } has not begun: by the hotel's clock it is { $local }. It ends early only where somebody with the permission "operate" gives a reason: { $face ->
    [window] under "Reason to end it before its time".
   *[line] --override REASON.
}
refused-too-early-again = { $date } is today by the hotel's clock, and the date before it ended less than twelve hours ago. It too ends only where somebody with the permission "operate" gives a reason: { $face ->
    [window] under "Reason to end it before its time".
   *[line] --override REASON.
}
refused-wrong-business-date = The business date is { $business }, and not { $date }.
refused-unknown-room-type = There is no room type "{ $id }".
refused-unknown-reservation = There is no reservation "{ $id }".
refused-unknown-stay = There is no stay "{ $id }".
refused-unknown-hold = There is no hold "{ $id }".
refused-unknown-outage = There is no outage "{ $id }".
refused-unknown-command = There is no command "{ $id }".
refused-illegal-transition = { $id } is { $from }. Not possible: { $to }. { $count ->
    [0] Nothing more can be done with it.
   *[other] Possible: { $allowed }.
}
refused-desks-missing = { $count ->
    [one] Desk { $desks } has not said that it has sent everything of { $date }. Wait until it has, or let a manager end the date without it.
   *[other] Desks { $desks } have not said that they have sent everything of { $date }. Wait until they have, or let a manager end the date without them.
}
refused-split-alone = { $id } is the only stay of its booking: there is nothing to split it off from.
refused-not-arrived = { $id } arrives on { $arrival } and is not checked in before. Is the guest here today, on { $business }? Then amend the arrival to { $business }, or book a walk-in.
refused-hold-of-another-desk = Hold { $id } was placed at desk { $desk }: only there can it be extended, released or booked.
refused-hold-expired = The time of hold { $id } is up.
refused-already-released = { $id } has ended already: it is { $status }.
refused-stale = Somebody changed this since you looked. Look again and repeat.
refused-idempotency-conflict = Command { $id } was used before for another request.
refused-room-occupied = Room { $room } is taken by { $id }.
refused-outage-exceeds-physical = On { $night } { $count ->
    [one] 1 room
   *[other] { $count } rooms
} would be out of order, and { $physical ->
    [0] none exists
    [one] only 1 exists
   *[other] only { $physical } exist
}.
refused-service-exceeds-physical = On { $night } { $count ->
    [one] 1 room
   *[other] { $count } rooms
} would be out of service, and { $physical ->
    [0] none exists
    [one] only 1 exists
   *[other] only { $physical } exist
}.
refused-room-type-in-use = { $type } cannot be retired from that night on: { $count ->
    [one] 1 thing lies
   *[other] { $count } things lie
} beyond it ({ $list }). Move, cancel or end that first.
uses-bookings = bookings { $list }
uses-holds = holds { $list }
uses-outages = outages { $list }
uses-groups = groups { $list }
refused-duplicate-room-type = There is a room type "{ $type }" already.
refused-already-initialised = This file holds the property { $property } already.

# Conditions under which a type is not sold.
restricted-draft = { $pool } is a draft and not sold yet. Put it on sale first.
restricted-stopped = { $pool } is stopped: it is not sold.
restricted-retired = { $pool } is retired and not sold on { $night }.
restricted-stop-sell = { $pool } is not sold on { $night }: stop-sell.
restricted-closed-to-arrival = { $pool } is closed to arrival on { $night }.
restricted-closed-to-departure = { $pool } is closed to departure on { $night }.
restricted-min-stay = Who arrives on { $night } stays { $nights ->
    [one] 1 night
   *[other] { $nights } nights
} or more ({ $pool }).
restricted-max-stay = Who arrives on { $night } stays { $nights ->
    [one] 1 night
   *[other] { $nights } nights
} or fewer ({ $pool }).

# What is wrong with a stay.
stay-no-stay = No stay was given.
stay-rooms = A stay has 1 to 500 rooms.
stay-departure-before-arrival = The second date lies before the first: it ends before it begins.
stay-no-night = The range has no night.
stay-before-business-date = That lies before the business date, { $business }.
stay-too-long = A stay has at most 366 nights.
stay-not-open = The night of { $night } is not open.
stay-not-open-somewhere = A night is not open.
stay-already-arrived = The guest has arrived: the arrival stays as it was.
stay-already-slept = The guest has slept here up to { $business }: an earlier departure is not possible.
stay-already-slept-on = The night of { $night } is over: the guest has slept where they were.
stay-limit-out-of-range = Rooms are 0 to 1,000,000, an overbooking limit -1,000,000 to 1,000,000.
stay-hold-minutes = A hold lasts 1 to 60 minutes.
stay-walk-in-arrives-today = Who walks in arrives today.
stay-too-far = Nights can be opened up to ten years from the business date.
stay-house-has-no-rooms = The house has no rooms of its own; set them by type.
stay-not-a-night-of-the-stay = That night is not one of the stay's.
stay-length-out-of-range = A minimum or maximum stay is 1 to 366 nights, and the minimum not above the maximum.
stay-outside-allotment = The group has no such rooms around { $night }. A night of its guest can be moved to another type, which takes a room of the house.
stay-outside-allotment-type = The group has no rooms of that type. A night of its guest can be moved to another type, which takes a room of the house.
stay-cut-off-too-late = The cut-off lies after the group's last night.
stay-option-out-of-range = An option ends today or later.
stay-waits-for-nothing = Who waits takes no hold, no allotment, and does not walk in.
stay-picked-up-or-else = Rooms of an allotment are picked up without a hold.
stay-not-due-yet = The guest is not expected yet.
stay-not-due-yet-on = The guest is expected on { $night }, and not before.
stay-outage-rooms = An outage has 1 to 500 rooms.
stay-allotment-rooms = A group keeps 1 to 500 rooms of a type on a night.
stay-hold-of-other-rooms = The hold keeps other rooms than these stays take: some of its own would be let go. Book what it keeps, or release it and book anew.
stay-cut-off-past = The cut-off lies before the business date, { $business }.
stay-outage-longer = The rooms are back on { $night } already. Add an outage from that night on to keep them out longer.
stay-shoulder-too-long = The nights before and after a group are 0 to 366.
stay-night-is-over = The night of { $night } is over and stays as it was.
stay-sold-until-then = The type is stopped, and would be sold again until { $night }. Retire it from { $business } on, or reactivate it first.
stay-one-room = That is one room of a booking: give one stay of one room, or amend the whole booking.
stay-room-of-one = A room number is for one stay, and this booking has several: name the stay, like A1/1.

# Why something cannot be undone.
undo-nothing-to-undo = There is nothing of yours to undo.
undo-no-inverse = This cannot be undone: it has no inverse.
undo-was-refused = It was refused, so there is nothing to undo.
undo-already-undone = It was undone already.
undo-changed-since = It cannot be undone: it was changed again since.
undo-date-moved-on = It cannot be undone: the business date has moved on since.
by-hand-undo = Do again what was undone.
by-hand-imported = To take an import back, cancel the bookings that it brought.
by-hand-open_nights = Nights stay open; a stop-sell on them keeps them from being sold.
by-hand-split = To put it together again, cancel the part and add its stay to the first booking with an amendment.
by-hand-add_room_type = Retire the room type instead.
by-hand-sell_room_type = Stop the room type instead.
by-hand-close_day = A date that has ended stays ended; put its bookings right one by one.
by-hand-setting_set = Set it to what it was: its history in the trail has the earlier value.
by-hand-role_set = Give the role the permissions that it had.
by-hand-staff_added = Disable that member of the staff.
by-hand-staff_disabled = Enable that member of the staff again.
by-hand-staff_enabled = Disable that member of the staff again.
by-hand-staff_role_set = Give back the role from before.
by-hand-restore = What was replaced was kept beside the file: restore that copy.

# States and steps, within a sentence.
word-waitlisted = waitlisted
word-tentative = tentative
word-needs_confirmation = needs confirmation
word-confirmed = confirmed
word-checked_in = checked in
word-checked_out = checked out
word-cancelled = cancelled
word-no_show = no-show
word-offer = offer
word-confirm = confirm
word-check_in = check in
word-check_out = check out
word-reverse_check_in = reverse check in
word-reverse_check_out = reverse check out
word-cancel = cancel
word-reinstate = reinstate
word-amend = amend
word-released = released
word-converted = converted
word-expired = expired
word-active = active
word-open = open
word-ended = ended
word-draft = draft
word-on_sale = on sale
word-stopped = stopped
word-retired = retired
word-sell = sell
word-stop = stop
word-retire = retire
word-reactivate = reactivate
word-split = split
word-move = move
word-give_room = another room
word-set_details = correct the details
word-cut_off = cut off
word-release = release
word-resize = resize
word-extend = extend
word-back_in_order = back in order
word-keep = keep
word-leave_waitlist = leave the waitlist
word-return_pick_up = return to the group
word-convert = convert
word-waiting = waiting
word-running = running
word-done = done
word-parked = parked

# The door.
door-sign-in = Sign in first.
door-ended = This sign-in has ended. Sign in again.
door-locked = The desk is locked. Sign in again.
door-fresh = This needs a sign-in of the last five minutes. Sign in again.
door-behalf = Only an admin's script acts in another's name.
door-unknown-actor = Nobody of the name in --actor works here.
door-permission-nobody = This needs the permission "{ $permission }", and nobody has it.
door-permission = This needs the permission "{ $permission }". Ask { $staff }.
door-sign-in-failed = The name and the password do not go together. Try again in { $seconds } s.
door-sign-in-delayed = Too many sign-ins under this name failed. Try again in { $seconds } s.
door-last-admin = { $name } is the last one who can administer. Make somebody else an admin first.
door-first-is-admin = The first member of the staff is an admin.
door-admin-administers = An admin can always administer.
door-unknown-staff = Nobody named "{ $id }" works here.
door-duplicate-staff = Somebody named "{ $id }" works here already.
door-unknown-guest = There is no guest "{ $id }".
permission-look = look
permission-sell = sell
permission-operate = operate
permission-configure = configure
permission-administer = administer

# What was done, for a message that passes.
done-batch = { $done } of { $all } done: { $what }
done-asked = Asked of the centre: { $what }
done-waits = { $what } waits for the centre: it is a request, and no room is promised yet
done-declined = { $what } is declined by the centre: { $why } It is still a request
done-undone = Undone: { $what }
done-undone-hold = { $what }. Placed anew as hold { $hold }
done-day = Business date { $date }
done-nights = { $count ->
    [one] 1 cell
   *[other] { $count } cells
} opened
done-before = { $what } (done before)
done-unchanged = Nothing to change: { $what }
done-nobody-fits = Nobody who waits fits
done-outage-hits = { $what }. Overbooked by { $rooms } on { $night }: { $count ->
    [one] 1 booking is
   *[other] { $count } bookings are
} hit
done-let-go = { $what }. Of hold { $hold } { $nights ->
    [one] 1 room night was
   *[other] { $nights } room nights were
} let go
done-option = { $what } (tentative until { $date })
done-swept = { $count ->
    [one] 1 hold
   *[other] { $count } holds
} expired
did-reserve = Booking { $object }
did-walk_in = Walk-in { $object }
did-confirm = Confirmed { $object }
did-check_in = Checked in { $object }
did-check_out = Checked out { $object }
did-reverse_check_in = Check-in reversed { $object }
did-reverse_check_out = Check-out reversed { $object }
did-cancel = Cancelled { $object }
did-no_show = No-show { $object }
did-reinstate = Reinstated { $object }
did-amend = Amended { $object }
did-split = Split off { $object }
did-move_night = Night moved { $object }
did-give_room = Room given { $object }
did-set_details = Details corrected { $object }
did-place_hold = Hold { $object }
did-extend_hold = Hold extended { $object }
did-release_hold = Hold released { $object }
did-add_outage = Out of order { $object }
did-end_outage = Back in order { $object }
did-set_limits = Limits { $object }
did-open_nights = Nights opened { $object }
did-open_allotment = Group { $object }
did-change_allotment = Group changed { $object }
did-pick_up = Picked up { $object }
did-return_pick_up = Returned to the group { $object }
did-release_allotment = Group released { $object }
did-cut_off_allotment = Group cut off { $object }
did-cancel_allotment = Group cancelled { $object }
did-join_waitlist = Waiting { $object }
did-offer_waitlist = Offered from the waitlist { $object }
did-leave_waitlist = Left the waitlist { $object }
did-keep_arrivals = Still expected { $object }
did-close_day = End of day { $object }
did-undo = Undone { $object }
did-setting_set = Setting changed { $object }
did-guest_erased = Guest erased { $object }
did-erasures_done = Erased as told elsewhere: { $object }
did-rebuild = Counts and the index of guests written anew { $object }
did-rejoined = Went on in a new epoch
did-role_set = Role changed { $object }
did-staff_added = Member of the staff added { $object }
did-staff_disabled = Member of the staff disabled { $object }
did-staff_enabled = Member of the staff enabled { $object }
did-staff_password_reset = Password reset { $object }
did-staff_role_set = Role given { $object }
did-restore = Backup restored { $object }
did-imported = Imported { $object }
did-enrolled = Joined the centre { $object }
did-enrolment_given_up = Gave up joining the centre { $object }
did-token_moved = Token of this desk moved { $object }
did-walk_asked = Asked to be walked { $object }
did-walk_told = Told of the walk { $object }
did-parked_discarded = Parked command given up { $object }
did-parked_retried = Parked command tried again { $object }
did-add_service = Out of service { $object }
did-end_service = Back in service { $object }
did-offer = Offered { $object }
did-add_room_type = Room type added { $object }
did-rename_room_type = Room type renamed { $object }
did-rank_room_type = Room type ranked { $object }
did-sell_room_type = Room type on sale { $object }
did-stop_room_type = Room type stopped { $object }
did-retire_room_type = Room type retired { $object }
did-reactivate_room_type = Room type sold again { $object }
did-open_property = Property set up { $object }
did-set_business_date = Business date set { $object }
did-sweep_holds = Holds let go { $object }
did-backup = Backup { $object }
did-exported = Exported { $object }
did-guest_exported = Guest exported { $object }
did-job_retried = Job tried again { $object }
did-alert_acknowledged = Alert acknowledged { $object }
did-support_bundle = Support bundle { $object }
did-inbox_answered = Answered { $object }
did-convert_hold = Hold booked { $object }
did-sign_in = Sign-in { $object }
did-sign_in_failed = Sign-in failed { $object }
did-sign_out = Sign-out { $object }
did-not_allowed = Not allowed { $object }
did-acted_for = Acted for { $object }

# What happened, in a history.
event-property-opened = Property opened
event-business-date = Business date { $before } › { $after }
event-room-type-added = Room type { $code } added
event-room-type-changed = Room type { $code } changed
event-night-opened = Night opened
event-rooms = Rooms { $run }
event-overbooking = Overbooking limit { $run }
event-house-limit = House limit { $run }
event-restrictions = Restrictions { $run }
event-booking = Booking { $number }, { $rooms }
event-split-off-from = Split off from { $number }
event-room-given = { $number }: room { $after }{ $before ->
    [none] {""}
   *[other] {" "}instead of { $before }
}
event-details = Details of { $number } corrected: { $what }
detail-guest = guest
detail-phone = phone
detail-email = e-mail
detail-was = { $what } (before: { $before })
detail-people = people
detail-meal = meals
detail-guarantee = guarantee
detail-notes = notes
event-undone-on = Undone on { $number }
event-hold = Hold { $number }, { $rooms }
event-hold-converted = Hold became a booking { $number }
event-hold-expired = Hold expired { $number }
event-out-of-order = Out of order { $number }, { $rooms }
event-out-of-service = Out of service { $number }, { $rooms }
event-outage-end = Outage { $number } until { $before } › { $after }
event-group = Group { $number }, { $rooms }
event-group-reopened = Group opened again { $number }
line-physical = Rooms that exist
line-overbooking = Overbooking limit
line-house-limit = The house's own limit
event-corrected = put right after what the centre decided
event-batch = { $done } done, { $failed } refused
event-with-rooms = { $what }, { $sign }{ $rooms }
condition-stop-sell = stop-sell
condition-closed-to-arrival = closed to arrival
condition-closed-to-departure = closed to departure
condition-min-stay = minimum { $nights ->
    [one] 1 night
   *[other] { $nights } nights
}
condition-max-stay = maximum { $nights ->
    [one] 1 night
   *[other] { $nights } nights
}

# Alerts.
alert-on-night = on { $from }
alert-on-nights = on the { $count } nights from { $from }
alert-low = { $subject }: few rooms are left { $nights }, the fewest on { $night }: { $rooms }.
alert-sold-out = { $subject }: no room is left { $nights }.
alert-below-zero = { $subject }: more rooms are promised than there are { $nights }, the most on { $night }: { $rooms } too many.
alert-low-night = { $subject }: only { $rooms ->
    [one] 1 room is
   *[other] { $rooms } rooms are
} left { $nights }.
alert-below-zero-night = { $subject }: { $rooms ->
    [one] 1 room
   *[other] { $rooms } rooms
} more than there are { $rooms ->
    [one] is
   *[other] are
} promised { $nights }.
alert-cause = Of { $rooms ->
    [one] 1 room
   *[other] { $rooms } rooms
}: { $counts }.
alert-cause-none = No room is set for it.
alert-count-out-of-order = { $rooms } out of order
alert-count-sold = { $rooms } sold
alert-count-held = { $rooms } held
alert-count-blocked = { $rooms } kept for groups
alert-walk-risk = If all come, { $rooms ->
    [one] 1 room is
   *[other] { $rooms } rooms are
} missing in the house { $nights }, upgrades counted in.
alert-failed-sales = { $failed ->
    [one] 1 sale
   *[other] { $failed } sales
} failed in the last hour.
alert-refusals = { $refused } of { $attempts } commands { $refused ->
    [one] was
   *[other] were
} refused in the last hour.
alert-backup-old = The last good backup is too old: nothing is covered since { $since }.
alert-backup-failed = The last backup failed: { $about }.
alert-verify-failed = The file does not verify: { $check }.
alert-job-parked = The job { $kind } failed too often: { $error }
job-sweep = that lets holds go
job-health = that checks the health
job-backup = that makes the backup
job-verify = that verifies the file
job-checkpoint = that writes the log back
check-sqlite = the database itself
check-schema = its tables
check-audit_chain = the audit trail
check-counts = the counts of the nights
check-objects = bookings, holds, outages and groups
check-property = the property and its room types
check-history = the histories
check-undone = what was undone
check-sums = the sums
check-backups = what the last backup saw
check-centre = what the centre has
check-settings_and_staff = settings, roles and staff
check-guests_and_texts = guests, texts and passwords
check-guest_index = the index of guests
check-acts = what was done under which id
check-day_ends = business dates that ended
alert-other = { $kind }: { $subject } { $nights }

# The inbox: what the centre answered.
inbox-nameless = One of your commands
inbox-confirmed = { $object }: confirmed by the centre.
inbox-declined = { $object }: the centre has no room for it. It is still a request.
inbox-refused = { $object }: the centre refused it, and it was taken back here.
inbox-conflict = { $object }: another desk changed this meanwhile.
inbox-parked = { $object }: the centre cannot read this command. It waits for you.
inbox-nothing-to-take = Item { $id } is no request without a room, so another stay cannot be taken for it.

# What failed: the file, the machine, the program.
failed-unexpected = The program came upon something it did not expect. Look whether your change is there before you repeat it.
failed-machine = The machine failed: { $why }.
failed-cancelled = Stopped. What was done so far is kept, and is gone on with next time.
failed-not-open = No hotel is open yet.
loading-sample = Loading the sample hotel
loading-sample-date = Loading the sample hotel: { $date }
failed-busy = The database stayed locked for { $waited } ms. Nothing was done; try again.
failed-missing = There is no database at { $path }.
failed-not-a-database = { $path } is not a Keyrack database.
failed-too-new = { $path } was written by a newer Keyrack (schema { $found }; this one knows { $known }). Upgrade this program.
failed-unknown-event = { $path } was written by a newer Keyrack (event { $name }, version { $version }, is not known here). Upgrade this program.
failed-joining = This file's history is on its way to a centre. Nothing is written until it is there: join once more, and it goes on.
failed-out-of-step = The centre sent what does not follow what is here: { $why }.
failed-not-initialised = { $path } holds no property yet. Start Keyrack on a file that is not there yet and choose "Set up your own hotel", or run `keyrackctl init`.
failed-not-writable = { $path } cannot be written: { $why }. Check the rights of the file and its folder, and the free space.
failed-disk = { $path } failed: { $why }. Check the disk and its free space, then ask again with the same command id.
failed-damaged = A row of { $table } is damaged: { $why }. Run `keyrackctl verify`.
failed-bad-backup = { $path } does not verify: { $why }. Nothing was restored.
failed-event = Event { $seq } cannot be read. { $why }.
refused-unknown-job = There is no job { $id }.
refused-unknown-alert = No alert { $id } is open.
refused-job-state = The job { $id } is { $from }; that can be done with one that is { $allowed }.

# The centre, or the way to it, said no.
centre-not-enrolled = This file belongs to no centre. Join one under Places, Centre, or run `keyrackctl enrol URL CODE`.
centre-enrolled = This file belongs to the centre at { $url } already.
centre-no-token = What this desk shows the centre is not at { $path }. Where this is a copy of the file, copy that one beside it too; else let this desk in again: `keyrack-central desk code PROPERTY --desk LETTERS` gives a code, and `keyrackctl enrol URL CODE` with it keeps all that is here.
centre-keyring = What this desk shows the centre is in the system's keyring{ $lack ->
    [absent] , and no keyring answers here
    [locked] , which is locked
    [silent] , which does not answer
    [empty] , which has no entry of this desk any more
   *[failed] , which fails
}. { $lack ->
    [locked] Open it and ask again; what is queued goes by itself then, and what is in this desk's share is sold meanwhile.
    [empty] Let this desk in again: `keyrack-central desk code PROPERTY --desk LETTERS` gives a code, and `keyrackctl enrol URL CODE` with it keeps all that is here. What is in its share is sold meanwhile.
   *[other] Ask again when it answers; what is queued goes by itself then, and what is in this desk's share is sold meanwhile.
}
token-in-keyring = What this desk shows the centre is kept in the system's keyring.
token-in-file = { $lack ->
    [absent] No keyring answers here: what
    [locked] The system's keyring is locked: what
    [silent] The system's keyring does not answer: what
    [failed] The system's keyring fails: what
   *[none] What
} this desk shows the centre is kept in { $path }, which its owner alone can read.
walk-walked = { $number } is walked to { $to }: there it is { $made }.
walk-goes-on = The centre walks { $number } to { $to }; that is not done yet and goes on by itself.
walk-asked = The centre has not said in time whether { $number } goes to { $to }. If it has heard, it goes on by itself; the same again tells.
walk-before = { $number } was walked already, and is booked as { $to }.
walk-refused = { $to } does not take { $number }. { $why } Nothing has changed.
walk-given-back = { $number } was changed here meanwhile, so nobody is walked: what was reserved at { $to } is cancelled.
walk-left = { $number } was changed here meanwhile, and what was reserved at { $to } ({ $made }) could not be cancelled: see to both bookings.
walk-taken-back = The guest of { $number } was walked, and is booked as { $to }. Have that cancelled there first{ $face ->
    [window] .
   *[line] ; somebody who may override, and says why, reinstates it all the same: --override REASON.
}
walk-not-walkable = { $number } is { $status }: only confirmed stays are walked.
walk-nights-over = The nights of { $number } are over at { $to }, or some of its stays are. Walk the others one by one.
walk-on-its-way = { $number } is on its way to another hotel already.
walk-no-sister = There is no hotel { $to } to which guests of this one are walked. An administrator of the centre says which there are.
centre-unreachable = The centre cannot be reached: { $why }. Nothing is lost; try again when it answers.
centre-distrusted = What answers at the address of the centre does not prove that it is the centre: { $why ->
    [authority] an authority vouches for it that this desk does not know. Where the centre has an authority of its own, this desk needs its certificate or a new code; else somebody else may answer there
    [name] its certificate is of another name. Use the address that the certificate names, or have the centre show one of this address
    [expired] the time of its certificate is over. Have it renewed at the centre, or set the clock of this machine right
    [not_yet] the time of its certificate has not begun. Set the clock of this machine right, or the centre's
   *[certificate] its certificate cannot be believed. Ask whoever runs the centre
}. Nothing was sent, and what is queued stays queued.
centre-fault = The centre says no: { $fault }.
centre-newer = The centre is newer than this program (it speaks protocol { $spoken }). Update this program; what is queued stays queued until then.
centre-file = What goes up to the centre, or comes down from it, fails at this file: { $why } Nothing is lost; check the file under Health, or with `keyrackctl verify`.
centre-out-of-step = The centre does not have what was sent. Nothing was joined; try again with a new code.
centre-joining = This file's history is on its way to the centre at { $url }. Join once more, and it goes on.
centre-moving = The centre moved on each time it was looked at. Ask again when less is sold.
centre-day-asked = The end of { $date } is asked of the centre, which has not answered yet. It stays queued: once the centre has heard of it, the date ends by itself, or the inbox says why not. The same again tells how it stands.
centre-rejoin = This desk exists twice, or its file is an older copy: nothing is sold out of its share until it has joined anew.
centre-unknown-item = No item { $id } of the inbox is open.
centre-unknown-parked = No command { $id } is parked.

# Why the centre says no; it stands within a sentence.
fault-malformed = the centre cannot read the message
fault-too-large = the message is larger than the centre reads
fault-unauthorised = the centre does not let this desk in any more: it was let go there, or the centre is a copy from before it joined. What is done here reaches nobody; whoever runs the centre says how to go on
fault-code-not-valid = the enrolment code is not valid any more
fault-gap = command { $number } is expected next
fault-restored = the centre was restored from a copy
fault-fork = another command is stored under number { $number }: this desk exists twice
fault-epoch-over = this desk goes on in epoch { $epoch }
fault-exists-twice = this desk exists twice; once one copy is left, accept it at the centre (keyrack-central desk accept)
fault-cursor-gone = the feed is kept from number { $number } on
fault-not-empty = the property has a history already
fault-busy = the centre is busy

# What was given cannot be read or done, and what was stopped on request.
what-reason = A reason
what-guarantee = A guarantee
what-notes = Notes
what-group-name = A group's name
what-hold-reference = A hold's reference
what-guest-name = A guest's name
what-email = An e-mail
what-phone = A phone
what-source = A source
what-meal = A meal
what-room = A room
what-type-name = A room type's name
what-erasure-reason = The reason
what-address = The address
what-staff-name = The name
what-actor = The name of who asks
what-cell = The cell
what-outage = Taking rooms out of order
what-overbooking = The overbooking limit
what-physical = The number of rooms that exist
what-rooms = The number of rooms
bad-too-long = { $what } has at most { $most } characters.
bad-card-number = { $what } holds what looks like a card number (13 to 19 digits that pass its check). Card numbers are not kept here; take it out.
bad-card-issued = The number in another system looks like a card number (it begins, is as long and passes the check as those that issuers give out). Card numbers are not kept here; take it out.
bad-needs-reason = { $what } needs a reason.
bad-override-reason = An override needs a reason.
bad-reversal-reason = What was done in the house is taken back with a reason: one of guest, no_payment, duplicate, overbooked, agent, weather, error, other.
bad-named = { $named } are named: give at most { $most } at once.
bad-rooms-range = { $what }: { $least } to { $most } rooms.
bad-house-limit = Only the house has an overbooking limit that can be taken away, and not while it is set.
bad-price = A price or cost is 0 to { $most } minor units a night.
bad-nobody = Nobody comes: give at least one adult or one child.
bad-no-details = Say what shall change: the guest, the people, the meals, the guarantee or the notes.
bad-half-party = Give adults and children together.
bad-forgotten = The guest of { $number } was erased: what is known of the booking stays as it is.
bad-two-prices = { $type } has two prices: give one for each type.
bad-price-alone = { $type } has a price, and no stay is of that type.
bad-room-before = A room is given to who is in the house: at check-in, or to a walk-in.
bad-guest-name = A guest's name has 1 to { $most } characters.
bad-contact = A phone or an e-mail has at most { $most } characters.
bad-group-name = A group has a name.
bad-group-shoulder = Shoulder dates belong to an elastic allotment: no other is picked up beyond its nights.
bad-rooms-differ = The rooms that were asked for differ: change them one by one, in the booking.
bad-not-due = { $id } is not due, so there is nothing to decide about it.
bad-choice = { $id } can become: { $choices }.
bad-password-length = A password has { $least } to { $most } characters.
bad-password-guessed = This password is too easily guessed. Take one that is no common word, no row of keys and not the name.
bad-no-staff = The file has no staff yet; nobody needs to sign in.
bad-setting = There is no setting "{ $key }". There are: { $list }.
bad-setting-value = { $key } is { $allowed }, not "{ $text }".
allowed-number = a whole number from { $least } to { $most }
allowed-flag = on or off
allowed-word = one of { $list }
allowed-text = a text of at most { $most } characters
allowed-rates = dates with per cents, like 2024-01-01=6; 2027-01-01=7.5
bad-rate = "{ $part }" is no VAT rate from a date on, like 2024-01-01=6 or 2027-01-01=7.5: { $why }.
rate-no-equals = there is no = between date and rate
rate-no-date = "{ $date }" is not a date of the form YYYY-MM-DD
rate-range = a rate is 0 to 100 per cent with up to 3 decimals
rate-twice = the date is there twice
rate-too-many = there are more than { $most }
bad-action = There is no action "{ $action }" in the trail. There are: { $list }.
bad-is-database = { $path } is the database itself. Name another file.
bad-no-database-there = { $path } is not a Keyrack database. To put { $from } in its place, run `keyrackctl restore --force`, which keeps what is there.
bad-other-hotel = { $from } is a backup of { $theirs }, and { $path } is the file of { $ours }. Choose a backup of { $ours }. To put the other hotel in its place all the same, run `keyrackctl restore --force`.
bad-other-file = { $from } holds { $theirs } too, and is no copy of { $path }: the two have no history in common. Choose a backup that was made of this file. To put the other in its place all the same, run `keyrackctl restore --force`.
bad-unwritable = { $path } cannot be written: { $why }.
bad-there-already = { $path } is there already. Name another file{ $face ->
    [window] .
   *[line] , or have it replaced: --force.
}
bad-export-there = { $path } is there already. Name another file, or { $face ->
    [window] tick "Replace a file that is there".
   *[line] have it replaced: --force.
}
bad-no-pdf = { $path } is there already and is no PDF. Choose another name.
bad-no-folder = There is no folder { $path }.
bad-is-folder = { $path } is a folder.
bad-no-whole-path = { $typed } is no whole path. Say in which folder the file shall be.
bad-paper = The paper cannot be written: { $why }.
bad-no-table = { $path } is no .csv and no .jsonl: the name says how it is written.
bad-column-twice = the column "{ $column }" is there twice.
bad-column-missing = there is no column "{ $column }"; there are { $list }.
bad-time-zone = time_zone "{ $zone }" is no IANA time zone, like "Europe/Lisbon".
bad-currency = currency "{ $currency }" is no ISO 4217 code, like "EUR".
bad-no-room-type = A property has at least one room_type.
bad-type-twice = room_type "{ $type }" is there twice.
bad-type-rooms = room_type { $type }: rooms are 0 to { $most }.
bad-type-overbooking = room_type { $type }: overbooking is -{ $most } to { $most }.
bad-certificate = The certificate cannot be read: { $why }.
bad-token-store = { $variable } is keyring or file.
stopped-export = Stopped. No file was written.
stopped-import = Stopped. Nothing was brought in.
stopped-import-part = Stopped. { $added ->
    [one] 1 booking was brought in and stays
   *[other] { $added } bookings were brought in and stay
}; run it again to go on.
stopped-join = Stopped. Nothing was joined.
stopped-upload = Stopped: the hotel belongs to no centre, as before. The centre has a part of its history; whoever runs it revokes this desk before one joins again.
stopped-verify = Stopped. What was checked so far tells nothing of the whole file.

# What is wrong with a file that is brought in, or with its mapping. A mapping's faults stand behind the name of the file.
row-cells = The row has { $found } cells, the header has { $expected }.
row-encoding = The cell is not in the mapping's encoding.
row-missing = The row has no { $field }.
row-too-long = The cell has more than { $most } characters.
row-no-text = "{ $text }" is not 1 to 64 printable characters.
row-no-number = "{ $text }" is not a number from 0 to { $most }.
row-guests = No booking has that many guests.
row-no-date = "{ $text }" is not a date like { $format }.
row-room-type = "{ $word }" is not among the mapping's room_types.
row-status = "{ $word }" is not among the mapping's statuses.
row-no-guest = The row names no guest.
row-no-amount = "{ $text }" is not an amount with up to { $digits } decimals.
row-history = The arrival { $arrival } lies before the business date { $business }. Past stays are not added here; history = true in the mapping leaves it out.
row-differs = Already there as { $number }, but differs: { $here }.
row-earlier = an earlier row
row-cancelled-here = it is cancelled here
row-not-cancelled-here = it is not cancelled here
row-here = here it is { $rooms } × { $type } from { $arrival } to { $departure }
row-no-stay-here = here it has no stay
row-header-encoding = the header is not in the mapping's encoding.
mapping-too-large = this is too large to be a mapping.
mapping-no-key = columns has no external_number. It is the key: without it the same file would come in twice.
mapping-constant = constants: { $field } is another one in each row.
mapping-both = { $one } and { $other } say the same: give one of them.
mapping-needs = columns has no { $one }, which every row needs.
mapping-needs-either = columns has no { $one } or { $other }, which every row needs.
mapping-first-name = first_name goes with last_name.
mapping-no-column = columns.{ $field } names no column.
mapping-delimiter = delimiter "{ $mark }" is none.
mapping-marks = decimal_mark and thousands_mark are two signs, no digits.
mapping-date-format = date_format "{ $format }" gives no whole date, like "%d.%m.%Y" does.
property-too-large = this is too large to be a property file.
bad-unreadable = { $path } cannot be read: { $why }.
bad-erasure-reason = An erasure needs a reason of at most { $most } characters.
bad-erasure-names = The reason names the guest, and it is kept. Say it without the name, the phone, the e-mail and the booking's number in another system.
bad-picture-nights = A picture has between 1 and { $most } nights.

# Printed papers.
paper-booking-confirmation = Booking confirmation
paper-provisional-booking = Provisional booking
paper-booking-request = Booking request
paper-waiting-list = Waiting list
paper-cancellation = Cancellation
paper-no-show = No-show
paper-registration-card = Registration card
paper-tax-number = Tax number { $number }
paper-vat-rate = VAT { $rate } %
paper-vat = VAT
paper-total = Total { $currency }
paper-net = Net
paper-gross = Gross
paper-amounts = All amounts are in { $currency }.
paper-vat-included = The prices a night include VAT.
paper-vat-added = VAT is added to the prices a night.
paper-guest = Guest
paper-guests = Guests
paper-phone = Phone
paper-e-mail = E-mail
paper-printed-on = Printed on
paper-arrival = Arrival
paper-departure = Departure
paper-your-reference = Your reference
paper-meals = Meals
paper-guarantee = Guarantee
paper-option-until = Option until
paper-stay = Stay
paper-no = No.
paper-room = Room
paper-rooms = Rooms
paper-room-type = Room type
paper-nights = Nights
paper-night = Night
paper-a-night = A night
paper-price-a-night = Price a night
paper-amount = Amount
paper-day-use = day use
paper-name = Name
paper-date-of-birth = Date of birth
paper-nationality = Nationality
paper-street-and-number = Street and number
paper-postcode-and-town = Postcode and town
paper-country = Country
paper-identity-document-number = Identity document, number
paper-vehicle = Vehicle
paper-accompanying-guests = Accompanying guests
paper-date-of-birth-nationality-document = Date of birth, nationality, document
paper-date = Date
paper-signature-of-the-guest = Signature of the guest
paper-arrivals = Arrivals
paper-arrivals-on = Arrivals on { $date }
paper-departures = Departures
paper-in-house = In house
paper-availability = Availability
paper-emergency-pack = Emergency pack
paper-as-of = As of { $at }
paper-rooms-left = Rooms left
paper-house = House
paper-holds = Holds
paper-number = Number
paper-for = For
paper-hold-run = { $rooms } { $type } { $from } to { $to }
paper-audit-pack = Audit pack
paper-audit-pack-of-the-business-date = Audit pack of the business date
paper-occupancy = Occupancy
paper-rooms-sold = Rooms sold
paper-net-revenue = Net revenue
paper-average-net-rate = Average net rate
paper-type = Type
paper-out-of-order = out of order
paper-out-of-service = out of service
paper-sold = Sold
paper-unsold = Unsold
paper-revenue-of-the-night = Revenue of the night
paper-without-price = Rooms in house without a price, which are not in these amounts: { $rooms }.
paper-no-shows = No-shows
paper-cancellations = Cancellations
paper-status = Status
paper-none = None.
paper-outages = Outages
paper-kind = Kind
paper-from = From
paper-back-on = Back on
paper-reason = Reason
paper-open-groups = Open groups
paper-cut-off = Cut-off
paper-room-nights = Room nights
paper-picked-up = Picked up
paper-kept-back = Kept back
paper-group-elastic = elastic
paper-group-non_elastic = non-elastic
paper-group-committed = committed
paper-group-tentative = tentative
paper-adults = { $count ->
    [one] 1 adult
   *[other] { $count } adults
}
paper-children = { $count ->
    [one] 1 child
   *[other] { $count } children
}
