//! Lists the files below the paths that the user gave.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{IngestError, Input};

/// Endings of files that a folder is searched for. A file named by itself is read whatever its ending.
const ENDINGS: &[&str] = &[
    "txt", "text", "md", "markdown", "json", "jsonl", "ndjson", "xml", "rss", "atom", "rdf", "html", "htm", "xhtml",
    "csv", "tsv", "eml", "mbox", "epub",
];

/// Folders in which browsers keep what belongs to a page that was saved: `Talks_files` beside `Talks.html`.
const BESIDE_PAGES: &[&str] = &["_files", "_fichiers", "-Dateien", "_archivos", "_bestanden", "_file"];

/// The files below `paths` in a stable order; an unreadable path gives an error in its place. `-` is standard input.
///
/// Folders are walked on all cores, ignore files are respected, hidden files passed over.
pub fn inputs(paths: &[PathBuf]) -> Vec<Result<Input, IngestError>> {
    paths.iter().flat_map(|path| below(path)).collect()
}

fn below(path: &Path) -> Vec<Result<Input, IngestError>> {
    if path.as_os_str() == "-" {
        return vec![Ok(Input::Stdin)];
    }
    match path.metadata() {
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
            vec![Err(IngestError::Missing { path: path.to_owned() })]
        }
        Err(source) => vec![Err(IngestError::Read { path: path.to_owned(), source })],
        Ok(metadata) if metadata.is_dir() => folder(path),
        Ok(_) => vec![Ok(Input::File(path.to_owned()))],
    }
}

fn folder(path: &Path) -> Vec<Result<Input, IngestError>> {
    let (to, from) = crossbeam_channel::unbounded();
    // `.gitignore` counts outside of a git repository too: the folder is the user's desk, not a checkout.
    let walk = WalkBuilder::new(path)
        .require_git(false)
        .follow_links(false)
        .filter_entry(|entry| !(entry.file_type().is_some_and(|kind| kind.is_dir()) && is_beside_page(entry.path())))
        .build_parallel();
    walk.run(|| {
        let to = to.clone();
        Box::new(move |entry| {
            let found = match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_article(entry.path()) => {
                    Some(Ok(Input::File(entry.into_path())))
                }
                Ok(_) => None,
                Err(error) => Some(Err(walk_error(path, error))),
            };
            if let Some(found) = found
                && to.send(found).is_err()
            {
                return ignore::WalkState::Quit;
            }
            ignore::WalkState::Continue
        })
    });
    drop(to);
    let mut all: Vec<Result<Input, IngestError>> = from.into_iter().collect();
    all.sort_by_cached_key(|input| match input {
        Ok(Input::File(path)) => path.clone(),
        Ok(Input::Stdin) => PathBuf::new(),
        Err(error) => PathBuf::from(error.to_string()),
    });
    all
}

/// Whether a folder is searched for files of that ending.
fn is_article(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether a folder holds only what belongs to a saved page beside it.
fn is_beside_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else { return false };
    BESIDE_PAGES.iter().filter_map(|end| name.strip_suffix(end)).any(|page| {
        ["html", "htm", "xhtml"].iter().any(|ending| folder.with_file_name(format!("{page}.{ending}")).is_file())
    })
}

/// Whether a file that was dropped into `root` is one that a walk through it would find: of an ending that is known, not
/// hidden, and not a part of a saved page.
pub fn is_found(root: &Path, file: &Path) -> bool {
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let below = file.ancestors().skip(1).take_while(|folder| *folder != root);
    is_article(file) && !hidden(file) && below.into_iter().all(|folder| !hidden(folder) && !is_beside_page(folder))
}

fn walk_error(root: &Path, error: ignore::Error) -> IngestError {
    let path = match &error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        _ => root.to_owned(),
    };
    let text = error.to_string();
    IngestError::Read { path, source: error.into_io_error().unwrap_or_else(|| std::io::Error::other(text)) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn folders_are_walked_in_order_past_hidden_ignored_and_other_files() {
        let folder = tempfile::tempdir().unwrap();
        let pages = ["page.html", "page_files/frame.html", "own_files/5.html"];
        let files =
            ["b/2.txt", "a/1.md", ".hidden/3.txt", "skip/4.txt", "picture.png", "z.txt", "box.mbox", "c.csv", "m.eml"];
        for file in files.into_iter().chain(pages) {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words").unwrap();
        }
        fs::write(folder.path().join(".ignore"), "skip/\n").unwrap();
        let missing = folder.path().join("missing");
        let found: Vec<String> = inputs(&[folder.path().to_owned(), PathBuf::from("-"), missing])
            .into_iter()
            .map(|input| input.map_or_else(|error| error.to_string(), |input| input.to_string()))
            .map(|line| line.replace(&format!("{}/", folder.path().display()), ""))
            .collect();
        let in_folder = ["a/1.md", "b/2.txt", "box.mbox", "c.csv", "m.eml", "own_files/5.html", "page.html", "z.txt"];
        assert_eq!(found[..8], in_folder);
        assert_eq!(found[8..], ["-", "missing: no such file or folder"]);
        for file in files.into_iter().chain(pages).filter(|file| !file.starts_with("skip")) {
            let told = is_found(folder.path(), &folder.path().join(file));
            assert_eq!(told, in_folder.contains(&file), "{file}");
        }
    }
}
