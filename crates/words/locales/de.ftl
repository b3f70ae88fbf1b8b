# Was Keyrack sagt, auf Deutsch. Die Nachrichten und ihre Angaben sind die der englischen Datei.

the-house = Das Haus
house = ganzes Haus
nights-span = { $from } bis { $last }
rooms = { $count ->
    [one] 1 Zimmer
   *[other] { $count } Zimmer
}
nothing = nichts
none = keine
list-end = { $rest } oder { $last }
and-more = { $list } und mehr

# Refusals: why something was not done.
refused-no-availability = { $pool } { $available ->
    [0] hat am { $night } nichts mehr zu verkaufen.
   *[other] hat am { $night } nur noch { $available } von { $required } Zimmern zu verkaufen.
}{ $alternatives ->
    [0] {""}
   *[other] {" "}Es gibt Alternativen.
}
refused-allotment-exhausted = { $total ->
    [0] Die Gruppe { $id } hat am { $night } keine Zimmer der Art { $type }. Eine Nacht ihres Gastes lässt sich in diese Art umlegen; das nimmt ein Zimmer des Hauses.
   *[other] Die Gruppe { $id } hat am { $night } { $total } der Art { $type }, davon { $picked } abgerufen: { $required } weitere sind nicht mehr da. Eine Buchung ohne die Gruppe nimmt ein Zimmer des Hauses; die Leitung kann der Gruppe mehr geben.
}
refused-allotment-below-picked-up = Die Gruppe { $id } hat am { $night } { $picked } der Art { $type } abgerufen: weniger kann sie nicht haben. Geben Sie zuerst die überzähligen zurück, oder stornieren Sie sie.
refused-unknown-allotment = Es gibt kein Kontingent „{ $id }“.
refused-undecided = Bevor der { $date } abgeschlossen werden kann, ist noch zu entscheiden ({ $count }): { $list }.
refused-too-early = Der { $date } hat noch nicht begonnen: nach der Uhr des Hotels ist { $local }. Früher endet der Tag nur, wenn jemand mit der Berechtigung „Betrieb“ einen Grund angibt: { $face ->
    [window] unter „Grund, vor der Zeit abzuschließen“.
   *[line] --override GRUND.
}
refused-too-early-again = Der { $date } ist nach der Uhr des Hotels heute, und der Tag davor endete vor weniger als zwölf Stunden. Auch er endet nur, wenn jemand mit der Berechtigung „Betrieb“ einen Grund angibt: { $face ->
    [window] unter „Grund, vor der Zeit abzuschließen“.
   *[line] --override GRUND.
}
refused-wrong-business-date = Der Buchungstag ist der { $business }, nicht der { $date }.
refused-unknown-room-type = Es gibt keine Zimmerart „{ $id }“.
refused-unknown-reservation = Es gibt keine Reservierung „{ $id }“.
refused-unknown-stay = Es gibt keinen Aufenthalt „{ $id }“.
refused-unknown-hold = Es gibt keine Vormerkung „{ $id }“.
refused-unknown-outage = Es gibt keine Sperrung „{ $id }“.
refused-unknown-command = Es gibt keinen Befehl „{ $id }“.
refused-illegal-transition = { $id } ist { $from }. Nicht möglich: { $to }. { $count ->
    [0] Damit geht nichts mehr.
   *[other] Möglich: { $allowed }.
}
refused-desks-missing = { $count ->
    [one] Platz { $desks } hat nicht gemeldet, dass alles vom { $date } gesendet ist. Warten Sie darauf, oder die Leitung schließt den Tag ohne ihn ab.
   *[other] Die Plätze { $desks } haben nicht gemeldet, dass alles vom { $date } gesendet ist. Warten Sie darauf, oder die Leitung schließt den Tag ohne sie ab.
}
refused-split-alone = { $id } ist der einzige Aufenthalt seiner Buchung: es gibt nichts, wovon er abzutrennen wäre.
refused-not-arrived = { $id } reist am { $arrival } an und wird vorher nicht eingecheckt. Ist der Gast schon heute da, am { $business }? Dann ändern Sie die Anreise auf den { $business }, oder buchen Sie ihn ohne Anmeldung.
refused-hold-of-another-desk = Die Vormerkung { $id } ist vom Platz { $desk }: nur dort kann sie verlängert, freigegeben oder gebucht werden.
refused-hold-expired = Die Zeit der Vormerkung { $id } ist um.
refused-already-released = { $id } ist schon beendet: { $status }.
refused-stale = Jemand hat dies geändert, seit Sie es gesehen haben. Sehen Sie noch einmal nach und wiederholen Sie es.
refused-idempotency-conflict = Der Befehl { $id } wurde schon für etwas anderes verwendet.
refused-room-occupied = Zimmer { $room } ist von { $id } belegt.
refused-outage-exceeds-physical = Am { $night } { $count ->
    [one] wäre 1 Zimmer
   *[other] wären { $count } Zimmer
} außer Betrieb, und { $physical ->
    [0] es gibt keines
   *[other] es gibt nur { $physical }
}.
refused-service-exceeds-physical = Am { $night } { $count ->
    [one] wäre 1 Zimmer
   *[other] wären { $count } Zimmer
} nicht im Service, und { $physical ->
    [0] es gibt keines
   *[other] es gibt nur { $physical }
}.
refused-room-type-in-use = { $type } lässt sich nicht ab dieser Nacht aus dem Verkauf nehmen: dahinter { $count ->
    [one] liegt noch etwas
   *[other] liegen noch { $count }
} ({ $list }). Das zuerst verlegen, stornieren oder beenden.
uses-bookings = Buchungen { $list }
uses-holds = Vormerkungen { $list }
uses-outages = Sperrungen { $list }
uses-groups = Gruppen { $list }
refused-duplicate-room-type = Es gibt schon eine Zimmerart „{ $type }“.
refused-already-initialised = Diese Datei enthält schon das Haus { $property }.

# Conditions under which a type is not sold.
restricted-draft = { $pool } ist ein Entwurf und wird noch nicht verkauft. Geben Sie die Zimmerart zuerst zum Verkauf frei.
restricted-stopped = { $pool } ist angehalten und wird nicht verkauft.
restricted-retired = { $pool } ist aufgegeben und wird am { $night } nicht verkauft.
restricted-stop-sell = { $pool } wird am { $night } nicht verkauft: Verkaufsstopp.
restricted-closed-to-arrival = { $pool } ist am { $night } für Anreisen geschlossen.
restricted-closed-to-departure = { $pool } ist am { $night } für Abreisen geschlossen.
restricted-min-stay = Wer am { $night } anreist, bleibt mindestens { $nights ->
    [one] 1 Nacht
   *[other] { $nights } Nächte
} ({ $pool }).
restricted-max-stay = Wer am { $night } anreist, bleibt höchstens { $nights ->
    [one] 1 Nacht
   *[other] { $nights } Nächte
} ({ $pool }).

