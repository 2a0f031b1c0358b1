//! Opening: private, and never touching what is not ours or not understood.

use std::{fs, path::Path};

use rusqlite::{Connection, config::DbConfig};

use super::*;
use crate::library::{LibraryError, migrations};

fn refusal(path: &Path) -> String {
    Library::open(path).unwrap_err().to_string().replace(&path.display().to_string(), "FILE")
}

/// Opening is refused and neither the file nor its folder changes.
fn assert_refused_untouched(path: &Path, message: &str) {
    let names = |folder: &Path| fs::read_dir(folder).unwrap().count();
    let before = (fs::read(path).unwrap(), names(path.parent().unwrap()));
    assert_eq!(refusal(path), message);
    assert_eq!((fs::read(path).unwrap(), names(path.parent().unwrap())), before);
}

#[test]
#[cfg(unix)]
fn the_folder_and_the_files_are_private_to_the_user() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/deep/library.db");
    let mut library = Library::open(&path).unwrap();
    add(&mut library, &[talks("talks.txt")]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(path.parent().unwrap()), mode(&folder.path().join("new"))), (0o700, 0o700));
    for file in fs::read_dir(path.parent().unwrap()).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
    let copy = folder.path().join("copy.db");
    library.backup(&copy, false).unwrap();
    assert_eq!(mode(&copy), 0o600);
}

#[test]
fn a_closed_library_is_one_file_and_opens_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let id = add(&mut Library::open(&path).unwrap(), &[talks("talks.txt")])[0];
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let library = Library::open(&path).unwrap();
    assert_eq!(library.article(id).unwrap().unwrap().article, talks("talks.txt").0);
}

#[test]
fn an_empty_file_becomes_a_library() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert_eq!(Library::open(file.path()).unwrap().all_article_ids().unwrap(), []);
}

#[test]
fn a_library_of_a_newer_version_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(Library::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let known = migrations::newest();
    assert_refused_untouched(
        &path,
        &format!(
            "the library FILE was made by a newer version of attache (its format is 99, this version knows {known}); \
             update attache, or name another file with --library"
        ),
    );
}

#[test]
fn a_newer_version_that_was_killed_is_noticed_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(Library::open(&path).unwrap());
    let killed = Connection::open(&path).unwrap();
    killed.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    killed.pragma_update(None, "user_version", 99).unwrap();
    drop(killed);
    let log = folder.path().join("library.db-wal");
    let before = (fs::read(&path).unwrap(), fs::read(&log).unwrap());
    assert!(matches!(Library::open(&path), Err(LibraryError::Newer { found: 99, .. })));
    assert_eq!((fs::read(&path).unwrap(), fs::read(&log).unwrap()), before);
}

#[test]
fn a_file_that_is_something_else_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let message = "FILE is not an attache library; name another file with --library";
    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "Dear Ambassador, ".repeat(50)).unwrap();
    assert_refused_untouched(&letter, message);
    fs::write(&letter, "Dear").unwrap();
    assert_refused_untouched(&letter, message);

    let other = folder.path().join("other.db");
    let connection = Connection::open(&other).unwrap();
    connection.execute_batch("CREATE TABLE recipe (name); INSERT INTO recipe VALUES ('soup')").unwrap();
    assert_refused_untouched(&other, message);
    connection.pragma_update(None, "user_version", 1).unwrap();
    drop(connection);
    assert_refused_untouched(&other, message);
    assert_eq!(refusal(folder.path()), message);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().join("library.db");
    assert!(refusal(&path).starts_with("cannot create the library "));
}

