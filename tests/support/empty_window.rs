//! A window of the engine with an empty page, or with the page in the file that is named. It says when that is loaded, and
//! each title that the page gives itself, and stays until it is ended.

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
    page.connect_title_notify(|page| {
        if let Some(title) = page.title() {
            println!("title: {title}");
        }
    });
    let text = std::env::args_os().nth(1);
    let text = text.map(|file| std::fs::read_to_string(file).expect("a page that can be read"));
    page.load_html(
        text.as_deref()
            .unwrap_or("<!doctype html><title>Empty</title>"),
        None,
    );
    window.add(&page);
    window.show_all();
    gtk::main();
}
