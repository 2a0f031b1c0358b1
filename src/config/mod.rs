//! `config.toml`, its defaults, key bindings, themes, and the places files live in.