#[test]
fn damage_is_reported_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let many: Vec<_> = (0..200).map(|n| talks(&format!("{n}.txt"))).collect();
    add(&mut Library::open(&path).unwrap(), &many);
    let sound = fs::read(&path).unwrap();
    let n_free: i64 =
        Connection::open(&path).unwrap().pragma_query_value(None, "freelist_count", |row| row.get(0)).unwrap();
    let mut n_noticed = 0;
    for page in 1..sound.len() / PAGE {
        let mut damaged = sound.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        fs::write(&path, damaged).unwrap();
        let found = Library::open(&path).and_then(|library| {
            let _ = library.rows(&Filter::default(), Sort::Outlet, 0, 50);
            let _ = library.rows(&Filter { text: "talk".into(), ..Filter::default() }, Sort::Outlet, 0, 50);
            let _ = library.article(library.all_article_ids()?[0]);
            library.check()
        });
        match found {
            Ok(problems) => n_noticed += usize::from(!problems.is_empty()),
            Err(error) => {
                assert!(matches!(error, LibraryError::Damaged { .. }), "{error:?}");
                n_noticed += 1;
            }
        }
    }
    // Nobody minds what stands in a page that is not in use.
    assert!(
        n_noticed >= sound.len() / PAGE - 1 - n_free as usize,
        "{n_noticed} of {}, {n_free} free",
        sound.len() / PAGE
    );
}

#[test]
fn on_a_full_disk_a_change_fails_with_a_clear_message_and_the_old_data_stay() {
    let (mut library, _folder) = library();
    let first = add(&mut library, &[talks("first.txt")])[0];
    let limit = |library: &Library, pages: i64| {
        library.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    };
    let n_pages: i64 = library.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    limit(&library, n_pages + 2);
    let many: Vec<_> = (0..300).map(|n| talks(&format!("{n}.txt"))).collect();
    let error = library.add(&many).unwrap_err();
    assert!(error.to_string().starts_with("no space is left for the library "), "{error}");
    let mut n_kept = 0;
    let mut long = bookmark(first, "We will talk,");
    long.note = "a long note ".repeat(50);
    let refused = loop {
        match library.add_bookmark(&long) {
            Ok(_) => n_kept += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, LibraryError::DiskFull { .. }), "{refused}");
    assert_eq!(library.all_article_ids().unwrap(), [first]);
    assert_eq!(library.bookmarks().unwrap().len(), n_kept);
    assert_sound(&library);
    // With space again, everything goes on.
    limit(&library, 1_000_000);
    add(&mut library, &many);
    assert_sound(&library);
}

/// By hand: `mount -t tmpfs -o size=3m tmpfs DIR`, then `ATTACHE_TEST_SMALL_DISK=DIR cargo test --lib really -- --ignored`.
#[test]
#[ignore = "needs a file system of a few megabytes, named by ATTACHE_TEST_SMALL_DISK"]
fn a_disk_that_is_really_full_costs_nothing_that_was_acknowledged() {
    let folder = std::env::var("ATTACHE_TEST_SMALL_DISK").unwrap();
    let path = Path::new(&folder).join("library.db");
    let mut acknowledged = Vec::new();
    for round in 0..20 {
        let mut library = match Library::open(&path) {
            Ok(library) => library,
            Err(error) => panic!("{error} {error:?}"),
        };
        let mut n = 0;
        let error = loop {
            let batch: Vec<_> = (0..20).map(|article| talks(&format!("{round}/{n}/{article}"))).collect();
            match library.add(&batch) {
                Ok(added) => acknowledged.extend(added.into_iter().map(id)),
                Err(error) => break error,
            }
            n += 1;
        };
        assert!(matches!(error, LibraryError::DiskFull { .. }), "{error:?}");
        assert_eq!(library.all_article_ids().unwrap(), acknowledged);
        if round % 2 == 0 {
            assert_sound(&library);
        }
    }
    assert!(acknowledged.len() > 20);
}

#[test]
fn a_library_that_cannot_be_written_says_so() {
    let (mut library, _folder) = library();
    library.connection.pragma_update(None, "query_only", true).unwrap();
    let error = library.set_state("filter", "{}").unwrap_err().to_string();
    assert!(error.ends_with("cannot be written; check the permissions of the file and its folder"), "{error}");
}

