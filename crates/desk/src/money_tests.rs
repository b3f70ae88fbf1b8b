//! Golden tables of money and VAT, worked out by hand.

use keyrack_inventory::StayStatus;
use keyrack_inventory::stay::MovedNight;

use super::*;

fn night(text: &str) -> Night {
    text.parse().unwrap()
}

fn taxes(rates: &str, included: bool) -> Taxes {
    Taxes {
        rates: Rates::read(rates).unwrap(),
        included,
    }
}

fn stay(arrival: &str, departure: &str, price: i64) -> Stay {
    serde_json::from_value(serde_json::json!({
        "stay": 1, "room_type": "A", "arrival": arrival, "departure": departure,
        "status": "confirmed", "price": price,
    }))
    .unwrap()
}

/// `rate net vat gross` of each rate, then the totals.
fn told(amounts: &Amounts) -> Vec<String> {
    let part =
        |part: &RateAmounts| format!("{} {} {} {}", part.rate, part.net, part.vat, part.gross);
    let mut lines: Vec<String> = amounts.by_rate.iter().map(part).collect();
    lines.push(format!("{} {} {}", amounts.net, amounts.vat, amounts.gross));
    lines
}

/// What is charged, how, and what comes of it.
type Row = (
    &'static str,
    bool,
    &'static str,
    &'static str,
    i64,
    &'static [&'static str],
);

#[test]
fn nights_are_charged_by_the_rate_of_each_and_rounded_once_a_rate() {
    let two = "2024-01-01=6; 2027-01-01=7.5";
    let rows: &[Row] = &[
        // 3 x 100.00 gross at 6 %: 300.00 * 6 / 106 = 16.981
        (
            two,
            true,
            "2026-06-01",
            "2026-06-04",
            10_000,
            &["6 28302 1698 30000", "28302 1698 30000"],
        ),
        // Rounded a night it would be 3 x 0.57 = 1.71; the sum's VAT is 1.698.
        (
            two,
            true,
            "2026-06-01",
            "2026-06-04",
            1_000,
            &["6 2830 170 3000", "2830 170 3000"],
        ),
        // Over the change of rate: 1 night at 6 %, 2 at 7.5 %.
        (
            two,
            true,
            "2026-12-31",
            "2027-01-03",
            10_000,
            &[
                "6 9434 566 10000",
                "7.5 18605 1395 20000",
                "28039 1961 30000",
            ],
        ),
        // Net prices: VAT comes on top.
        (
            two,
            false,
            "2026-12-31",
            "2027-01-03",
            9_999,
            &[
                "6 9999 600 10599",
                "7.5 19998 1500 21498",
                "29997 2100 32097",
            ],
        ),
        // Just a half goes up: 5 * 10 % = 0.5.
        (
            "2020-01-01=10",
            false,
            "2026-06-01",
            "2026-06-02",
            5,
            &["10 5 1 6", "5 1 6"],
        ),
        (
            "2020-01-01=10",
            false,
            "2026-06-01",
            "2026-06-02",
            4,
            &["10 4 0 4", "4 0 4"],
        ),
        // 11 gross at 10 % is 1; 16 gross at 60 % is 6.
        (
            "2020-01-01=10",
            true,
            "2026-06-01",
            "2026-06-02",
            11,
            &["10 10 1 11", "10 1 11"],
        ),
        // Three decimals: 100,000.00 at 2.125 %.
        (
            "2020-01-01=2.125",
            false,
            "2026-06-01",
            "2026-06-02",
            10_000_000,
            &["2.125 10000000 212500 10212500", "10000000 212500 10212500"],
        ),
        // Before the first rate, and without any.
        (
            two,
            true,
            "2023-12-30",
            "2024-01-02",
            10_600,
            &["0 21200 0 21200", "6 10000 600 10600", "31200 600 31800"],
        ),
        (
            "",
            true,
            "2026-06-01",
            "2026-06-03",
            777,
            &["0 1554 0 1554", "1554 0 1554"],
        ),
        // Nothing to pay.
        (
            two,
            true,
            "2026-06-01",
            "2026-06-03",
            0,
            &["6 0 0 0", "0 0 0"],
        ),
    ];
    for (rates, included, arrival, departure, price, expected) in rows {
        let stay = stay(arrival, departure, *price);
        let amounts = amounts([&stay].into_iter(), &taxes(rates, *included)).unwrap();
        assert_eq!(told(&amounts), *expected, "{rates} {arrival} {price}");
    }
}

#[test]
fn stays_of_one_document_are_added_up_before_they_are_rounded() {
    let taxes = taxes("2024-01-01=6", true);
    let three: Vec<Stay> = (0..3)
        .map(|_| stay("2026-06-01", "2026-06-02", 1_000))
        .collect();
    let whole = amounts(three.iter(), &taxes).unwrap();
    assert_eq!(told(&whole), ["6 2830 170 3000", "2830 170 3000"]);
}

