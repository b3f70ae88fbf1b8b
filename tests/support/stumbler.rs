//! A program that stumbles, so that the log of panics can be tested: once over a text of its own, and
//! once over one that holds a guest's name, each in a thread, as the window's work is. Then it goes on.
//!
//! `stumbler FOLDER NAME` logs into the folder.

use std::path::Path;
use std::thread;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, name] = arguments.as_slice() else {
        panic!("stumbler FOLDER NAME");
    };
    keyrack_desk::logs::begin(Path::new(folder), "stumbler");
    let guest = name.clone();
    let stumbled = [
        thread::spawn(stumble_over_a_stone).join().is_err(),
        thread::spawn(move || stumble_over(&guest)).join().is_err(),
    ];
    println!("stumbled {stumbled:?}, and goes on");
}

#[inline(never)]
fn stumble_over_a_stone() {
    panic!("a planted stone");
}

#[inline(never)]
fn stumble_over(guest: &str) {
    panic!("{guest} lay in the way");
}
