//! Every country, every nationality, the largest cities and names of every culture, each in a small neutral article:
//! nothing that surrounds them by chance may turn them into something else.

use std::{collections::BTreeMap, fs, path::Path};

use attache::{
    extract::extract,
    gazetteer::Gazetteer,
    model::{Annotations, Article},
};

/// The rows of a table, comments left out.
fn table(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/gazetteer").join(name);
    let text = fs::read_to_string(path).expect("a table");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|row| row.split('\t').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn read(gazetteer: &Gazetteer, body: String) -> Annotations {
    extract(gazetteer, &Article { body, ..Article::default() })
}

/// How often a country is mentioned.
fn n_mentions(found: &Annotations, code: &str) -> usize {
    found
        .countries
        .iter()
        .filter(|country| country.code.to_string() == code)
        .map(|country| country.mentions.len())
        .sum()
}

/// Words of the kind that tables take as evidence for other senses: clubs, stages, kitchens, rivers.
const AROUND: &str = "The donors, the company's owner and the singer's family spoke after a dinner at the old stadium.\n\n\
    Mr. Lind and Ms. Boxwell, two students who live near the river, came with a team of coaches and a book. The island's lake \
    was cold, and the class spoke to an actor.";

#[test]
fn every_country_and_nationality_is_found_whatever_surrounds_it() {
    let gazetteer = Gazetteer::builtin();
    let mut wrong = Vec::new();
    for row in table("countries.tsv") {
        let (code, name) = (&row[0], &row[1]);
        let found = read(&gazetteer, format!("{name}'s foreign minister left {name} on Monday. {AROUND}"));
        if n_mentions(&found, code) < 2 {
            wrong.push(name.clone());
        }
        for people in row.get(3).into_iter().flat_map(|cell| cell.split(';')).filter(|people| !people.is_empty()) {
            let found = read(&gazetteer, format!("The {people} minister met {people} officials on Monday. {AROUND}"));
            if n_mentions(&found, code) < 2 {
                wrong.push(people.to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "not found: {wrong:?}");
}

#[test]
fn nearly_all_large_cities_are_found_in_their_country() {
    let gazetteer = Gazetteer::builtin();
    let population = |row: &[String]| row.get(3).and_then(|cell| cell.parse::<u64>().ok()).unwrap_or(0);
    let mut cities = table("places.tsv");
    cities.sort_by_key(|row| std::cmp::Reverse(population(row)));
    let mut largest: BTreeMap<String, String> = BTreeMap::new();
    for row in cities.into_iter().take(1_500) {
        largest.entry(row[0].clone()).or_insert_with(|| row[1].clone());
    }
    let is_found = |(city, code): (&String, &String)| {
        let found = read(&gazetteer, format!("{city}'s mayor left {city} on Monday. {AROUND}"));
        n_mentions(&found, code) >= 2
    };
    let wrong: Vec<&String> = largest.iter().filter(|&city| !is_found(city)).map(|(city, _)| city).collect();
    assert!(wrong.len() * 50 <= largest.len(), "{} of {}: {wrong:?}", wrong.len(), largest.len());
}

#[test]
fn nearly_all_names_are_people_who_speak() {
    let gazetteer = Gazetteer::builtin();
    let leaders = table("leaders.tsv");
    // Nobody's names: the given name of one leader before the surname of the next of the same country.
    let mut by_country: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for row in &leaders {
        by_country.entry(&row[3]).or_default().extend(row[0].split_once(' ').filter(|(_, last)| !last.contains(' ')));
    }
    let pairs = by_country.values().flat_map(|names| names.windows(2));
    let names: Vec<(String, &str)> = pairs
        .filter(|pair| pair[0].1 != pair[1].1 && pair[0].0 != pair[1].0)
        .map(|pair| (format!("{} {}", pair[0].0, pair[1].1), pair[1].1))
        .collect();
    assert!(names.len() > 500, "{} names", names.len());
    let speaks = |(name, surname): &(String, &str)| {
        let body = format!("“We are ready,” said {name}, a lawyer, on Monday.\n\n“Nobody left,” {surname} said.");
        let found = read(&gazetteer, body);
        let mut speakers = found.quotes.iter().filter_map(|quote| quote.speaker.as_ref());
        found.quotes.len() == 2 && speakers.all(|speaker| speaker.name == *name)
    };
    let wrong: Vec<&String> = names.iter().filter(|name| !speaks(name)).map(|(name, _)| name).collect();
    assert!(wrong.len() * 25 <= names.len(), "{} of {}: {wrong:?}", wrong.len(), names.len());
}
