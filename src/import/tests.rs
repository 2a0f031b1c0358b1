//! What an import does, told by example.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::{
    library::Sort,
    model::{ArticleId, Filter},
};

struct Desk {
    folder: TempDir,
    library: Library,
    _home: TempDir,
    gazetteer: Gazetteer,
}

impl Desk {
    fn new() -> Self {
        let (library, home) = Library::temporary().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), library, _home: home, gazetteer: Gazetteer::builtin() }
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A file that was written a while ago.
    fn old_file(&self, name: &str, text: &str, year: u64) {
        self.file(name, text);
        let time = UNIX_EPOCH + Duration::from_secs((year - 1970) * 365 * 24 * 60 * 60);
        fs::File::options().write(true).open(self.folder.path().join(name)).unwrap().set_modified(time).unwrap();
    }

    fn import(&mut self) -> Summary {
        self.import_path("")
    }

    fn import_path(&mut self, name: &str) -> Summary {
        let paths = [self.folder.path().join(name)];
        run(&paths, &Options::default(), &self.gazetteer, &mut self.library, |_| {}).unwrap()
    }

    fn sources(&self) -> Vec<String> {
        let ids: Vec<ArticleId> = self.library.all_article_ids().unwrap();
        let root = self.folder.path().canonicalize().unwrap();
        let sources = ids.into_iter().map(|id| self.library.article(id).unwrap().unwrap().article.source);
        sources.map(|source| Path::new(&source).strip_prefix(&root).unwrap().display().to_string()).collect()
    }
}

fn counts(summary: &Summary) -> (usize, usize, usize, usize) {
    (summary.added, summary.updated, summary.unchanged, summary.refused.len())
}

#[test]
fn a_folder_is_read_annotated_and_stored_in_order() {
    let mut desk = Desk::new();
    desk.file("b.txt", " date 2025-08-04 The foreign minister of Syria spoke in Moscow on Monday about the talks.");
    desk.file("a/one.txt", "A second article about France and what its president said on the day before.");
    assert_eq!(counts(&desk.import()), (2, 0, 0, 0));
    assert_eq!(desk.sources(), ["a/one.txt", "b.txt"]);
    let syria = Filter { countries: vec!["SY".to_owned().try_into().unwrap()], ..Filter::default() };
    assert_eq!(desk.library.rows(&syria, Sort::default(), 0, 9).unwrap().len(), 1);
}

#[test]
fn the_same_folder_again_changes_nothing_and_a_changed_file_is_updated() {
    let mut desk = Desk::new();
    for n in 0..1100 {
        desk.file(&format!("{n:04}.txt"), &format!("Article number {n} is about nothing in particular, as so often."));
    }
    assert_eq!(counts(&desk.import()), (1100, 0, 0, 0));
    let sources = desk.sources();
    assert!(sources.is_sorted());
    assert_eq!(counts(&desk.import()), (0, 0, 1100, 0));
    desk.file("0003.txt", "Now it is about something else, which is a change that the library must notice.");
    assert_eq!(counts(&desk.import()), (0, 1, 1099, 0));
    assert_eq!(desk.sources(), sources);
}

#[test]
fn a_bad_file_is_refused_by_name_and_the_rest_is_stored() {
    let mut desk = Desk::new();
    desk.file("good.txt", "The good file is read although the other one is no text at all.");
    desk.file("picture.txt", "\0\u{1}\0\u{2}\0\u{3}\0\u{4} not a text \0\0\0");
    let summary = desk.import();
    assert_eq!(counts(&summary), (1, 0, 0, 1));
    assert!(summary.refused[0].message.contains("picture.txt"), "{:?}", summary.refused);
    let nowhere = desk.folder.path().join("nowhere");
    let summary = run(&[nowhere], &Options::default(), &desk.gazetteer, &mut desk.library, |_| {}).unwrap();
    assert_eq!(counts(&summary), (0, 0, 0, 1));
    assert!(summary.refused[0].message.contains("nowhere"), "{:?}", summary.refused);
}

#[test]
fn one_file_by_two_paths_is_one_article() {
    let mut desk = Desk::new();
    desk.file("sub/a.txt", "One file stays one article, whichever way one goes to it.");
    let folder = desk.folder.path();
    let paths = [folder.join("sub/a.txt"), folder.join("sub/../sub/a.txt"), folder.join("./sub")];
    let summary = run(&paths, &Options::default(), &desk.gazetteer, &mut desk.library, |_| {}).unwrap();
    assert_eq!((summary.added, summary.updated), (1, 0));
}

#[test]
fn progress_is_told_up_to_the_end() {
    let mut desk = Desk::new();
    for n in 0..2100 {
        desk.file(&format!("{n:04}.txt"), &format!("Article number {n} is about nothing in particular, as so often."));
    }
    let mut told = Vec::new();
    let paths = [desk.folder.path().to_owned()];
    run(&paths, &Options::default(), &desk.gazetteer, &mut desk.library, |progress| told.push(progress.clone()))
        .unwrap();
    assert!(told.is_sorted_by_key(|progress| progress.done));
    assert!(told.len() > 1 && told.iter().all(|progress| progress.total == 2100));
    let last = told.last().unwrap();
    assert!(last.done == 2100 && last.current.ends_with("2099.txt"), "{last:?}");
}