# What is wrong with a stay.
stay-no-stay = Es wurde kein Aufenthalt angegeben.
stay-rooms = Ein Aufenthalt hat 1 bis 500 Zimmer.
stay-departure-before-arrival = Das zweite Datum liegt vor dem ersten: Es endet, bevor es beginnt.
stay-no-night = In der Spanne liegt keine Nacht.
stay-before-business-date = Das liegt vor dem Buchungstag, dem { $business }.
stay-too-long = Ein Aufenthalt hat höchstens 366 Nächte.
stay-not-open = Die Nacht vom { $night } ist nicht geöffnet.
stay-not-open-somewhere = Eine Nacht ist nicht geöffnet.
stay-already-arrived = Der Gast ist angereist: die Anreise bleibt, wie sie war.
stay-already-slept = Der Gast hat bis zum { $business } hier geschlafen: eine frühere Abreise ist nicht möglich.
stay-already-slept-on = Die Nacht vom { $night } ist vorbei: der Gast hat geschlafen, wo er war.
stay-limit-out-of-range = Zimmer gibt es 0 bis 1.000.000, eine Überbuchungsgrenze von -1.000.000 bis 1.000.000.
stay-hold-minutes = Eine Vormerkung dauert 1 bis 60 Minuten.
stay-walk-in-arrives-today = Wer ohne Anmeldung kommt, reist heute an.
stay-too-far = Nächte lassen sich bis zehn Jahre nach dem Buchungstag öffnen.
stay-house-has-no-rooms = Das Haus hat keine eigenen Zimmer; sie werden je Art gesetzt.
stay-not-a-night-of-the-stay = Diese Nacht gehört nicht zum Aufenthalt.
stay-length-out-of-range = Ein Mindest- oder Höchstaufenthalt hat 1 bis 366 Nächte, und der Mindestaufenthalt ist nicht länger als der höchste.
stay-outside-allotment = Die Gruppe hat um den { $night } keine solchen Zimmer. Eine Nacht ihres Gastes lässt sich in eine andere Art umlegen; das nimmt ein Zimmer des Hauses.
stay-outside-allotment-type = Die Gruppe hat keine Zimmer dieser Art. Eine Nacht ihres Gastes lässt sich in eine andere Art umlegen; das nimmt ein Zimmer des Hauses.
stay-cut-off-too-late = Der Verfallstag liegt nach der letzten Nacht der Gruppe.
stay-option-out-of-range = Eine Option endet heute oder später.
stay-waits-for-nothing = Wer wartet, nimmt keine Vormerkung und kein Kontingent und kommt nicht ohne Anmeldung.
stay-picked-up-or-else = Zimmer eines Kontingents werden ohne Vormerkung abgerufen.
stay-not-due-yet = Der Gast wird noch nicht erwartet.
stay-not-due-yet-on = Der Gast wird am { $night } erwartet, nicht früher.
stay-outage-rooms = Eine Sperrung hat 1 bis 500 Zimmer.
stay-allotment-rooms = Eine Gruppe hält 1 bis 500 Zimmer einer Art je Nacht zurück.
stay-hold-of-other-rooms = Die Vormerkung hält andere Zimmer, als diese Aufenthalte brauchen; ein Teil davon ginge verloren. Buchen Sie, was sie hält, oder geben Sie sie frei und buchen Sie neu.
stay-cut-off-past = Der Verfallstag liegt vor dem Buchungstag, dem { $business }.
stay-outage-longer = Die Zimmer sind schon am { $night } zurück. Sollen sie länger fehlen, legen Sie ab dieser Nacht eine weitere Sperrung an.
stay-shoulder-too-long = Vor und nach einer Gruppe sind es 0 bis 366 Nächte.
stay-night-is-over = Die Nacht vom { $night } ist vorbei und bleibt, wie sie war.
stay-sold-until-then = Die Zimmerart ist angehalten und würde bis zum { $night } wieder verkauft. Geben Sie sie ab dem { $business } auf, oder nehmen Sie den Verkauf zuerst wieder auf.
stay-one-room = Das ist ein Zimmer einer Buchung: geben Sie einen Aufenthalt in einem Zimmer an, oder ändern Sie die ganze Buchung.
stay-room-of-one = Eine Zimmernummer gilt für einen Aufenthalt, und diese Buchung hat mehrere: nennen Sie den Aufenthalt, etwa A1/1.

# Why something cannot be undone.
undo-nothing-to-undo = Von Ihnen gibt es nichts rückgängig zu machen.
undo-no-inverse = Das lässt sich nicht rückgängig machen.
undo-was-refused = Es wurde abgelehnt; es gibt nichts rückgängig zu machen.
undo-already-undone = Es wurde schon rückgängig gemacht.
undo-changed-since = Es lässt sich nicht rückgängig machen: es wurde seither geändert.
undo-date-moved-on = Es lässt sich nicht rückgängig machen: der Buchungstag ist seither weitergegangen.
by-hand-undo = Was rückgängig gemacht wurde, noch einmal tun.
by-hand-imported = Um das Einlesen zurückzunehmen, die eingelesenen Buchungen stornieren.
by-hand-open_nights = Nächte bleiben geöffnet; ein Verkaufsstopp hält sie aus dem Verkauf.
by-hand-split = Zum Zusammenlegen den Teil stornieren und seinen Aufenthalt mit einer Änderung zur ersten Buchung legen.
by-hand-add_room_type = Die Zimmerart stattdessen aus dem Verkauf nehmen.
by-hand-sell_room_type = Die Zimmerart stattdessen anhalten.
by-hand-close_day = Ein Tag, der zu Ende ist, bleibt es; seine Buchungen einzeln richtigstellen.
by-hand-setting_set = Den früheren Wert wieder setzen: er steht im Protokoll.
by-hand-role_set = Der Rolle die Berechtigungen von vorher geben.
by-hand-staff_added = Dieses Mitglied des Personals sperren.
by-hand-staff_disabled = Dieses Mitglied des Personals wieder zulassen.
by-hand-staff_enabled = Dieses Mitglied des Personals wieder sperren.
by-hand-staff_role_set = Die frühere Rolle wieder geben.
by-hand-restore = Das Ersetzte liegt neben der Datei: diese Kopie wieder einspielen.