#[test]
fn every_earlier_version_is_brought_up_to_date_with_all_it_holds() {
    for version in 0..=migrations::newest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut old = Connection::open(&path).unwrap();
        migrations::migrate(&mut old, version).unwrap();
        if version > 0 {
            let mut rows = include_str!("version_1.sql").to_owned();
            if version >= 10 {
                // The index has another column since.
                let (from, columns) = ("(rowid, headline, body)", "(rowid, headline, lead, body)");
                rows = rows.replace(from, columns).replace("id, headline, body FROM", "id, headline, lead, body FROM");
            }
            old.execute_batch(&rows).unwrap();
        }
        drop(old);
        let library = Library::open(&path).unwrap();
        assert_eq!(migrations::version(&library.connection).unwrap(), migrations::newest());
        assert_sound(&library);
        if version > 0 {
            let filter = Filter {
                countries: codes("SE"),
                people: vec!["anna lind".into()],
                text: "talk".into(),
                ..Filter::default()
            };
            let row = library.rows(&filter, Sort::default(), 0, 9).unwrap().remove(0);
            assert_eq!((row.headline.as_str(), row.read, row.starred), ("Talks resume", true, false));
            assert_eq!(library.article(row.id).unwrap().unwrap().annotations.people[0].name, "Anna Lind");
            assert_eq!(library.bookmarks().unwrap()[0].note, "look up");
            assert_eq!(library.state("filter").unwrap().as_deref(), Some("{}"));
        }
    }
}

#[test]
fn a_migration_that_fails_leaves_the_old_version() {
    let (mut library, _folder) = library();
    library.connection.pragma_update(None, "user_version", 0).unwrap();
    assert!(migrations::migrate(&mut library.connection, 1).is_err());
    assert_eq!(migrations::version(&library.connection).unwrap(), 0);
}

#[test]
fn a_backup_is_an_equal_library_and_never_overwrites() {
    let (mut library, folder) = library();
    let id = add(&mut library, &[talks("talks.txt"), note("b", "2025-01-01", "FR")])[0];
    library.add_bookmark(&bookmark(id, "We will talk,")).unwrap();
    let path = folder.path().join("backup.db");
    library.backup(&path, false).unwrap();
    assert!(library.backup(&path, false).is_err());
    let copy = Library::open(&path).unwrap();
    assert_eq!(copy.article(id).unwrap(), library.article(id).unwrap());
    assert_eq!(copy.bookmarks().unwrap(), library.bookmarks().unwrap());
    assert_eq!(newest(&copy, &Filter { text: "talk".into(), ..Filter::default() }), ["talks.txt"]);
    assert_sound(&copy);
    // Only the library's three files and the backup's: nothing half-made is left.
    assert!(
        fs::read_dir(folder.path()).unwrap().all(|file| !file.unwrap().file_name().to_string_lossy().starts_with('.'))
    );
}

#[test]
fn the_check_finds_what_contradicts_itself() {
    for damage in [
        "UPDATE total SET n = 7 WHERE what = 'articles'",
        "UPDATE total SET n = 7 WHERE what = 'unread'",
        "UPDATE subject SET n_articles = 7 WHERE key = 'SE'",
        "DELETE FROM mention WHERE subject = (SELECT id FROM subject WHERE key = 'SE')",
        "INSERT INTO mention SELECT subject, day, article + 1 FROM mention LIMIT 1",
        "UPDATE body SET annotations = x'01'",
        "UPDATE body SET text = 'other words'",
        "UPDATE article SET subjects = x'ff'",
        "PRAGMA foreign_keys = OFF; DELETE FROM body",
        "DELETE FROM quote",
        "INSERT INTO quote SELECT id + 4096, day, speaker FROM quote",
        "PRAGMA foreign_keys = OFF; UPDATE bookmark SET article = 99",
    ] {
        let (mut library, _folder) = library();
        let id = add(&mut library, &[talks("talks.txt")])[0];
        library.add_bookmark(&bookmark(id, "We will talk,")).unwrap();
        assert_sound(&library);
        library.connection.execute_batch(damage).unwrap();
        assert_ne!(library.check().unwrap(), [""; 0], "{damage}");
    }
}
