//! Tables of weights: what each feature of a candidate counts.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// Weights by the name of the feature.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    by_name: FxHashMap<Box<str>, f32>,
    aligned: OnceLock<Vec<f32>>,
}

impl Weights {
    /// Reads a table of lines `feature<TAB>weight`; lines that begin with `#` are comments. Lines without a number count 0.
    pub fn parse(table: &str) -> Self {
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once('\t'));
        let by_name = pairs.map(|(name, weight)| (name.into(), weight.trim().parse().unwrap_or(0.0))).collect();
        Self { by_name, aligned: OnceLock::new() }
    }

    /// The weight of a feature; 0 if the table does not name it.
    pub fn get(&self, feature: &str) -> f32 {
        self.by_name.get(feature).copied().unwrap_or(0.0)
    }

    /// The weights of `features` added up.
    pub fn sum<'f>(&self, features: impl IntoIterator<Item = &'f str>) -> f32 {
        features.into_iter().map(|feature| self.get(feature)).sum()
    }

    /// The weights in the order of `names`, looked up once: the same names must be given every time.
    pub fn aligned(&self, names: impl FnOnce() -> Vec<String>) -> &[f32] {
        self.aligned.get_or_init(|| names().iter().map(|name| self.get(name)).collect())
    }
}