# States and steps, within a sentence.
word-waitlisted = auf der Warteliste
word-tentative = unter Option
word-needs_confirmation = zu bestätigen
word-confirmed = bestätigt
word-checked_in = eingecheckt
word-checked_out = ausgecheckt
word-cancelled = storniert
word-no_show = nicht erschienen
word-offer = anbieten
word-confirm = bestätigen
word-check_in = einchecken
word-check_out = auschecken
word-reverse_check_in = Einchecken zurücknehmen
word-reverse_check_out = Auschecken zurücknehmen
word-cancel = stornieren
word-reinstate = wieder aufnehmen
word-amend = ändern
word-released = freigegeben
word-converted = gebucht
word-expired = abgelaufen
word-active = aktiv
word-open = offen
word-ended = beendet
word-draft = Entwurf
word-on_sale = im Verkauf
word-stopped = angehalten
word-retired = aufgegeben
word-sell = verkaufen
word-stop = anhalten
word-retire = aufgeben
word-reactivate = wieder verkaufen
word-split = abtrennen
word-move = verlegen
word-give_room = anderes Zimmer
word-set_details = Angaben ändern
word-cut_off = verfallen lassen
word-release = freigeben
word-resize = Größe ändern
word-extend = verlängern
word-back_in_order = zurück im Verkauf
word-keep = behalten
word-leave_waitlist = Warteliste verlassen
word-return_pick_up = an die Gruppe zurückgeben
word-convert = buchen
word-waiting = wartend
word-running = in Arbeit
word-done = erledigt
word-parked = zurückgestellt

# The door.
door-sign-in = Melden Sie sich zuerst an.
door-ended = Diese Anmeldung ist beendet. Melden Sie sich wieder an.
door-locked = Der Platz ist gesperrt. Melden Sie sich wieder an.
door-fresh = Dafür muss die Anmeldung jünger als fünf Minuten sein. Melden Sie sich wieder an.
door-behalf = Nur das Skript eines Verwalters handelt im Namen anderer.
door-unknown-actor = Hier arbeitet niemand mit dem Namen in --actor.
door-permission-nobody = Dafür braucht es die Berechtigung „{ $permission }“, und niemand hat sie.
door-permission = Dafür braucht es die Berechtigung „{ $permission }“. Fragen Sie { $staff }.
door-sign-in-failed = Name und Passwort passen nicht zusammen. Noch einmal in { $seconds } s.
door-sign-in-delayed = Zu viele Anmeldungen unter diesem Namen sind misslungen. Noch einmal in { $seconds } s.
door-last-admin = { $name } ist der Letzte, der verwalten kann. Machen Sie zuerst jemand anderen zum Verwalter.
door-first-is-admin = Das erste Mitglied des Personals ist ein Verwalter.
door-admin-administers = Ein Verwalter kann immer verwalten.
door-unknown-staff = Hier arbeitet niemand namens „{ $id }“.
door-duplicate-staff = Hier arbeitet schon jemand namens „{ $id }“.
door-unknown-guest = Es gibt keinen Gast „{ $id }“.
permission-look = ansehen
permission-sell = verkaufen
permission-operate = Betrieb
permission-configure = einrichten
permission-administer = verwalten

# What was done, for a message that passes.
done-batch = { $done } von { $all } erledigt: { $what }
done-asked = Bei der Zentrale angefragt: { $what }
done-waits = { $what } wartet auf die Zentrale: Es ist eine Anfrage, noch ist kein Zimmer zugesagt
done-declined = { $what } ist von der Zentrale abgelehnt: { $why } Es bleibt eine Anfrage
done-undone = Rückgängig: { $what }
done-undone-hold = { $what }. Neu vorgemerkt als { $hold }
done-day = Buchungstag { $date }
done-nights = { $count ->
    [one] 1 Zelle
   *[other] { $count } Zellen
} geöffnet
done-before = { $what } (bereits erledigt)
done-unchanged = Nichts zu ändern: { $what }
done-nobody-fits = Für niemanden auf der Warteliste ist Platz
done-outage-hits = { $what }. Um { $rooms } überbucht am { $night }: betroffen { $count ->
    [one] ist 1 Buchung
   *[other] sind { $count } Buchungen
}
done-let-go = { $what }. Von Vormerkung { $hold } { $nights ->
    [one] wurde 1 Zimmernacht
   *[other] wurden { $nights } Zimmernächte
} freigegeben
done-option = { $what } (Option bis { $date })
done-swept = { $count ->
    [one] 1 Vormerkung
   *[other] { $count } Vormerkungen
} abgelaufen
did-reserve = Buchung { $object }
did-walk_in = Ohne Anmeldung { $object }
did-confirm = Bestätigt { $object }
did-check_in = Eingecheckt { $object }
did-check_out = Ausgecheckt { $object }
did-reverse_check_in = Einchecken zurückgenommen { $object }
did-reverse_check_out = Auschecken zurückgenommen { $object }
did-cancel = Storniert { $object }
did-no_show = Nicht erschienen { $object }
did-reinstate = Wieder aufgenommen { $object }
did-amend = Geändert { $object }
did-split = Abgetrennt { $object }
did-move_night = Nacht verlegt { $object }
did-give_room = Zimmer gegeben { $object }
did-set_details = Angaben geändert { $object }
did-place_hold = Vormerkung { $object }
did-extend_hold = Vormerkung verlängert { $object }
did-release_hold = Vormerkung freigegeben { $object }
did-add_outage = Außer Betrieb { $object }
did-end_outage = Wieder in Betrieb { $object }
did-set_limits = Grenzen { $object }
did-open_nights = Nächte geöffnet { $object }
did-open_allotment = Gruppe { $object }
did-change_allotment = Gruppe geändert { $object }
did-pick_up = Abgerufen { $object }
did-return_pick_up = An die Gruppe zurück { $object }
did-release_allotment = Gruppe freigegeben { $object }
did-cut_off_allotment = Gruppe verfallen { $object }
did-cancel_allotment = Gruppe storniert { $object }
did-join_waitlist = Wartet { $object }
did-offer_waitlist = Von der Warteliste angeboten { $object }
did-leave_waitlist = Von der Warteliste { $object }
did-keep_arrivals = Weiter erwartet { $object }
did-close_day = Tagesabschluss { $object }
did-undo = Rückgängig gemacht { $object }
did-setting_set = Einstellung geändert { $object }
did-guest_erased = Gast gelöscht { $object }
did-erasures_done = Gelöscht wie anderswo gemeldet: { $object }
did-rebuild = Zahlen und Suchindex der Gäste neu geschrieben { $object }
did-rejoined = Weiter in einer neuen Epoche
did-role_set = Rolle geändert { $object }
did-staff_added = Mitglied des Personals angelegt { $object }
did-staff_disabled = Mitglied des Personals gesperrt { $object }
did-staff_enabled = Mitglied des Personals freigegeben { $object }
did-staff_password_reset = Passwort neu gesetzt { $object }
did-staff_role_set = Rolle vergeben { $object }
did-restore = Sicherung zurückgespielt { $object }
did-imported = Eingelesen { $object }
did-enrolled = Der Zentrale beigetreten { $object }
did-enrolment_given_up = Beitritt zur Zentrale { $object } aufgegeben
did-token_moved = Zugangsschlüssel dieses Platzes verlegt { $object }
did-walk_asked = Um Ausquartierung gebeten { $object }
did-walk_told = Über die Ausquartierung unterrichtet { $object }
did-parked_discarded = Zurückgestellter Befehl aufgegeben { $object }
did-parked_retried = Zurückgestellter Befehl wiederholt { $object }
did-add_service = Nicht im Service { $object }
did-end_service = Wieder im Service { $object }
did-offer = Angeboten { $object }
did-add_room_type = Zimmerart angelegt { $object }
did-rename_room_type = Zimmerart umbenannt { $object }
did-rank_room_type = Zimmerart eingestuft { $object }
did-sell_room_type = Zimmerart im Verkauf { $object }
did-stop_room_type = Zimmerart angehalten { $object }
did-retire_room_type = Zimmerart aus dem Verkauf genommen { $object }
did-reactivate_room_type = Zimmerart wieder im Verkauf { $object }
did-open_property = Haus eingerichtet { $object }
did-set_business_date = Buchungstag gesetzt { $object }
did-sweep_holds = Vormerkungen losgelassen { $object }
did-backup = Sicherung { $object }
did-exported = Ausgegeben { $object }
did-guest_exported = Gast ausgegeben { $object }
did-job_retried = Aufgabe erneut versucht { $object }
did-alert_acknowledged = Warnung gesehen { $object }
did-support_bundle = Paket für die Hilfe { $object }
did-inbox_answered = Beantwortet { $object }
did-convert_hold = Vormerkung gebucht { $object }
did-sign_in = Anmeldung { $object }
did-sign_in_failed = Anmeldung gescheitert { $object }
did-sign_out = Abmeldung { $object }
did-not_allowed = Nicht erlaubt { $object }
did-acted_for = Gehandelt für { $object }

