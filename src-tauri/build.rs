//! Embeds the page, the icons and the access list into the desktop application.

include!("src/table.rs");

macro_rules! names {
    ($($command:ident)*) => { &[$(stringify!($command)),*] };
}

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/src/table.rs");
    // Naming the commands here puts them under the access list: what no capability allows is
    // refused, the application's own page included.
    let commands: &[&str] = command_table!(names);
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(commands))
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .codegen(tauri_build::CodegenContext::new());
    tauri_build::try_build(attributes)
        .expect("the configuration, capabilities and ui/dist fit together");
}
