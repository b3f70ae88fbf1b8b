//! A window of the engine with an empty page. It says when that is loaded, and stays until it is ended.

use gtk::prelude::*;
use webkit2gtk::{LoadEvent, WebView, WebViewExt};

fn main() {
    gtk::init().expect("there is a display");
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_default_size(1280, 800);
    let page = WebView::new();
    page.connect_load_changed(|_, event| {
        if event == LoadEvent::Finished {
            println!("loaded");
        }
    });
    page.load_html("<!doctype html><title>Empty</title>", None);
    window.add(&page);
    window.show_all();
    gtk::main();
}