# What happened, in a history.
event-property-opened = Haus eröffnet
event-business-date = Buchungstag { $before } › { $after }
event-room-type-added = Zimmerart { $code } hinzugefügt
event-room-type-changed = Zimmerart { $code } geändert
event-night-opened = Nacht geöffnet
event-rooms = Zimmer { $run }
event-overbooking = Überbuchungsgrenze { $run }
event-house-limit = Grenze des Hauses { $run }
event-restrictions = Bedingungen { $run }
event-booking = Buchung { $number }, { $rooms }
event-split-off-from = Abgetrennt von { $number }
event-room-given = { $number }: Zimmer { $after }{ $before ->
    [none] {""}
   *[other] {" "}statt { $before }
}
event-details = Angaben zu { $number } geändert: { $what }
detail-guest = Gast
detail-phone = Telefon
detail-email = E-Mail
detail-was = { $what } (vorher: { $before })
detail-people = Personen
detail-meal = Verpflegung
detail-guarantee = Garantie
detail-notes = Notizen
event-undone-on = Rückgängig bei { $number }
event-hold = Vormerkung { $number }, { $rooms }
event-hold-converted = Vormerkung wurde Buchung { $number }
event-hold-expired = Vormerkung abgelaufen { $number }
event-out-of-order = Außer Betrieb { $number }, { $rooms }
event-out-of-service = Nicht im Service { $number }, { $rooms }
event-outage-end = Sperrung { $number } bis { $before } › { $after }
event-group = Gruppe { $number }, { $rooms }
event-group-reopened = Gruppe wieder geöffnet { $number }
line-physical = Vorhandene Zimmer
line-overbooking = Überbuchungsgrenze
line-house-limit = Die eigene Grenze des Hauses
event-corrected = nach der Entscheidung der Zentrale berichtigt
event-batch = { $done } erledigt, { $failed } abgelehnt
event-with-rooms = { $what }, { $sign }{ $rooms }
condition-stop-sell = Verkaufsstopp
condition-closed-to-arrival = geschlossen für Anreisen
condition-closed-to-departure = geschlossen für Abreisen
condition-min-stay = mindestens { $nights ->
    [one] 1 Nacht
   *[other] { $nights } Nächte
}
condition-max-stay = höchstens { $nights ->
    [one] 1 Nacht
   *[other] { $nights } Nächte
}

# Alerts.
alert-on-night = am { $from }
alert-on-nights = in den { $count } Nächten ab { $from }
alert-low = { $subject }: wenige Zimmer sind { $nights } frei, am wenigsten am { $night }: { $rooms }.
alert-sold-out = { $subject }: { $nights } ist kein Zimmer frei.
alert-below-zero = { $subject }: { $nights } sind mehr Zimmer versprochen, als es gibt, am meisten am { $night }: { $rooms } zu viel.
alert-low-night = { $subject }: { $nights } { $rooms ->
    [one] ist nur noch 1 Zimmer
   *[other] sind nur noch { $rooms } Zimmer
} frei.
alert-below-zero-night = { $subject }: { $nights } { $rooms ->
    [one] ist 1 Zimmer
   *[other] sind { $rooms } Zimmer
} mehr versprochen, als es gibt.
alert-cause = Von { $rooms ->
    [one] 1 Zimmer
   *[other] { $rooms } Zimmern
}: { $counts }.
alert-cause-none = Dafür ist kein Zimmer angelegt.
alert-count-out-of-order = { $rooms } außer Betrieb
alert-count-sold = { $rooms } verkauft
alert-count-held = { $rooms } vorgemerkt
alert-count-blocked = { $rooms } für Gruppen gehalten
alert-walk-risk = Wenn alle kommen, { $rooms ->
    [one] fehlt im Haus { $nights } 1 Zimmer
   *[other] fehlen im Haus { $nights } { $rooms } Zimmer
}, Upgrades eingerechnet.
alert-failed-sales = { $failed ->
    [one] 1 Verkauf ist
   *[other] { $failed } Verkäufe sind
} in der letzten Stunde misslungen.
alert-refusals = { $refused } von { $attempts } Befehlen { $refused ->
    [one] wurde
   *[other] wurden
} in der letzten Stunde abgelehnt.
alert-backup-old = Die letzte gute Sicherung ist zu alt: seit { $since } ist nichts gesichert.
alert-backup-failed = Die letzte Sicherung ist misslungen: { $about }.
alert-verify-failed = Die Datei hält der Prüfung nicht stand: { $check }.
alert-job-parked = Die Aufgabe { $kind } ist zu oft misslungen: { $error }
job-sweep = Vormerkungen loslassen
job-health = Zustand prüfen
job-backup = Sicherung
job-verify = Datei prüfen
job-checkpoint = Protokoll zurückschreiben
check-sqlite = die Datenbank selbst
check-schema = ihre Tabellen
check-audit_chain = das Prüfprotokoll
check-counts = die Zahlen der Nächte
check-objects = Buchungen, Vormerkungen, Sperrungen und Gruppen
check-property = das Haus und seine Zimmerarten
check-history = die Verläufe
check-undone = was rückgängig gemacht wurde
check-sums = die Summen
check-backups = was die letzte Sicherung sah
check-centre = was die Zentrale hat
check-settings_and_staff = Einstellungen, Rollen und Personal
check-guests_and_texts = Gäste, Texte und Passwörter
check-guest_index = der Suchindex der Gäste
check-acts = was unter welcher Kennung getan wurde
check-day_ends = beendete Buchungstage
alert-other = { $kind }: { $subject } { $nights }

