//! `attache config`.

use crate::desk::Desk;

#[test]
fn the_path_follows_the_platform_and_the_flag() {
    let desk = Desk::new();
    assert_eq!(desk.run("config path", 0).out.trim(), desk.path("config/attache/config.toml").to_str().unwrap());
    assert_eq!(desk.run("config path --config my.toml", 0).out, "my.toml\n");
}

#[test]
fn without_a_file_the_defaults_are_shown_with_their_explanations() {
    let desk = Desk::new();
    let shown = desk.run("config show", 0).out;
    assert!(shown.contains("measure = 80") && shown.contains("# Widest line"), "{shown}");
    assert_eq!(shown, desk.run("config show --defaults", 0).out);
}

#[test]
fn what_is_shown_is_what_is_in_force() {
    let desk = Desk::new();
    desk.write("my.toml", "[reader]\nmeasure = 66\n[keys.anywhere]\n\"x\" = \"star\"\n");
    let shown = desk.run("config show --config my.toml", 0).out;
    let settings: toml::Table = shown.parse().unwrap();
    assert_eq!(settings["reader"]["measure"].as_integer(), Some(66));
    assert_eq!(settings["reader"]["context"].as_integer(), Some(4));
    assert_eq!(settings["keys"]["anywhere"]["x"].as_str(), Some("star"));
    desk.write("shown.toml", &shown);
    assert!(desk.run("config check --config shown.toml", 0).out.contains("is right"));
}

#[test]
fn a_wrong_config_is_named_with_its_line_and_nothing_is_done() {
    let desk = Desk::new();
    desk.write("my.toml", "[reader]\nmeasure = 66\nmeasrue = 2\n").write("a.txt", "Norway.");
    for command in ["config check", "config show", "extract a.txt", "add a.txt"] {
        let ran = desk.run(&format!("{command} --config my.toml"), 2);
        assert!(ran.out.is_empty(), "{command}: {}", ran.out);
        assert!(ran.err.starts_with("attache: my.toml, line 3"), "{command}: {}", ran.err);
    }
    assert!(!desk.path("data").exists());
}

#[test]
fn a_config_that_is_named_must_be_there() {
    let ran = Desk::new().run("config check --config none.toml", 2);
    assert!(ran.err.contains("cannot read none.toml"), "{}", ran.err);
}

#[test]
fn a_theme_that_does_not_exist_is_found_out() {
    let desk = Desk::new();
    desk.write("my.toml", "[screen]\ntheme = \"plaid\"\n");
    assert!(desk.run("config check --config my.toml", 2).err.contains("plaid"));
}