#[test]
fn what_was_freed_cancelled_not_come_or_day_use_is_not_charged() {
    let taxes = taxes("2024-01-01=6", true);
    let whole = stay("2026-06-01", "2026-06-05", 10_600);
    let early = Stay {
        freed_from: Some(night("2026-06-03")),
        ..whole.clone()
    };
    let charged = |stay: &Stay| amounts([stay].into_iter(), &taxes).map(|found| found.gross);
    assert_eq!(charged(&whole), Some(42_400));
    assert_eq!(charged(&early), Some(21_200));
    for status in StayStatus::ALL {
        let other = Stay {
            status,
            ..whole.clone()
        };
        let free = matches!(status, StayStatus::Cancelled | StayStatus::NoShow);
        assert_eq!(charged(&other), (!free).then_some(42_400), "{status}");
    }
    assert_eq!(charged(&stay("2026-06-01", "2026-06-01", 10_600)), None);
    let moved = Stay {
        moved: vec![MovedNight {
            night: night("2026-06-02"),
            room_type: "B".parse().unwrap(),
        }],
        ..whole.clone()
    };
    assert_eq!(charged(&moved), Some(42_400));
    let unpriced = Stay {
        price: None,
        ..whole.clone()
    };
    assert_eq!(amounts([&whole, &unpriced].into_iter(), &taxes), None);
    let gone = Stay {
        status: StayStatus::Cancelled,
        ..unpriced
    };
    let both = amounts([&whole, &gone].into_iter(), &taxes).unwrap();
    assert_eq!(both.gross, 42_400);
}

#[test]
fn a_cost_is_told_where_each_stay_that_is_charged_has_one() {
    let taxes = taxes("", true);
    let with = |cost| Stay {
        cost,
        ..stay("2026-06-01", "2026-06-04", 10_000)
    };
    let cost = |stays: &[Stay]| amounts(stays.iter(), &taxes).unwrap().cost;
    assert_eq!(cost(&[with(Some(3_500))]), Some(10_500));
    assert_eq!(cost(&[with(Some(3_500)), with(Some(100))]), Some(10_800));
    assert_eq!(cost(&[with(Some(3_500)), with(None)]), None);
}

#[test]
fn net_and_vat_give_gross_for_every_price_and_rate() {
    for included in [true, false] {
        for thousandths in [0, 1, 5_500, 6_000, 7_500, 19_000, 21_000, 25_500, 100_000] {
            for sum in (0..3_000).chain([10_i128.pow(12), 10_i128.pow(15) + 7]) {
                let part = split(Rate(thousandths), sum, included);
                assert_eq!(part.net + part.vat, part.gross);
                let given = if included { part.gross } else { part.net };
                assert_eq!(i128::from(given), sum);
                let base = if included {
                    WHOLE + i128::from(thousandths)
                } else {
                    WHOLE
                };
                // Never off by more than half a unit.
                let off = 2 * (i128::from(part.vat) * base - sum * i128::from(thousandths));
                assert!((-base < off) && off <= base, "{thousandths} {sum}");
            }
        }
    }
}

#[test]
fn rates_are_read_and_written_again() {
    let rates = Rates::read(" 2027-01-01 = 7.5% ;2024-01-01=6;; ").unwrap();
    assert_eq!(rates.to_string(), "2024-01-01=6; 2027-01-01=7.5");
    assert_eq!(rates.on(night("2026-12-31")), Rate(6_000));
    assert_eq!(rates.on(night("2027-01-01")), Rate(7_500));
    assert_eq!(rates.on(night("2023-12-31")), Rate(0));
    assert!(Rates::read("").unwrap().is_empty());
    for (text, why) in [
        ("6", "there is no ="),
        ("2024-13-01=6", "is not a date"),
        ("2024-01-01=six", "0 to 100 per cent"),
        ("2024-01-01=", "0 to 100 per cent"),
        ("2024-01-01=-6", "0 to 100 per cent"),
        ("2024-01-01=100.001", "0 to 100 per cent"),
        ("2024-01-01=6.1234", "0 to 100 per cent"),
        ("2024-01-01=6,5", "0 to 100 per cent"),
        ("2024-01-01=6; 2024-01-01=7", "the date is there twice"),
    ] {
        let error = Rates::read(text).unwrap_err().to_string();
        assert!(error.contains(why), "{text}: {error}");
    }
}

#[test]
fn amounts_are_written_with_the_digits_of_their_currency() {
    for (amount, currency, expected) in [
        (0, "EUR", "0.00"),
        (5, "EUR", "0.05"),
        (123_456_789, "EUR", "1,234,567.89"),
        (-123_456, "EUR", "-1,234.56"),
        (123_456, "JPY", "123,456"),
        (999, "JPY", "999"),
        (1_234_567, "KWD", "1,234.567"),
        (1, "TND", "0.001"),
    ] {
        assert_eq!(
            written(amount, currency_digits(currency)),
            expected,
            "{currency}"
        );
    }
}