# The inbox: what the centre answered.
inbox-nameless = Einer Ihrer Vorgänge
inbox-confirmed = { $object }: von der Zentrale bestätigt.
inbox-declined = { $object }: Die Zentrale hat kein Zimmer dafür. Es bleibt eine Anfrage.
inbox-refused = { $object }: Die Zentrale hat es abgelehnt; es wurde hier zurückgenommen.
inbox-conflict = { $object }: Ein anderer Platz hat das inzwischen geändert.
inbox-parked = { $object }: Die Zentrale kann diesen Befehl nicht lesen. Er wartet auf Sie.
inbox-nothing-to-take = Eintrag { $id } ist keine Anfrage ohne Zimmer, also gibt es keinen Ersatz zu nehmen.

# What failed: the file, the machine, the program.
failed-unexpected = Das Programm stieß auf etwas, womit es nicht gerechnet hat. Sehen Sie nach, ob Ihre Änderung da ist, bevor Sie sie wiederholen.
failed-machine = Der Rechner hat versagt: { $why }.
failed-cancelled = Angehalten. Was bis jetzt getan ist, bleibt; nächstes Mal geht es dort weiter.
failed-not-open = Es ist noch kein Hotel geöffnet.
loading-sample = Das Beispielhotel wird geladen
loading-sample-date = Das Beispielhotel wird geladen: { $date }
failed-busy = Die Datenbank blieb { $waited } ms lang gesperrt. Nichts wurde getan; versuchen Sie es noch einmal.
failed-missing = Unter { $path } gibt es keine Datenbank.
failed-not-a-database = { $path } ist keine Datenbank von Keyrack.
failed-too-new = { $path } stammt von einem neueren Keyrack (Schema { $found }; dieses kennt { $known }). Bringen Sie dieses Programm auf den neuen Stand.
failed-unknown-event = { $path } stammt von einem neueren Keyrack (das Ereignis { $name }, Version { $version }, ist hier nicht bekannt). Bringen Sie dieses Programm auf den neuen Stand.
failed-joining = Die Vorgeschichte dieser Datei ist auf dem Weg zu einer Zentrale. Bis sie dort ist, wird nichts geschrieben: treten Sie noch einmal bei, dann geht es weiter.
failed-out-of-step = Was die Zentrale schickte, schließt nicht an das an, was hier ist: { $why }.
failed-not-initialised = { $path } hat noch kein Hotel. Starten Sie Keyrack mit einer Datei, die es noch nicht gibt, und wählen Sie „Eigenes Hotel anlegen“, oder: `keyrackctl init`.
failed-not-writable = { $path } lässt sich nicht schreiben: { $why }. Prüfen Sie die Rechte der Datei und ihres Ordners, und den freien Platz.
failed-disk = { $path } hat versagt: { $why }. Prüfen Sie den Datenträger und seinen freien Platz, und fragen Sie dann mit derselben Befehlskennung noch einmal.
failed-damaged = Eine Zeile von { $table } ist beschädigt: { $why }. Lassen Sie `keyrackctl verify` laufen.
failed-bad-backup = { $path } besteht die Prüfung nicht: { $why }. Nichts wurde wiederhergestellt.
failed-event = Das Ereignis { $seq } lässt sich nicht lesen. { $why }.
refused-unknown-job = Es gibt keine Aufgabe { $id }.
refused-unknown-alert = Keine Warnung { $id } ist offen.
refused-job-state = Die Aufgabe { $id } ist { $from }; das geht mit einer, die { $allowed } ist.

# The centre, or the way to it, said no.
centre-not-enrolled = Diese Datei gehört zu keiner Zentrale. Treten Sie einer unter Orte, Zentrale bei, oder: `keyrackctl enrol URL CODE`.
centre-enrolled = Diese Datei gehört schon zur Zentrale unter { $url }.
centre-no-token = Womit sich dieser Platz bei der Zentrale ausweist, ist nicht unter { $path }. Ist dies eine Kopie der Datei, kopieren Sie auch diese daneben; sonst lassen Sie den Platz wieder ein: `keyrack-central desk code HAUS --desk BUCHSTABEN` gibt einen Code, und `keyrackctl enrol URL CODE` damit behält alles, was hier ist.
centre-keyring = Womit sich dieser Platz bei der Zentrale ausweist, liegt im Schlüsselbund des Systems{ $lack ->
    [absent] , und hier antwortet keiner
    [locked] , und der ist gesperrt
    [silent] , und der antwortet nicht
    [empty] , und der hat keinen Eintrag dieses Platzes mehr
   *[failed] , und der versagt
}. { $lack ->
    [locked] Entsperren Sie ihn und versuchen Sie es noch einmal; was wartet, geht dann von selbst, und was im Anteil dieses Platzes ist, wird so lange verkauft.
    [empty] Lassen Sie diesen Platz wieder ein: `keyrack-central desk code HAUS --desk BUCHSTABEN` gibt einen Code, und `keyrackctl enrol URL CODE` damit behält alles, was hier ist. Was im Anteil ist, wird so lange verkauft.
   *[other] Versuchen Sie es noch einmal, wenn er antwortet; was wartet, geht dann von selbst, und was im Anteil dieses Platzes ist, wird so lange verkauft.
}
token-in-keyring = Womit sich dieser Platz bei der Zentrale ausweist, liegt im Schlüsselbund des Systems.
token-in-file = { $lack ->
    [absent] Hier antwortet kein Schlüsselbund: Womit
    [locked] Der Schlüsselbund des Systems ist gesperrt: Womit
    [silent] Der Schlüsselbund des Systems antwortet nicht: Womit
    [failed] Der Schlüsselbund des Systems ist gestört: Womit
   *[none] Womit
} sich dieser Platz bei der Zentrale ausweist, liegt in { $path }; nur wem die Datei gehört, kann sie lesen.
walk-walked = { $number } ist an { $to } ausquartiert: dort ist es { $made }.
walk-goes-on = Die Zentrale quartiert { $number } an { $to } aus; das ist noch nicht fertig und geht von selbst weiter.
walk-asked = Die Zentrale hat nicht rechtzeitig gesagt, ob { $number } an { $to } geht. Wenn sie es gehört hat, geht es von selbst weiter; dasselbe noch einmal sagt es.
walk-before = { $number } ist schon ausquartiert und als { $to } gebucht.
walk-refused = { $to } nimmt { $number } nicht. { $why } Es hat sich nichts geändert.
walk-given-back = { $number } wurde hier inzwischen geändert, also wird niemand ausquartiert: Was bei { $to } reserviert war, ist storniert.
walk-left = { $number } wurde hier inzwischen geändert, und was bei { $to } reserviert ist ({ $made }), ließ sich nicht stornieren: Kümmern Sie sich um beide Buchungen.
walk-taken-back = Der Gast von { $number } ist ausquartiert und als { $to } gebucht. Lassen Sie das dort zuerst stornieren{ $face ->
    [window] .
   *[line] ; wer übergehen darf und sagt, warum, stellt es trotzdem wieder her: --override GRUND.
}
walk-not-walkable = { $number } ist { $status }: Nur bestätigte Aufenthalte werden ausquartiert.
walk-nights-over = Die Nächte von { $number } sind bei { $to } vorbei, oder einige seiner Aufenthalte sind es. Quartieren Sie die übrigen einzeln aus.
walk-on-its-way = { $number } ist schon auf dem Weg in ein anderes Haus.
walk-no-sister = Es gibt kein Haus { $to }, an das Gäste von hier ausquartiert werden. Welche es gibt, sagt, wer die Zentrale verwaltet.
centre-unreachable = Die Zentrale ist nicht erreichbar: { $why }. Nichts ist verloren; versuchen Sie es wieder, wenn sie antwortet.
centre-distrusted = Was unter der Adresse der Zentrale antwortet, beweist nicht, dass es die Zentrale ist: { $why ->
    [authority] Eine Zertifizierungsstelle bürgt dafür, die dieser Platz nicht kennt. Hat die Zentrale eine eigene, braucht dieser Platz deren Zertifikat oder einen neuen Code; sonst antwortet dort vielleicht jemand anderes
    [name] Das Zertifikat lautet auf einen anderen Namen. Nehmen Sie die Adresse, die darin steht, oder lassen Sie die Zentrale eines für diese Adresse zeigen
    [expired] Das Zertifikat ist abgelaufen. Lassen Sie es an der Zentrale erneuern, oder stellen Sie die Uhr dieses Rechners richtig
    [not_yet] Das Zertifikat gilt noch nicht. Stellen Sie die Uhr dieses Rechners richtig, oder die der Zentrale
   *[certificate] Dem Zertifikat ist nicht zu glauben. Fragen Sie, wer die Zentrale betreibt
}. Es wurde nichts gesendet, und was wartet, wartet weiter.
centre-fault = Die Zentrale sagt nein: { $fault }.
centre-newer = Die Zentrale ist neuer als dieses Programm (sie spricht Protokoll { $spoken }). Bringen Sie dieses Programm auf den neuen Stand; was wartet, wartet bis dahin.
centre-file = Der Austausch mit der Zentrale scheitert an dieser Datei: { $why } Nichts ist verloren; prüfen Sie die Datei unter Zustand oder mit `keyrackctl verify`.
centre-out-of-step = Die Zentrale hat nicht, was gesendet wurde. Es wurde nichts verbunden; versuchen Sie es mit einem neuen Code.
centre-joining = Die Vorgeschichte dieser Datei ist auf dem Weg zur Zentrale unter { $url }. Treten Sie noch einmal bei, dann geht es weiter.
centre-moving = Die Zentrale war bei jedem Blick schon weiter. Fragen Sie noch einmal, wenn weniger verkauft wird.
centre-day-asked = Das Ende des { $date } ist bei der Zentrale angefragt, die noch nicht geantwortet hat. Es bleibt in der Warteschlange: Sobald die Zentrale davon erfährt, endet das Datum von selbst, oder der Eingang sagt, warum nicht. Dasselbe noch einmal sagt, wie es steht.
centre-rejoin = Diesen Platz gibt es zweimal, oder seine Datei ist eine ältere Kopie: aus seinem Anteil wird nichts verkauft, bis er neu beigetreten ist.
centre-unknown-item = Kein Eintrag { $id } des Eingangs ist offen.
centre-unknown-parked = Kein Befehl { $id } ist zurückgestellt.

