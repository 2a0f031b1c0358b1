//! Well-known public feeds to pick from. Nothing of them is fetched before the user picks it.

/// A feed that can be subscribed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The region it is about or from.
    pub region: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Its address.
    pub address: &'static str,
}

/// All of them, grouped by region in the order of the file.
pub fn offers() -> Vec<Offer> {
    include_str!("../../assets/feeds.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(offer).collect()
}

fn offer(line: &'static str) -> Option<Offer> {
    let mut columns = line.split('\t');
    let (region, name, address) = (columns.next()?, columns.next()?, columns.next()?);
    Some(Offer { region, name, address })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::fetch::address;

    #[test]
    fn every_line_of_the_list_is_an_offer_with_an_address_of_its_own() {
        let lines = include_str!("../../assets/feeds.tsv").lines().filter(|line| !line.starts_with('#')).count();
        let offers = offers();
        assert_eq!(offers.len(), lines);
        let mut seen = HashSet::new();
        for offer in &offers {
            assert_eq!(address(offer.address).unwrap().as_str(), offer.address, "{}", offer.name);
            assert!(seen.insert(offer.address) && seen.insert(offer.name), "{} twice", offer.name);
            assert!(!offer.name.is_empty() && !offer.region.is_empty());
        }
        let regions: Vec<&str> = offers.iter().map(|offer| offer.region).collect();
        let mut runs = regions.clone();
        runs.dedup();
        assert_eq!(runs.len(), runs.iter().collect::<HashSet<_>>().len(), "regions stand together");
    }
}