#[test]
fn a_stopped_import_keeps_what_it_stored() {
    let mut desk = Desk::new();
    for n in 0..4000 {
        desk.file(&format!("{n:04}.txt"), &format!("Article number {n} is about nothing in particular, as so often."));
    }
    let options = Options::default();
    let paths = [desk.folder.path().to_owned()];
    let summary = run(&paths, &options, &desk.gazetteer, &mut desk.library, |_| {
        options.cancel.store(true, Ordering::Relaxed);
    })
    .unwrap();
    assert!(summary.cancelled);
    assert!(summary.added > 0 && summary.added < 4000);
    assert_eq!(desk.library.counts(&Filter::default()).unwrap().total, summary.added as u64);
    // The next one goes on where this one stopped.
    assert_eq!(counts(&desk.import()), (4000 - summary.added, 0, summary.added, 0));
}

#[test]
fn what_an_older_engine_found_is_found_anew_until_told_to_stop() {
    let mut desk = Desk::new();
    for n in 0..150 {
        desk.file(&format!("{n:04}.txt"), &format!("Article number {n} is about France, and about nothing else."));
    }
    desk.import();
    let ids = desk.library.all_article_ids().unwrap();
    let old: Vec<_> = ids.iter().map(|id| (*id, Annotations::default())).collect();
    desk.library.reannotate(0, &old).unwrap();
    let cancel = AtomicBool::new(false);
    let mut told = Vec::new();
    let stop = |done| {
        told.push(done);
        cancel.store(true, Ordering::Relaxed);
    };
    assert_eq!(reannotate_outdated(&mut desk.library, &desk.gazetteer, stop, &cancel).unwrap(), 64);
    assert_eq!(told, [64]);
    cancel.store(false, Ordering::Relaxed);
    assert_eq!(reannotate_outdated(&mut desk.library, &desk.gazetteer, |_| {}, &cancel).unwrap(), 86);
    assert_eq!(reannotate_outdated(&mut desk.library, &desk.gazetteer, |_| {}, &cancel).unwrap(), 0);
    let france = Filter { countries: vec!["FR".to_owned().try_into().unwrap()], ..Filter::default() };
    assert_eq!(desk.library.counts(&france).unwrap().matching, 150);
}

const BEFORE: &str = "The ministers met on Monday in Nairobi.";
const AFTER: &str = "The ministers met on Friday in Nairobi.";

#[test]
fn a_file_is_read_again_only_if_its_time_its_size_or_the_file_itself_is_another() {
    let mut desk = Desk::new();
    desk.old_file("a.txt", BEFORE, 2020);
    assert_eq!(counts(&desk.import()), (1, 0, 0, 0));
    // Other words that nothing tells of: the file was not read.
    desk.old_file("a.txt", AFTER, 2020);
    assert_eq!(counts(&desk.import()), (0, 0, 1, 0));
    desk.old_file("a.txt", AFTER, 2021);
    assert_eq!(counts(&desk.import()), (0, 1, 0, 0));
    desk.old_file("a.txt", &format!("{BEFORE} On Tuesday too."), 2021);
    assert_eq!(counts(&desk.import()), (0, 1, 0, 0));
    desk.old_file("b.txt", &format!("{AFTER} On Tuesday too."), 2021);
    fs::rename(desk.folder.path().join("b.txt"), desk.folder.path().join("a.txt")).unwrap();
    assert_eq!(counts(&desk.import()), (0, 1, 0, 0));
}

#[test]
fn a_file_that_was_changed_just_now_is_read_again_whatever_its_time_says() {
    let mut desk = Desk::new();
    desk.file("a.txt", BEFORE);
    assert_eq!(counts(&desk.import()), (1, 0, 0, 0));
    let file = desk.folder.path().join("a.txt");
    let time = file.metadata().unwrap().modified().unwrap();
    desk.file("a.txt", AFTER);
    fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
    assert_eq!(counts(&desk.import()), (0, 1, 0, 0));
}

#[test]
fn an_article_that_was_removed_comes_back_when_its_file_is_named_or_changes_but_not_with_its_folder() {
    let mut desk = Desk::new();
    desk.old_file("press/a.txt", BEFORE, 2020);
    desk.old_file("press/b.txt", BEFORE, 2020);
    desk.import();
    let remove = |desk: &mut Desk| {
        let id = desk.library.all_article_ids().unwrap()[0];
        desk.library.remove(id).unwrap();
    };
    remove(&mut desk);
    let summary = desk.import();
    assert_eq!((counts(&summary), summary.left_out), ((0, 0, 1, 0), 1));
    assert_eq!(counts(&desk.import_path("press/a.txt")), (1, 0, 0, 0));
    remove(&mut desk);
    desk.old_file("press/b.txt", AFTER, 2021);
    assert_eq!(counts(&desk.import()), (1, 0, 1, 0));
}