# Why the centre says no; it stands within a sentence.
fault-malformed = die Zentrale kann die Nachricht nicht lesen
fault-too-large = die Nachricht ist größer, als die Zentrale liest
fault-unauthorised = die Zentrale lässt diesen Platz nicht mehr ein: Er wurde dort entlassen, oder die Zentrale ist eine Kopie aus der Zeit vor seinem Beitritt. Was hier getan wird, erreicht niemanden; wer die Zentrale betreibt, sagt, wie es weitergeht
fault-code-not-valid = der Code zum Beitreten gilt nicht mehr
fault-gap = als Nächstes wird der Befehl { $number } erwartet
fault-restored = die Zentrale wurde aus einer Kopie wiederhergestellt
fault-fork = unter der Nummer { $number } liegt ein anderer Befehl: diesen Platz gibt es zweimal
fault-epoch-over = dieser Platz fährt in der Epoche { $epoch } fort
fault-exists-twice = diesen Platz gibt es zweimal; ist nur noch eine Kopie da, nehmen Sie sie bei der Zentrale an (keyrack-central desk accept)
fault-cursor-gone = die Folge wird ab der Nummer { $number } aufbewahrt
fault-not-empty = das Hotel hat schon eine Vorgeschichte
fault-busy = die Zentrale ist beschäftigt

