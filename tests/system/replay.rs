//! The replay of a real hotel's bookings gives the published figures, however often it is cut off.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chance::Chance;
use crate::hotel::{Hotel, Run, sample};

const AS_OF: &str = "2017-06-01";

fn replay(hotel: &Hotel, options: &[&str]) -> Command {
    let bookings = sample("resort_hotel_bookings.csv.gz");
    let property = sample("resort_hotel.toml");
    let mut arguments = vec!["replay", bookings.to_str().unwrap()];
    arguments.extend(["--property", property.to_str().unwrap()]);
    arguments.extend(options);
    hotel.command(&arguments)
}

/// The figures without the time that it took.
fn figures(run: &Run) -> Value {
    let mut figures = run.ends(0);
    let seconds = figures.as_object_mut().unwrap().remove("seconds");
    assert!(seconds.is_some_and(|seconds| seconds.as_f64() > Some(0.0)));
    figures
}

#[test]
fn the_sample_on_a_day_of_the_past_has_the_published_figures_and_facts() {
    let hotel = Hotel::none();
    let run = Run::of(replay(&hotel, &["--as-of", AS_OF]).output().unwrap());
    let published = json!({
        "accepted": 38_029, "day_use": 373, "refused": 472, "cancelled": 10_038, "no_show": 256,
        "checked_in": 25_395, "checked_out": 25_216, "room_nights_sold": 115_746,
    });
    assert_eq!(figures(&run), published);
    hotel.verified();
    let full = |code: &str, night: &str| {
        let cell = hotel.cell(code, night);
        let count = |name: &str| cell[name].as_i64().unwrap();
        (
            count("sold"),
            count("physical"),
            count("overbooking"),
            count("available"),
        )
    };
    assert_eq!(full("C", "2017-07-16"), (12, 11, 1, 0));
    for night in ["2017-06-08", "2017-06-09", "2017-06-10"] {
        assert_eq!(full("H", night), (3, 3, 0, 0), "{night}");
    }
    let (sold, physical, overbooking, available) = full("D", "2017-06-27");
    assert_eq!((sold, physical), (56, 55));
    assert!(sold < physical + overbooking && available > 0);
    let house = hotel.done(&["availability", "2017-06-27", "2017-06-28"]);
    assert_eq!(house["room_types"].as_array().unwrap().len(), 10);
}

/// Whether the replay has written a command.
fn has_begun(hotel: &Hotel) -> bool {
    let read_only = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let opened = rusqlite::Connection::open_with_flags(&hotel.file, read_only);
    let count = opened.and_then(|file| {
        file.query_row("SELECT count(*) FROM command", [], |row| {
            row.get::<_, i64>(0)
        })
    });
    count.is_ok_and(|commands| commands > 0)
}

