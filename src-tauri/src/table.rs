// The commands of the window, once. From this table come the handlers that the shell registers and
// the names that the access list knows; a name without an adapter in commands.rs does not compile.
// The build script includes this file too, so that neither can fall behind.

/// Hands the names of all commands to the macro `$with`.
macro_rules! command_table {
    ($with:ident) => {
        $with! {
            open_state
            open_sample
            create_property
            property
            grid
            changes
            charts
            cell
            day_sheet
            reservation
            find_reservations
            allotments
            allotment
            waitlist
            due
            end_of_day
            print
            documents
            choose_file
            import_bookings
            export_rows
            stop_work
            backups
            back_up
            restore
            jobs
            run_jobs
            retry_job
            execute
            centre
            inbox
            answer_inbox
            take_alternative
            discard_parked
            sisters
            walk
            try_centre
            enrol
            join_centre
            lock_state
            sign_in
            sign_out
            lock
            touch
            staff
            change_staff
            roles
            set_role
            settings
            set_setting
            alerts
            acknowledge_alert
            health
            verify
            audit
            cell_at
            set_zoom
            languages
            speak
            painted
        }
    };
}