# What was given cannot be read or done, and what was stopped on request.
what-reason = Ein Grund
what-guarantee = Eine Garantie
what-notes = Die Bemerkungen
what-group-name = Der Name einer Gruppe
what-hold-reference = Der Vermerk einer Vormerkung
what-guest-name = Der Name eines Gastes
what-email = Eine E-Mail-Adresse
what-phone = Eine Telefonnummer
what-source = Eine Herkunft
what-meal = Eine Verpflegung
what-room = Ein Zimmer
what-type-name = Der Name einer Zimmerart
what-erasure-reason = Der Grund
what-address = Die Anschrift
what-staff-name = Der Name
what-actor = Der Name dessen, der fragt
what-cell = Die Zelle
what-outage = Eine Sperrung
what-overbooking = Die Überbuchungsgrenze
what-physical = Die Zahl der vorhandenen Zimmer
what-rooms = Die Zahl der Zimmer
bad-too-long = { $what } hat höchstens { $most } Zeichen.
bad-card-number = { $what } enthält, was wie eine Kartennummer aussieht (13 bis 19 Ziffern, die ihre Prüfung bestehen). Kartennummern werden hier nicht aufbewahrt; nehmen Sie sie heraus.
bad-card-issued = Die Nummer im anderen System sieht wie eine Kartennummer aus (Beginn, Länge und Prüfziffer sind die einer ausgegebenen Karte). Kartennummern werden hier nicht aufbewahrt; nehmen Sie sie heraus.
bad-needs-reason = { $what } braucht einen Grund.
bad-override-reason = Geben Sie an, warum die Regel übergangen wird.
bad-reversal-reason = Was im Haus getan wurde, wird mit einem Grund zurückgenommen: guest, no_payment, duplicate, overbooked, agent, weather, error oder other.
bad-named = Genannt sind { $named }: höchstens { $most } auf einmal.
bad-rooms-range = { $what }: { $least } bis { $most } Zimmer.
bad-house-limit = Nur die eigene Überbuchungsgrenze des Hauses lässt sich aufheben; setzen und aufheben zugleich geht nicht.
bad-price = Ein Preis oder Aufwand ist 0 bis { $most } kleinste Währungseinheiten je Nacht.
bad-nobody = Es kommt niemand: geben Sie wenigstens einen Erwachsenen oder ein Kind an.
bad-no-details = Sagen Sie, was sich ändern soll: Gast, Personen, Verpflegung, Garantie oder Notizen.
bad-half-party = Geben Sie Erwachsene und Kinder zusammen an.
bad-forgotten = Der Gast von { $number } wurde gelöscht: Die Angaben zur Buchung bleiben, wie sie sind.
bad-two-prices = { $type } hat zwei Preise; geben Sie je Zimmerart nur einen an.
bad-price-alone = { $type } hat einen Preis, und kein Aufenthalt ist von dieser Art.
bad-room-before = Ein Zimmer bekommt, wer im Haus ist: beim Einchecken oder ohne Anmeldung.
bad-guest-name = Der Name eines Gastes hat 1 bis { $most } Zeichen.
bad-contact = Telefon und E-Mail haben höchstens { $most } Zeichen.
bad-group-name = Geben Sie der Gruppe einen Namen.
bad-group-shoulder = Nächte davor und danach gehören zu einem dehnbaren Kontingent: kein anderes wird über seine Nächte hinaus abgerufen.
bad-rooms-differ = Die angefragten Zimmer sind verschieden: ändern Sie sie einzeln, in der Buchung.
bad-not-due = { $id } ist nicht fällig; darüber ist nichts zu entscheiden.
bad-choice = { $id } kann werden: { $choices }.
bad-password-length = Ein Passwort hat { $least } bis { $most } Zeichen.
bad-password-guessed = Dieses Passwort ist zu leicht zu erraten. Nehmen Sie kein gängiges Wort, keine Tastenreihe und nicht den Namen.
bad-no-staff = Die Datei hat noch kein Personal; niemand muss sich anmelden.
bad-setting = Es gibt keine Einstellung „{ $key }“. Es gibt: { $list }.
bad-setting-value = { $key } ist { $allowed }, nicht „{ $text }“.
allowed-number = eine ganze Zahl von { $least } bis { $most }
allowed-flag = on oder off
allowed-word = eines von { $list }
allowed-text = ein Text von höchstens { $most } Zeichen
allowed-rates = Tage mit Prozenten, etwa 2024-01-01=6; 2027-01-01=7.5
bad-rate = „{ $part }“ ist kein Steuersatz ab einem Tag wie 2024-01-01=6 oder 2027-01-01=7.5: { $why }.
rate-no-equals = zwischen Tag und Satz steht kein =
rate-no-date = „{ $date }“ ist kein Tag der Form JJJJ-MM-TT
rate-range = ein Satz ist 0 bis 100 Prozent mit höchstens 3 Nachkommastellen
rate-twice = der Tag steht zweimal da
rate-too-many = es sind mehr als { $most }
bad-action = Im Protokoll gibt es keine Handlung „{ $action }“. Es gibt: { $list }.
bad-is-database = { $path } ist die Datenbank selbst. Nennen Sie eine andere Datei.
bad-no-database-there = { $path } ist keine Datenbank von Keyrack. Soll { $from } an ihre Stelle: `keyrackctl restore --force`; was dort ist, bleibt bewahrt.
bad-other-hotel = { $from } ist eine Sicherung von { $theirs }, und { $path } ist die Datei von { $ours }. Wählen Sie eine Sicherung von { $ours }. Soll dennoch das andere Hotel an ihre Stelle: `keyrackctl restore --force`.
bad-other-file = Auch { $from } enthält { $theirs } und ist keine Kopie von { $path }: die beiden haben keine gemeinsame Vorgeschichte. Wählen Sie eine Sicherung dieser Datei. Soll dennoch die andere an ihre Stelle: `keyrackctl restore --force`.
bad-unwritable = { $path } lässt sich nicht schreiben: { $why }.
bad-there-already = { $path } ist schon da. Nennen Sie eine andere Datei{ $face ->
    [window] .
   *[line] , oder lassen Sie sie ersetzen: --force.
}
bad-export-there = { $path } ist schon da. Nennen Sie eine andere Datei, oder { $face ->
    [window] kreuzen Sie „Eine vorhandene Datei ersetzen“ an.
   *[line] lassen Sie sie ersetzen: --force.
}
bad-no-pdf = { $path } ist schon da und ist keine PDF-Datei. Wählen Sie einen anderen Namen.
bad-no-folder = Es gibt keinen Ordner { $path }.
bad-is-folder = { $path } ist ein Ordner.
bad-no-whole-path = { $typed } ist kein ganzer Pfad. Sagen Sie, in welchem Ordner die Datei liegen soll.
bad-paper = Das Papier lässt sich nicht schreiben: { $why }.
bad-no-table = { $path } ist keine .csv und keine .jsonl: der Name sagt, wie geschrieben wird.
bad-column-twice = die Spalte „{ $column }“ ist zweimal da.
bad-column-missing = es gibt keine Spalte „{ $column }“; es gibt { $list }.
bad-time-zone = Die Zeitzone „{ $zone }“ (time_zone) ist keine der IANA wie „Europe/Lisbon“.
bad-currency = Die Währung „{ $currency }“ (currency) ist kein Kürzel nach ISO 4217 wie „EUR“.
bad-no-room-type = Ein Hotel hat wenigstens eine Zimmerart (room_type).
bad-type-twice = Die Zimmerart „{ $type }“ (room_type) ist zweimal da.
bad-type-rooms = Zimmerart { $type } (room_type): 0 bis { $most } Zimmer (rooms).
bad-type-overbooking = Zimmerart { $type } (room_type): Überbuchung (overbooking) ist -{ $most } bis { $most }.
bad-certificate = Das Zertifikat lässt sich nicht lesen: { $why }.
bad-token-store = { $variable } ist keyring oder file.
stopped-export = Angehalten. Es wurde keine Datei geschrieben.
stopped-import = Angehalten. Es wurde nichts eingelesen.
stopped-import-part = Angehalten. { $added ->
    [one] 1 Buchung wurde eingelesen und bleibt
   *[other] { $added } Buchungen wurden eingelesen und bleiben
}; noch einmal gestartet, geht es weiter.
stopped-join = Angehalten. Das Hotel gehört zu keiner Zentrale.
stopped-upload = Angehalten: das Hotel gehört wie zuvor zu keiner Zentrale. Die Zentrale hat einen Teil seiner Vorgeschichte; wer sie betreibt, entzieht diesem Platz den Zugang, bevor man sich wieder verbindet.
stopped-verify = Angehalten. Was bis dahin geprüft wurde, sagt nichts über die ganze Datei.