#[test]
fn the_whole_sample_ends_alike_after_three_kills() {
    let hotel = Hotel::none();
    let mut chance = Chance::new("kills of a replay");
    for kill in 1..=3 {
        let mut child = replay(&hotel, &[])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The input is read first; how long that takes depends on the machine.
        while !has_begun(&hotel) {
            assert!(
                child.try_wait().unwrap().is_none(),
                "it ended before it began"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        let until = Instant::now() + chance.moment(Duration::from_secs(6));
        while Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(
            child.try_wait().unwrap().is_none(),
            "it was done before kill {kill}"
        );
        child.kill().unwrap();
        child.wait().unwrap();
        let commands = hotel.number("SELECT count(*) FROM command");
        println!("kill {kill} after {commands} commands");
    }
    let run = Run::of(replay(&hotel, &[]).output().unwrap());
    let published = json!({
        "accepted": 39_582, "day_use": 384, "refused": 478, "cancelled": 10_669, "no_show": 288,
        "checked_in": 28_625, "checked_out": 28_625, "room_nights_sold": 117_763,
    });
    assert_eq!(figures(&run), published);
    hotel.verified();
}

/// The columns of the published files, in their order.
pub const HEADER: &str = "hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month,\
arrival_date_week_number,arrival_date_day_of_month,stays_in_weekend_nights,stays_in_week_nights,\
adults,children,babies,meal,country,market_segment,distribution_channel,is_repeated_guest,\
previous_cancellations,previous_bookings_not_canceled,reserved_room_type,assigned_room_type,\
booking_changes,deposit_type,agent,company,days_in_waiting_list,customer_type,adr,\
required_car_parking_spaces,total_of_special_requests,reservation_status,reservation_status_date";

/// A booking of the published shape: (days booked ahead, arrival's day in June 2016, nights, type,
/// status, its date).
pub type Booking<'a> = (u32, u32, u32, &'a str, &'a str, &'a str);

pub fn row((lead, day, nights, code, status, date): Booking<'_>) -> String {
    let cancelled = u8::from(status == "Canceled");
    format!(
        "City Hotel,{cancelled},{lead},2016,June,23,{day},0,{nights},2,0.0,0,HB,DEU,Online TA,TA/TO,\
         0,0,0,{code},{code},0,No Deposit,9.0,NULL,0,Transient,98.55,0,1,{status},{date}"
    )
}

pub fn csv(bookings: &[Booking<'_>]) -> String {
    let mut text = format!("{HEADER}\n");
    for booking in bookings {
        writeln!(text, "{}", row(*booking)).unwrap();
    }
    text
}

pub const CITY: &str = r#"
name = "City Hotel"
code = "CITY"
time_zone = "Europe/Berlin"
currency = "EUR"
business_date = "2016-06-01"

[[room_type]]
code = "KNG"
name = "King"
rooms = 2

[[room_type]]
code = "TWN-1"
name = "Twin"
rooms = 1
overbooking = 1
"#;

#[test]
fn another_hotels_file_works_too_plain_as_it_is() {
    let hotel = Hotel::none();
    let bookings = csv(&[
        (20, 10, 3, "KNG", "Check-Out", "2016-06-13"),
        (19, 10, 2, "KNG", "Check-Out", "2016-06-11"),
        // Both kings are taken on the 10th.
        (18, 9, 2, "KNG", "Check-Out", "2016-06-11"),
        (18, 12, 1, "TWN-1", "Canceled", "2016-06-05"),
        (17, 12, 1, "TWN-1", "No-Show", "2016-06-12"),
        // Day use takes no room.
        (0, 10, 0, "KNG", "Check-Out", "2016-06-10"),
        // Leaves two nights early.
        (1, 20, 4, "TWN-1", "Check-Out", "2016-06-22"),
    ]);
    let bookings = hotel.write("city.csv", bookings);
    let property = hotel.write("city.toml", CITY);
    let words = [
        "replay",
        bookings.to_str().unwrap(),
        "--property",
        property.to_str().unwrap(),
    ];
    let expected = json!({
        "accepted": 6, "day_use": 1, "refused": 1, "cancelled": 1, "no_show": 1,
        "checked_in": 4, "checked_out": 4, "room_nights_sold": 3 + 1 + 2,
    });
    assert_eq!(figures(&hotel.run(&words)), expected);
    let before = hotel.content();
    assert_eq!(figures(&hotel.run(&words)), expected, "done again");
    assert_eq!(hotel.content(), before, "again and again without harm");
    assert_eq!(hotel.cell("KNG", "2016-06-10")["sold"], 2);
    assert_eq!(hotel.cell("KNG", "2016-06-11")["sold"], 1);
    assert_eq!(hotel.cell("TWN-1", "2016-06-12")["sold"], 0);
    hotel.verified();
}

#[test]
fn another_file_or_property_under_the_same_code_is_told_and_not_taken_for_the_first() {
    let hotel = Hotel::none();
    let first = csv(&[(5, 10, 2, "KNG", "Check-Out", "2016-06-12")]);
    let bookings = hotel.write("city.csv", first);
    let property = hotel.write("city.toml", CITY);
    let words = [
        "replay",
        bookings.to_str().unwrap(),
        "--property",
        property.to_str().unwrap(),
    ];
    hotel.done(&words);
    let before = hotel.content();
    hotel.write(
        "city.csv",
        csv(&[(5, 10, 2, "KNG", "Canceled", "2016-06-07")]),
    );
    hotel.run(&words).refused(3, "idempotency_conflict");
    hotel.write(
        "city.csv",
        csv(&[(5, 10, 2, "KNG", "Check-Out", "2016-06-12")]),
    );
    hotel.write("city.toml", CITY.replace("rooms = 2", "rooms = 9"));
    hotel.run(&words).refused(3, "idempotency_conflict");
    assert_eq!(hotel.content(), before);
    hotel.verified();
}
