//! Has WebKit's process of the page give back what it does not need.
//!
//! Every half minute WebKit compares what that process has in memory with a limit, and lets go of its caches, collects its
//! garbage and gives freed pages back where it has more than half of it. By default that limit is 3 GB: a window that
//! needs a hundredth of it keeps all that it ever freed, and grows for as long as it is open (docs/BENCHMARKS.md).
//!
//! The limit is a property that a context of WebKit takes when it is made, and the layer below Tauri makes it without.
//! So the constructor of that class is asked through ours, which adds it (docs/adr/0025).
#![allow(unsafe_code, reason = "GObject's classes are reached in C alone")]

use std::ffi::{CStr, c_uint};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use webkit2gtk::ffi::WebKitMemoryPressureSettings;
use webkit2gtk::glib::ffi::GType;
use webkit2gtk::glib::gobject_ffi::{
    GObject, GObjectClass, GObjectConstructParam, g_type_class_ref, g_value_set_boxed,
};
use webkit2gtk::glib::prelude::StaticType;
use webkit2gtk::glib::translate::{IntoGlib, ToGlibPtr};
use webkit2gtk::{MemoryPressureSettings, WebContext};

type Constructor = unsafe extern "C" fn(GType, c_uint, *mut GObjectConstructParam) -> *mut GObject;

/// In MB. The page always has more than half of that, so it gives back at each look.
const LIMIT: u32 = 100;
const PROPERTY: &CStr = c"memory-pressure-settings";

/// The class's own constructor.
static OWN: OnceLock<Constructor> = OnceLock::new();
/// Whether a context was made with the limit.
static GIVEN: AtomicBool = AtomicBool::new(false);

/// Gives the limit to every context that is made from now on. For the main thread, once GTK has begun.
pub fn limit_the_page() {
    // SAFETY: a reference to the class is taken and never given back, so it stays; a class of GObject begins with a
    // `GObjectClass`. Nobody makes a context meanwhile: they are made on this thread.
    unsafe {
        let class = g_type_class_ref(WebContext::static_type().into_glib()).cast::<GObjectClass>();
        if let Some(own) = (*class).constructor
            && OWN.set(own).is_ok()
        {
            (*class).constructor = Some(with_the_limit);
        }
    }
}

/// Whether the window's context has the limit: it does not where WebKit calls the property otherwise by now, or the
/// context was made before.
pub fn is_given() -> bool {
    GIVEN.load(Ordering::Relaxed)
}

/// Makes a context as the class's own constructor does, with the limit.
///
/// # Safety
///
/// `given` holds `count` properties with their values, as GObject calls a constructor.
unsafe extern "C" fn with_the_limit(
    class: GType,
    count: c_uint,
    given: *mut GObjectConstructParam,
) -> *mut GObject {
    let mut settings = MemoryPressureSettings::new();
    settings.set_memory_limit(LIMIT);
    let boxed: *const WebKitMemoryPressureSettings = settings.to_glib_none().0;
    for at in 0..count as usize {
        // SAFETY: there are `count` of them; each has its description and a value of its type, which copies what it is set
        // to. The description of this one says that its value is of the settings' type. GObject hands the values out to be
        // changed.
        unsafe {
            let property = &*given.add(at);
            if CStr::from_ptr((*property.pspec).name) == PROPERTY {
                g_value_set_boxed(property.value, boxed.cast());
                GIVEN.store(true, Ordering::Relaxed);
            }
        }
    }
    let own = OWN
        .get()
        .expect("it was set before the class had this constructor");
    // SAFETY: called with what it would have been called with.
    unsafe { own(class, count, given) }
}
