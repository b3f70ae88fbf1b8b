//! Prints the window's bindings.

fn main() {
    print!("{}", keyrack_desk::bindings::typescript());
}