# What is wrong with a file that is brought in, or with its mapping. A mapping's faults stand behind the name of the file.
row-cells = Die Zeile hat { $found } Zellen, die Kopfzeile { $expected }.
row-encoding = Die Zelle ist nicht in der Kodierung der Zuordnung (encoding).
row-missing = In der Zeile fehlt { $field }.
row-too-long = Die Zelle hat mehr als { $most } Zeichen.
row-no-text = „{ $text }“ ist kein Text von 1 bis 64 druckbaren Zeichen.
row-no-number = „{ $text }“ ist keine Zahl von 0 bis { $most }.
row-guests = So viele Gäste hat keine Buchung.
row-no-date = „{ $text }“ ist kein Datum der Form { $format }.
row-room-type = „{ $word }“ steht nicht unter den Zimmerarten der Zuordnung (room_types).
row-status = „{ $word }“ steht nicht unter den Zuständen der Zuordnung (statuses).
row-no-guest = Die Zeile nennt keinen Gast.
row-no-amount = „{ $text }“ ist kein Betrag mit höchstens { $digits } Nachkommastellen.
row-history = Die Anreise am { $arrival } liegt vor dem Buchungstag, dem { $business }. Vergangenes wird hier nicht nachgetragen; mit history = true in der Zuordnung bleibt es weg.
row-differs = Schon da als { $number }, aber anders: { $here }.
row-earlier = eine frühere Zeile
row-cancelled-here = hier ist es storniert
row-not-cancelled-here = hier ist es nicht storniert
row-here = hier { $rooms } × { $type } von { $arrival } bis { $departure }
row-no-stay-here = hier hat es keinen Aufenthalt
row-header-encoding = die Kopfzeile ist nicht in der Kodierung der Zuordnung (encoding).
mapping-too-large = das ist zu groß für eine Zuordnung.
mapping-no-key = in columns fehlt external_number. Daran wird eine Buchung erkannt: ohne käme dieselbe Datei zweimal herein.
mapping-constant = constants: { $field } ist in jeder Zeile anders.
mapping-both = { $one } und { $other } sagen dasselbe: geben Sie nur eines an.
mapping-needs = in columns fehlt { $one }; jede Zeile braucht es.
mapping-needs-either = in columns fehlt { $one } oder { $other }; jede Zeile braucht eines davon.
mapping-first-name = first_name geht nur zusammen mit last_name.
mapping-no-column = columns.{ $field } nennt keine Spalte.
mapping-delimiter = „{ $mark }“ kann kein Trennzeichen sein (delimiter).
mapping-marks = decimal_mark und thousands_mark sind zwei verschiedene Zeichen und keine Ziffern.
mapping-date-format = date_format „{ $format }“ ergibt kein ganzes Datum, wie es „%d.%m.%Y“ tut.
property-too-large = das ist zu groß für die Datei eines Hotels.
bad-unreadable = { $path } lässt sich nicht lesen: { $why }.
bad-erasure-reason = Zum Löschen braucht es einen Grund von höchstens { $most } Zeichen.
bad-erasure-names = Der Grund nennt den Gast, und er wird aufbewahrt. Sagen Sie ihn ohne Namen, Telefon, E-Mail und die Nummer der Buchung in einem anderen System.
bad-picture-nights = Ein Bild zeigt 1 bis { $most } Nächte.

# Printed papers.
paper-booking-confirmation = Buchungsbestätigung
paper-provisional-booking = Vorläufige Buchung
paper-booking-request = Buchungsanfrage
paper-waiting-list = Warteliste
paper-cancellation = Stornierung
paper-no-show = Nicht angereist
paper-registration-card = Meldeschein
paper-tax-number = Steuernummer { $number }
paper-vat-rate = MwSt. { $rate } %
paper-vat = MwSt.
paper-total = Summe { $currency }
paper-net = Netto
paper-gross = Brutto
paper-amounts = Alle Beträge in { $currency }.
paper-vat-included = Die Preise je Nacht enthalten die Mehrwertsteuer.
paper-vat-added = Zu den Preisen je Nacht kommt die Mehrwertsteuer.
paper-guest = Gast
paper-guests = Gäste
paper-phone = Telefon
paper-e-mail = E-Mail
paper-printed-on = Gedruckt am
paper-arrival = Anreise
paper-departure = Abreise
paper-your-reference = Ihr Zeichen
paper-meals = Verpflegung
paper-guarantee = Garantie
paper-option-until = Option bis
paper-stay = Aufenthalt
paper-no = Nr.
paper-room = Zimmer
paper-rooms = Zimmer
paper-room-type = Zimmertyp
paper-nights = Nächte
paper-night = Nacht
paper-a-night = Je Nacht
paper-price-a-night = Preis je Nacht
paper-amount = Betrag
paper-day-use = Tagesgast
paper-name = Name
paper-date-of-birth = Geburtsdatum
paper-nationality = Staatsangehörigkeit
paper-street-and-number = Straße und Hausnummer
paper-postcode-and-town = Postleitzahl und Ort
paper-country = Land
paper-identity-document-number = Ausweis, Nummer
paper-vehicle = Fahrzeug
paper-accompanying-guests = Mitreisende
paper-date-of-birth-nationality-document = Geburtsdatum, Staatsangehörigkeit, Ausweis
paper-date = Datum
paper-signature-of-the-guest = Unterschrift des Gastes
paper-arrivals = Anreisen
paper-arrivals-on = Anreisen am { $date }
paper-departures = Abreisen
paper-in-house = Im Haus
paper-availability = Verfügbarkeit
paper-emergency-pack = Notfallmappe
paper-as-of = Stand { $at }
paper-rooms-left = Freie Zimmer
paper-house = Haus
paper-holds = Vormerkungen
paper-number = Nummer
paper-for = Für
paper-hold-run = { $rooms } { $type } { $from } bis { $to }
paper-audit-pack = Tagesabschluss
paper-audit-pack-of-the-business-date = Unterlagen zum Geschäftstag
paper-occupancy = Belegung
paper-rooms-sold = Verkauft
paper-net-revenue = Nettoumsatz
paper-average-net-rate = Ø Nettorate
paper-type = Typ
paper-out-of-order = außer Betrieb
paper-out-of-service = nicht in Gebrauch
paper-sold = Verkauft
paper-unsold = Unverk.
paper-revenue-of-the-night = Umsatz der Nacht
paper-without-price = Zimmer im Haus ohne Preis, die in diesen Beträgen fehlen: { $rooms }.
paper-no-shows = Nicht angereist
paper-cancellations = Stornierungen
paper-status = Status
paper-none = Keine.
paper-outages = Gesperrte Zimmer
paper-kind = Art
paper-from = Von
paper-back-on = Frei ab
paper-reason = Grund
paper-open-groups = Offene Gruppen
paper-cut-off = Stichtag
paper-room-nights = Zimmernächte
paper-picked-up = Abgerufen
paper-kept-back = Gehalten
paper-group-elastic = elastisch
paper-group-non_elastic = unelastisch
paper-group-committed = fest
paper-group-tentative = vorläufig
paper-adults = { $count ->
    [one] 1 Erwachsener
   *[other] { $count } Erwachsene
}
paper-children = { $count ->
    [one] 1 Kind
   *[other] { $count } Kinder
}
