//! What a config file may say, and what is said about one that is wrong.

use super::*;

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("config.toml")).map_err(|error| error.to_string())
}

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

#[test]
fn the_defaults_are_sound() {
    assert_eq!(parse("").unwrap(), Config::default());
    assert_eq!(parse(DEFAULT).unwrap(), Config::default());
}

#[test]
fn no_key_is_bound_twice_in_one_place() {
    let table: toml::Table = DEFAULT.parse().unwrap();
    let keys = table["keys"].as_table().unwrap();
    assert_eq!(keys.len(), Scope::ALL.len(), "a table for every place");
    for (place, bindings) in keys {
        let mut seen = std::collections::HashSet::new();
        for written in bindings.as_table().unwrap().keys() {
            assert!(seen.insert(format!("{}", key(written))), "{written} is bound twice in keys.{place}");
        }
    }
}

#[test]
fn every_command_has_a_key_somewhere() {
    let config = Config::default();
    for &command in Command::ALL {
        let bound = Scope::ALL.iter().any(|&scope| !config.keys.keys_for(scope, command).is_empty());
        assert!(bound, "no key does {}", command.name());
    }
}

#[test]
fn a_users_file_changes_only_what_it_says() {
    let config = parse("[reader]\nmeasure = 66\n[keys.reader]\n\"x\" = \"next_quote\"\n\"n\" = \"none\"").unwrap();
    assert_eq!(config.reader.measure, 66);
    assert_eq!(config.reader.context, Config::default().reader.context);
    assert_eq!(config.keys.command(Scope::Reader, key("x")), Some(Command::NextQuote));
    assert_eq!(config.keys.command(Scope::Reader, key("q")), Some(Command::Back));
}

#[test]
fn a_rebound_key_loses_its_old_meaning() {
    let config = parse("[keys.anywhere]\n\"q\" = \"help\"\n\"z\" = \"none\"").unwrap();
    assert_eq!(config.keys.command(Scope::List, key("q")), Some(Command::Help));
    assert_eq!(config.keys.command(Scope::List, key("z")), None);
}

#[test]
fn mistakes_are_named_with_file_and_line() {
    let check = |text: &str, expected: &str| {
        let error = parse(text).unwrap_err();
        assert!(error.contains(expected), "{error:?} does not say {expected:?}");
    };
    check("[reader]\n\nmesure = 70", "config.toml, line 3: unknown field `mesure`");
    check("[raeder]\nmeasure = 70", "config.toml, line 1: unknown field `raeder`");
    check("[reader]\nmeasure = 2", "config.toml, line 2: `measure` is a number of cells");
    check("[reader]\nmeasure = \"wide\"", "config.toml, line 2: invalid type");
    check("[reader\n", "config.toml, line 1:");
    check("[list]\nsort = \"best\"", "config.toml, line 2: unknown variant `best`");
    check("[keys.reader]\n\"x\" = \"fly\"", "config.toml, line 2: there is no command `fly`");
    check("[keys.reader]\n\"hyper-x\" = \"help\"", "config.toml, line 2: there is no key `hyper-x`");
    check("[keys.kitchen]\n\"x\" = \"help\"", "config.toml, line 1: there is no place `kitchen`");
    check("[keys.picker]\n\"x\" = \"cancel\"", "config.toml, line 2: `x` types a character");
}

#[test]
fn without_colour_the_theme_has_its_marks_in_other_ways() {
    let mut config = Config::default();
    assert_eq!(config.theme(true, true).unwrap(), Theme::builtin("mono").unwrap());
    assert_eq!(config.theme(false, true).unwrap(), Theme::builtin("dark").unwrap());
    assert_eq!(config.theme(false, false).unwrap(), Theme::builtin("ansi").unwrap());
    config.screen.theme = "light".to_owned();
    assert_eq!(config.theme(false, false).unwrap(), Theme::builtin("light").unwrap());
    config.screen.theme = "no such theme".to_owned();
    assert!(config.theme(false, false).unwrap_err().to_string().contains("there is no theme `no such theme`"));
}

#[test]
fn the_example_states_the_defaults() {
    let example = include_str!("../../config.example.toml");
    assert_eq!(parse(example).unwrap(), Config::default());
    assert_eq!(example, Config::default_toml());
}

#[test]
fn a_theme_of_ones_own_stands_beside_the_config() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("themes")).unwrap();
    std::fs::write(folder.path().join("themes/mine.toml"), "headline = { fg = \"#ff8800\", bold = true }").unwrap();
    std::fs::write(folder.path().join("config.toml"), "[screen]\ntheme = \"mine\"").unwrap();
    let config = Config::load(Some(&folder.path().join("config.toml"))).unwrap();
    let theme = config.theme(false, true).unwrap();
    assert_eq!(theme.style(Ink::Headline).fg, Some(ratatui::style::Color::Rgb(0xff, 0x88, 0)));
    std::fs::write(folder.path().join("themes/mine.toml"), "\nheadlin = {}").unwrap();
    let error = config.theme(false, true).unwrap_err().to_string();
    assert!(error.ends_with("mine.toml, line 2: there is no `headlin` to style"), "{error}");
}

#[test]
fn a_config_that_is_named_must_exist() {
    let error = Config::load(Some(Path::new("/no/such/config.toml"))).unwrap_err();
    assert_eq!(error.to_string(), "cannot read /no/such/config.toml");
}
