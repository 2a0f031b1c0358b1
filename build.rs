//! Lists the sample articles in `assets/samples`, so that a new one is bundled by being put there.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=assets/samples");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("assets/samples");
    let mut names = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(&folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
    }
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    let mut table = String::from("&[\n");
    for name in &names {
        table += &format!("    ({name:?}, include_bytes!({:?})),\n", folder.join(name).display().to_string());
    }
    table += "]\n";
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("samples.rs"), table)
}
